import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { createRandom } from "../../src/random.js";
import { tableFromRows } from "../../src/table/rows.js";
import { createTable } from "../../src/table/table.js";
import { trainChurnModel } from "../../src/training/train.js";
import { rowGroups } from "../../src/vectors/column-roles/row-groups.js";
import { type SubscriberRow, subscriberRows } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";
import { QUICK, tableOf, withColumn } from "./quick-training.js";

describe("weights, groups and rules", () => {
  test("rows of weight 0 have no effect, and the weight column is not a feature", async () => {
    const rows = subscriberRows(400).map(
      (row, i): SubscriberRow => ({ ...row, weight: i % 4 === 0 ? 0 : 1 }),
    );
    const turned = rows.map((row) => ({
      ...row,
      churned: row.weight === 0 ? (row.churned === "Yes" ? "No" : "Yes") : row.churned,
    }));
    const options = { ...QUICK, weights: "weight", folds: 3 };
    const model = await trainChurnModel(tableOf(rows), options);
    expect(model.training.leftOut).toContainEqual({ name: "weight", reason: "the weights" });
    const other = await trainChurnModel(tableOf(turned), options);
    // Folds are assigned by label, so that the two are close and not the same.
    const [a, b] = [model, other].map((each) => each.probabilities(tableOf(rows)));
    expect(Math.max(...a.map((probability, row) => Math.abs(probability - b[row])))).toBeLessThan(0.05);
    const ignoring = await trainChurnModel(tableOf(turned), { ...QUICK, exclude: ["weight"], folds: 3 });
    const c = ignoring.probabilities(tableOf(rows));
    expect(Math.max(...a.map((probability, row) => Math.abs(probability - c[row])))).toBeGreaterThan(0.1);
  });

  test("all weights 0 are refused, and so are weights on fewer than 20 churners or others", async () => {
    const refused = (weightOf: (churned: boolean, i: number) => number) =>
      thrownBy(() =>
        trainChurnModel(
          withColumn("weight", ({ churned }, i) => weightOf(churned === "Yes", i)),
          { ...QUICK, weights: "weight" },
        ),
      );
    expect((await refused(() => 0)).message).toContain('weights, column "weight": must not all be 0');
    const few = await refused((churned, i) => (churned && i > 40 ? 0 : 1));
    expect(few.message).toMatch(/must have at least 20 rows of "Yes" whose weight is above 0, received \d+/u);
    const none = await refused((churned) => (churned ? 2 : 0));
    expect(none.message).toContain("must have exactly two values, churned and stayed");
  });

  test.each([1e300, 1e6, 1000])(
    "one weight of %s beside others of 1 is refused before anything is trained",
    async (large) => {
      const table = withColumn("weight", (_, i) => (i === 5 ? large : 1));
      const error = await thrownBy(() => trainChurnModel(table, { ...QUICK, weights: "weight" }));
      expect([error.code, error.path.argument, error.path.column]).toEqual([
        "data.label",
        "weights",
        "weight",
      ]);
      expect(error.message).toContain("are worth at least 5 equal ones");
    },
  );

  test("churners whose weights are worth few rows are noted as few", async () => {
    const model = await trainChurnModel(
      withColumn("weight", ({ churned }, i) => (churned === "Yes" && i > 20 ? 0.01 : 1)),
      { ...QUICK, weights: "weight" },
    );
    const note = model.training.notes.find(({ kind }) => kind === "few-churners");
    expect(note?.detail).toMatch(
      /^\d+ churners, which by their weights are worth only \d+(?:\.\d)?: look at/u,
    );
  });

  test.each([
    ["missing", null],
    ["negative", -1],
  ])("a %s weight is refused, with its row", async (_, weight) => {
    const table = withColumn("weight", (_row, i) => (i === 6 ? weight : 1));
    const error = await thrownBy(() => trainChurnModel(table, { ...QUICK, weights: "weight" }));
    expect([error.path.column, error.path.row]).toEqual(["weight", 7]);
  });

  test("an infinite weight is refused, with its row", async () => {
    const { columns, rowCount } = tableOf(subscriberRows(300));
    const values = Float64Array.from({ length: rowCount }, (_, row) =>
      row === 4 ? Number.POSITIVE_INFINITY : 1,
    );
    const table = createTable([...columns, { kind: "numeric", name: "weight", values }]);
    const error = await thrownBy(() => trainChurnModel(table, { ...QUICK, weights: "weight" }));
    expect([error.path.argument, error.path.column, error.path.row]).toEqual(["weights", "weight", 5]);
  });

  test("margins are corrected for a positive weight: probabilities stay probabilities", async () => {
    const rows = subscriberRows(3000, 5);
    const table = tableOf(rows);
    const options = { ...QUICK, calibration: "temperature" as const };
    const plain = await trainChurnModel(table, options);
    const weighted = await trainChurnModel(table, { ...options, positiveWeight: 10 });
    const predicted = (model: typeof plain) => mean([...model.probabilities(table)]);
    const rate = plain.training.churnRate;
    // Temperature scaling cannot move the mean: undone or not shows.
    expect(Math.abs(predicted(weighted) - rate)).toBeLessThan(0.02);
    expect(Math.abs(predicted(plain) - rate)).toBeLessThan(0.01);
  });

  test("rows of a group share a fold, together with those of one id", () => {
    const table = tableFromRows([
      { id: "a", account: "X" },
      { id: "b", account: "X" },
      { id: "b", account: null },
      { id: "c", account: null },
      { id: "c", account: "Y" },
      { id: "d", account: "Y" },
      { id: "e", account: null },
    ]);
    expect([...(rowGroups(table, "id", "account") ?? [])]).toEqual([0, 0, 0, 1, 1, 1, 2]);
    expect([...(rowGroups(table, undefined, "account") ?? [])].slice(0, 2)).toEqual([0, 0]);
    expect(rowGroups(table, undefined, undefined)).toBeUndefined();
  });

  test("a household's members never straddle folds: what they share finds nothing", async () => {
    const random = createRandom(6, "households");
    const rows = Array.from({ length: 200 }, (_, household) => {
      const shared = {
        x: random.normal(),
        churned: random.next() < 0.4 ? "Yes" : "No",
        household: `H${household}`,
      };
      return Array.from({ length: 4 }, (_, member) => ({ ...shared, subscriber: `S${household}-${member}` }));
    }).flat();
    const classifier = [gradientBoosting({ minChildRows: 2, patience: 20 })];
    const options = { ...QUICK, classifier };
    const apart = await trainChurnModel(tableOf(rows), { ...options, exclude: ["household"] });
    const together = await trainChurnModel(tableOf(rows), { ...options, group: "household" });
    expect(apart.training.evaluation.metrics.rocAuc.value).toBeGreaterThan(0.7);
    expect(together.training.evaluation.metrics.rocAuc.value).toBeLessThan(0.6);
    expect(together.training.leftOut).toContainEqual({ name: "household", reason: "the group" });
  });

  test("auto under a monotone rule trains only families that keep it, and the ensemble keeps it", async () => {
    const table = tableOf(subscriberRows(400, 8));
    const model = await trainChurnModel(table, { ...QUICK, classifier: "auto", monotone: { tenure: -1 } });
    expect(model.training.leaderboard.map(({ name }) => name).sort()).toEqual([
      "additive",
      "boosting, 16 leaves",
      "boosting, 4 leaves",
      "constant",
      "ensemble",
    ]);
    for (const row of subscriberRows(40, 9)) {
      let before = 1;
      for (let tenure = 0; tenure < 80; tenure += 4) {
        const { probability } = model.predictOne({ ...row, tenure });
        expect(probability).toBeLessThanOrEqual(before + 1e-12);
        before = probability;
      }
    }
  });

  test("a rule on a column that does not exist, or is a category, is refused", async () => {
    const table = tableOf(subscriberRows(150));
    const missing = await thrownBy(() => trainChurnModel(table, { ...QUICK, monotone: { unknown: 1 } }));
    expect([missing.path.argument, missing.path.column]).toEqual(["monotone", "unknown"]);
    const category = await thrownBy(() =>
      trainChurnModel(table, { ...QUICK, classifier: "boosting", monotone: { 套餐: 1 } }),
    );
    expect(category.path.argument).toBe("monotone");
  });
});
