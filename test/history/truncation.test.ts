import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultFeatures } from "../../src/history/families/default-features.js";
import { featuresFrom } from "../../src/history/families/features-from.js";
import { type FeatureFamily, numeric } from "../../src/history/query/feature.js";
import { snapshots } from "../../src/history/snapshots.js";
import { FACT_TABLE_NAMES } from "../../src/history/standard-tables.js";
import { rowsOf } from "../../src/table/rows.js";
import { openPlainHistory } from "../support/history/open-plain-history.js";
import { type PlainHistory, randomHistory, truncateHistory } from "../support/history/random-history.js";

/** Days on which months begin, days next to them, and others. */
const CUTOFFS = ["2024-08-01", "2024-10-31", "2025-01-01", "2025-01-15", "2025-03-01", "2025-03-02"];
const WINDOWS = [
  { observe: 6 },
  { observe: 3 },
  { observe: 7 },
  { observe: { days: 100 } },
  { observe: { days: 20 } },
] as const;

/** Of tables without default features, how many facts are seen and their latest day; of managers, all that is seen. */
const OTHERS: readonly FeatureFamily[] = [
  ...(["contacts", "activity", "answers"] as const).map((table) =>
    featuresFrom({
      name: table,
      table,
      features: [
        { name: `${table}_seen`, sql: "count(*)", description: "seen", unit: "count" },
        { name: `${table}_latest`, sql: "min(days_ago)", description: "latest", unit: "days" },
      ],
    }),
  ),
  featuresFrom({
    name: "minutes of days",
    table: "activity",
    features: [{ name: "day_minutes", sql: "sum(minutes)", description: "minutes", unit: "minutes" }],
  }),
  {
    name: "managers",
    needs: ["managers"],
    plan(view) {
      const relation = view.relation(
        "seen_relations",
        [
          "SELECT subscriber_id, cutoff, count(*) AS seen, count(valid_to) AS ended",
          `FROM ${view.seen("managers")} GROUP BY subscriber_id, cutoff`,
        ].join("\n"),
      );
      const features = ["seen", "ended"].map((name) =>
        numeric(`managers_${name}`, "count", `${relation}.${name}`, name),
      );
      return { joins: [{ relation }], features };
    },
  },
];

async function vectorsOf(facts: PlainHistory, at: string, windows: (typeof WINDOWS)[number]) {
  const history = await openPlainHistory(facts);
  const features = [...defaultFeatures(history.schema), ...OTHERS];
  try {
    return rowsOf(await snapshots(history, { at, ...windows, churn: false, features }));
  } finally {
    history.close();
  }
}

describe("a vector uses only facts that were known before its cutoff", () => {
  test("facts of the cutoff and later, or known only then, do not change a bit of any default feature", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(...CUTOFFS),
        fc.constantFrom(...WINDOWS),
        async (seed, at, windows) => {
          const facts = randomHistory(seed);
          const whole = await vectorsOf(facts, at, windows);
          const truncated = await vectorsOf(truncateHistory(facts, at), at, windows);
          expect(truncated).toEqual(whole);
        },
      ),
      { numRuns: 25, seed: 4 },
    );
  });

  test("every table has facts that are seen, and facts that a cutoff hides", () => {
    const at = "2025-01-01";
    for (const table of FACT_TABLE_NAMES) {
      const counts = [1, 2, 3].map((seed) => {
        const facts = randomHistory(seed);
        return [facts, truncateHistory(facts, at)].map((history) => JSON.stringify(history[table]).length);
      });
      expect(
        counts.some(([whole, truncated]) => truncated > 2 && truncated !== whole),
        table,
      ).toBe(true);
    }
  });

  test("a fact inside the window does change its subscriber's vector", async () => {
    const at = "2025-01-01";
    let changed = 0;
    for (let seed = 1; seed <= 5; seed++) {
      const facts = randomHistory(seed);
      const whole = await vectorsOf(facts, at, { observe: 6 });
      for (const table of ["usage", "billing"] as const) {
        const index = facts[table].findIndex(
          ({ month, known_at, subscriber_id }) =>
            String(month) >= "2024-07-01" &&
            String(month) <= "2024-12-01" &&
            (known_at === null || String(known_at) < at) &&
            whole.some((row) => row.subscriber_id === subscriber_id),
        );
        const fact = facts[table][index];
        const column = table === "usage" ? "minutes" : "revenue";
        const mutated = facts[table].with(index, { ...fact, [column]: Number(fact[column]) + 1 });
        const rows = await vectorsOf({ ...facts, [table]: mutated }, at, { observe: 6 });
        const differing = rows.filter((row, i) => JSON.stringify(row) !== JSON.stringify(whole[i]));
        expect(differing.map(({ subscriber_id }) => subscriber_id)).toContain(fact.subscriber_id);
        changed++;
      }
    }
    expect(changed).toBe(10);
  });
});
