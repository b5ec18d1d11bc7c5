import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/random.js";
import { tableFromRows } from "../../src/table/rows.js";
import type { Table } from "../../src/table/table.js";
import { type TrainOptions, trainChurnModel } from "../../src/training/train.js";
import { subscriberTable } from "../support/subscribers.js";
import { QUICK } from "./quick-training.js";
import { SMALL_FAMILIES } from "./small-families.js";

const TABLE = subscriberTable(500, 41);

/** The tiers that `predict` gives, by name. */
function counted(model: Awaited<ReturnType<typeof trainChurnModel>>, table: Table): Record<string, number> {
  const counts = Object.fromEntries(model.tiers.map(({ name }) => [name, 0]));
  for (const { tier } of model.predict(table)) counts[tier]++;
  return counts;
}

const RULES: readonly (readonly [string, Partial<TrainOptions>])[] = [
  ["shares", { tiers: "high=10%,medium=20%,low" }],
  ["numbers of rows", { tiers: "call=37,watch=100,rest" }],
  ["limits", { tiers: "high>=0.6,low" }],
  ["money", { tiers: "loss:call>=30,rest", value: "charge" }],
  ["auto", { tiers: "auto" }],
  ...SMALL_FAMILIES.map(([name, classifier]) => [name, { classifier: [classifier] }] as const),
];

describe.each(RULES)("the tier table of a training, %s", (_, options) => {
  test("counts the rows that predict puts into each tier", async () => {
    const model = await trainChurnModel(TABLE, { ...QUICK, ...options });
    const counts = counted(model, TABLE);
    for (const { tier, rows, share } of model.training.tierTable) {
      expect(rows).toBe(counts[tier]);
      expect(share).toBeCloseTo(rows / TABLE.rowCount, 12);
    }
    expect(model.training.tierTable.reduce((sum, { churners }) => sum + churners, 0)).toBe(
      model.training.positives,
    );
  });
});

test("the value grid counts likewise", async () => {
  const model = await trainChurnModel(TABLE, { ...QUICK, value: "charge" });
  const cells = new Map<string, number>();
  for (const { tier, valueBand } of model.predict(TABLE)) {
    const cell = `${tier} ${valueBand}`;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  for (const { tier, band, rows } of model.training.valueGrid ?? [])
    expect(rows).toBe(cells.get(`${tier} ${band}`) ?? 0);
});

/** Six possible subscribers, as two categories make them. */
function sixKinds(rows: number): Table {
  const random = createRandom(5, "six kinds");
  const logOdds = { month: 1, year: -0.5, two: -1.5 };
  return tableFromRows(
    Array.from({ length: rows }, () => {
      const contract = (["month", "year", "two"] as const)[random.integer(3)];
      const pay = ["card", "cheque"][random.integer(2)];
      const margin = -1 + logOdds[contract] + (pay === "cheque" ? 0.6 : 0);
      return { contract, pay, churned: random.next() < 1 / (1 + Math.exp(-margin)) ? "Yes" : "No" };
    }),
  );
}

describe("where many rows share a probability", () => {
  const options = { label: "churned", repeats: 1, replicates: 5 };

  test.each(["logistic", "boosting"] as const)(
    "%s: ties stay together, at training as at predict, and a note says what they leave empty",
    async (classifier) => {
      const table = sixKinds(1500);
      const model = await trainChurnModel(table, { ...options, classifier, tiers: "call=150,rest" });
      const [call] = model.training.tierTable;
      expect(counted(model, table).call).toBe(call.rows);
      expect(call.rows).toBe(0);
      expect(model.training.notes).toContainEqual({
        kind: "tier-ties",
        column: null,
        detail:
          "call holds 0.0% of the rows in the place of 150 rows: more rows share a probability than it has room for; score with a capacity to fill tiers exactly",
      });
      const roomy = await trainChurnModel(table, { ...options, classifier, tiers: "call=20%,rest" });
      const [filled] = roomy.training.tierTable;
      expect(filled.rows).toBe(counted(roomy, table).call);
      expect(filled.rows).toBeGreaterThan(0.14 * 1500);
      expect(filled.rows).toBeLessThanOrEqual(0.2 * 1500);
    },
  );

  test("a feature that is the label leaves a tier of ten rows empty in both", async () => {
    const table = tableFromRows(
      Array.from({ length: 600 }, (_, i) => ({ a: i % 2, z: (i * 7) % 13, churned: i % 2 })),
    );
    const model = await trainChurnModel(table, {
      ...options,
      classifier: "boosting",
      allowLeaks: ["a"],
      tiers: "call=10,rest",
    });
    expect(model.training.tierTable[0].rows).toBe(0);
    expect(counted(model, table).call).toBe(0);
    expect(model.training.notes.map(({ kind }) => kind)).toContain("tier-ties");
  });

  test("no note where tiers are filled", async () => {
    const model = await trainChurnModel(TABLE, { ...QUICK, tiers: "call=50,rest" });
    expect(model.training.notes.map(({ kind }) => kind)).not.toContain("tier-ties");
  });
});
