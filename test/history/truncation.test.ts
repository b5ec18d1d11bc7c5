import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { snapshots } from "../../src/history/snapshots.js";
import { rowsOf } from "../../src/table/rows.js";
import { openPlainHistory } from "../support/open-plain-history.js";
import { type PlainHistory, randomHistory, truncateHistory } from "../support/random-history.js";

/** Days on which months begin, days next to them, and others. */
const CUTOFFS = ["2024-08-01", "2024-10-31", "2025-01-01", "2025-01-15", "2025-03-01", "2025-03-02"];
const WINDOWS = [
  { observe: 6 },
  { observe: 3 },
  { observe: 7 },
  { observe: { days: 100 } },
  { observe: { days: 20 } },
] as const;

async function vectorsOf(facts: PlainHistory, at: string, windows: (typeof WINDOWS)[number]) {
  const history = await openPlainHistory(facts);
  try {
    return rowsOf(await snapshots(history, { at, ...windows, churn: false }));
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
