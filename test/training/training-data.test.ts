import { describe, expect, test } from "vitest";
import { additiveModel } from "../../src/classifiers/additive/additive.js";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import type { TrainingNote } from "../../src/model-file/churn/training-note.js";
import { createRandom } from "../../src/random.js";
import { tableFromRows } from "../../src/table/rows.js";
import type { Table } from "../../src/table/table.js";
import { trainChurnModel } from "../../src/training/train.js";
import { rowGroups } from "../../src/vectors/column-roles/row-groups.js";
import { type SubscriberRow, subscriberRows } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";

const QUICK = {
  label: "churned",
  id: "subscriber",
  classifier: [logisticRegression({ lambda: 0.01 })],
  repeats: 1,
  replicates: 5,
};

function tableOf(rows: readonly SubscriberRow[]): Table {
  return tableFromRows([...rows], { columns: { subscriber: "text" } });
}

function withColumn(
  name: string,
  of: (row: SubscriberRow, i: number) => SubscriberRow[string],
  count = 300,
): Table {
  return tableOf(subscriberRows(count).map((row, i) => ({ ...row, [name]: of(row, i) })));
}

async function notesOf(table: Table, options = {}): Promise<readonly TrainingNote[]> {
  return (await trainChurnModel(table, { ...QUICK, ...options })).training.notes;
}

describe("a column that tells the label is refused, with its name", () => {
  test.each([
    ["in other words", (row: SubscriberRow) => (row.churned === "Yes" ? "gone" : "here")],
    ["as a number", (row: SubscriberRow) => (row.churned === "Yes" ? 7 : 3)],
    ["by being missing", (row: SubscriberRow) => (row.churned === "Yes" ? "moved" : null)],
    [
      "by a number that only churners have",
      (row: SubscriberRow, i: number) => (row.churned === "Yes" ? i : null),
    ],
    [
      "in several categories",
      (row: SubscriberRow, i: number) => `${row.churned === "Yes" ? "out" : "in"}${i % 3}`,
    ],
  ])("%s", async (_, of) => {
    const error = await thrownBy(() => trainChurnModel(withColumn("离网原因", of), QUICK));
    expect(error.problems.map(({ code, path }) => [code, path.column])).toEqual([["data.leak", "离网原因"]]);
    expect(error.hint).toContain("离网原因");
  });

  test("unless it is allowed, which is noted", async () => {
    const table = withColumn("mark", (row) => (row.churned === "Yes" ? "gone" : "here"));
    const notes = await notesOf(table, { allowLeaks: ["mark"] });
    expect(notes.map(({ kind, column }) => [kind, column])).toContainEqual(["leak-allowed", "mark"]);
  });
});

describe("the training report notes", () => {
  test("a number that ranks churners nearly perfectly all by itself", async () => {
    const random = createRandom(1, "leak");
    const table = withColumn(
      "last_bill",
      (row) => (row.churned === "Yes" ? 0 : 20) + 10 * random.normal() ** 3 * 0.1,
    );
    const [note] = (await notesOf(table)).filter(({ kind }) => kind === "probable-leak");
    expect([note.column, note.detail]).toEqual(["last_bill", expect.stringContaining("AUC of 0.99")]);
  });

  test("a category that does, counted out of fold: levels of few rows are no leak", async () => {
    const leak = withColumn("closing", (row, i) =>
      i % 45 === 1 ? "in" : row.churned === "Yes" ? `out${i % 4}` : "in",
    );
    expect((await notesOf(leak)).map(({ kind, column }) => [kind, column])).toContainEqual([
      "probable-leak",
      "closing",
    ]);
    const many = withColumn("area", (_, i) => `A${i % 29}`);
    expect((await notesOf(many)).filter(({ kind }) => kind === "probable-leak")).toEqual([]);
  });

  test("equal rows in different folds, and how many of them disagree", async () => {
    const rows = subscriberRows(200).map((row, i) => ({ ...row, charge: i / 7, subscriber: `S${i}` }));
    const twice = [...rows, ...rows.slice(0, 40).map((row, i) => ({ ...row, subscriber: `T${i}` }))];
    const [note] = (await notesOf(tableOf(twice))).filter(({ kind }) => kind === "duplicate-rows");
    const [, count] = /^(\d+) rows/u.exec(note.detail) ?? [];
    // 40 pairs, of which a fifth happens to share a fold.
    expect(Number(count)).toBeGreaterThan(50);
    expect(Number(count)).toBeLessThan(80);
    expect(note.detail).toContain("0 of them in groups of both labels");
    expect((await notesOf(tableOf(rows))).filter(({ kind }) => kind === "duplicate-rows")).toEqual([]);
  });

  test("few churners", async () => {
    const rows = subscriberRows(400);
    const few = [
      ...rows.filter(({ churned }) => churned === "Yes").slice(0, 30),
      ...rows.filter(({ churned }) => churned === "No"),
    ];
    const notes = await notesOf(tableOf(few));
    expect(notes.map(({ kind }) => kind)).toContain("few-churners");
    expect(notes.map(({ detail }) => detail).join()).toContain("30 churners");
  });

  test("numbers of extreme size", async () => {
    const random = createRandom(2, "extreme");
    for (const size of [1e300, 1e-300]) {
      const notes = await notesOf(withColumn("odd", () => size * random.next()));
      expect(notes.map(({ kind, column }) => [kind, column])).toContainEqual(["extreme-values", "odd"]);
    }
  });
});

describe("auto takes what tables hold", () => {
  const auto = { ...QUICK, classifier: "auto" as const };

  test.each([
    ["extreme numbers", () => withColumn("odd", (_, i) => (i % 2 === 0 ? 1e300 : -1e300) * (i % 7), 150)],
    ["tiny numbers", () => withColumn("odd", (_, i) => 1e-300 * (i % 9), 150)],
    ["a column without any value", () => withColumn("odd", () => null, 150)],
    ["a constant", () => withColumn("odd", () => "CN", 150)],
    ["categories of one row each", () => withColumn("odd", (_, i) => `B${i}x`, 150)],
    ["a thousand categories", () => withColumn("odd", (_, i) => `A${(i * 7) % 1000}`, 2000)],
  ])(
    "%s",
    async (_, make) => {
      const model = await trainChurnModel(make(), auto);
      const [{ probability }] = model.predict(make());
      expect(probability > 0 && probability < 1).toBe(true);
    },
    60_000,
  );

  test("as many columns as it comes: 2,000 of them", async () => {
    const random = createRandom(3, "wide");
    const rows = subscriberRows(120).map((row) => ({
      ...row,
      ...Object.fromEntries(
        Array.from({ length: 2000 }, (_, c) => [`c${c}`, Math.round(100 * random.next())]),
      ),
    }));
    const model = await trainChurnModel(tableOf(rows), auto);
    expect(model.inputs.length).toBeGreaterThan(1900);
  }, 120_000);
});

describe("weights, groups and rules", () => {
  test("rows of weight 0 say nothing, and the weight column is no feature", async () => {
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
    // Folds are dealt by label, so that the two are close and not the same.
    const [a, b] = [model, other].map((each) => each.probabilities(tableOf(rows)));
    expect(Math.max(...a.map((probability, row) => Math.abs(probability - b[row])))).toBeLessThan(0.05);
    const ignoring = await trainChurnModel(tableOf(turned), { ...QUICK, exclude: ["weight"], folds: 3 });
    const c = ignoring.probabilities(tableOf(rows));
    expect(Math.max(...a.map((probability, row) => Math.abs(probability - c[row])))).toBeGreaterThan(0.1);
  });

  test.each([
    ["missing", null],
    ["negative", -1],
  ])("a %s weight is refused, with its row", async (_, weight) => {
    const table = withColumn("weight", (_row, i) => (i === 6 ? weight : 1));
    const error = await thrownBy(() => trainChurnModel(table, { ...QUICK, weights: "weight" }));
    expect([error.path.column, error.path.row]).toEqual(["weight", 7]);
  });

  test("a positive weight is taken back: probabilities stay probabilities", async () => {
    const rows = subscriberRows(3000, 5);
    const table = tableOf(rows);
    const options = { ...QUICK, calibration: "temperature" as const };
    const plain = await trainChurnModel(table, options);
    const weighted = await trainChurnModel(table, { ...options, positiveWeight: 10 });
    const mean = (model: typeof plain) =>
      model.probabilities(table).reduce((sum, probability) => sum + probability, 0) / rows.length;
    const rate = plain.training.churnRate;
    // Temperature scaling cannot move the mean: undone or not shows.
    expect(Math.abs(mean(weighted) - rate)).toBeLessThan(0.02);
    expect(Math.abs(mean(plain) - rate)).toBeLessThan(0.01);
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

  test("a rule on a column that is not there, or is a category, is refused", async () => {
    const table = tableOf(subscriberRows(150));
    const missing = await thrownBy(() => trainChurnModel(table, { ...QUICK, monotone: { nobody: 1 } }));
    expect([missing.path.argument, missing.path.column]).toEqual(["monotone", "nobody"]);
    const category = await thrownBy(() =>
      trainChurnModel(table, { ...QUICK, classifier: "boosting", monotone: { 套餐: 1 } }),
    );
    expect(category.path.argument).toBe("monotone");
  });
});

describe("what is kept", () => {
  const table = tableOf(subscriberRows(400, 12));
  const classifier = [
    logisticRegression({ lambda: 0.01 }),
    additiveModel(),
    gradientBoosting({ maxLeaves: 4 }),
  ];

  test("is the least log loss, or of those as good the smallest or the most readable", async () => {
    const kept = async (prefer: "accuracy" | "speed" | "readability") =>
      (await trainChurnModel(table, { ...QUICK, classifier, prefer })).training.leaderboard;
    const byAccuracy = await kept("accuracy");
    expect(byAccuracy[0].logLoss).toBe(Math.min(...byAccuracy.map(({ logLoss }) => logLoss)));
    const bySpeed = await kept("speed");
    const byReadability = await kept("readability");
    // The log-odds are linear in the features, so a line is as good as anything.
    expect(bySpeed[0].name).toBe("logistic");
    expect(byReadability[0].name).toBe("logistic");
    expect(bySpeed.filter(({ chosen }) => chosen)).toHaveLength(1);
  });

  test("depends on the time budget only as far as it is told: the first is always trained", async () => {
    const { training } = await trainChurnModel(table, { ...QUICK, classifier, timeBudget: 1e-9 });
    expect(training.leaderboard.map(({ name }) => name)).toEqual(["logistic"]);
    const [note] = training.notes.filter(({ kind }) => kind === "families-left-out");
    expect(note.detail).toContain("additive, boosting, 4 leaves");
  });

  test("names and classifiers can be mixed, each family once", async () => {
    const mixed = [gradientBoosting({ maxLeaves: 5 }), "logistic", "logistic"] as const;
    const { training } = await trainChurnModel(table, { ...QUICK, classifier: mixed });
    expect(training.leaderboard.map(({ name }) => name).sort()).toEqual([
      "boosting, 5 leaves",
      "ensemble",
      "logistic",
    ]);
  });

  test("says what it took, only where it was trained", async () => {
    const model = await trainChurnModel(table, { ...QUICK, classifier });
    expect(model.timings?.map(({ name }) => name)).toEqual(
      model.training.leaderboard.map(({ name }) => name),
    );
    expect(
      model.timings?.every(({ fitSeconds, microsecondsPerRow }) => fitSeconds > 0 && microsecondsPerRow > 0),
    ).toBe(true);
  });

  test("repeats give the file again, another than without", async () => {
    const probabilities = async (repeats: number) =>
      (await trainChurnModel(table, { ...QUICK, classifier, repeats })).probabilities(table);
    expect(await probabilities(2)).toEqual(await probabilities(2));
    expect(await probabilities(2)).not.toEqual(await probabilities(1));
  });
});
