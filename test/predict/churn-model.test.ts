import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import { rocAuc } from "../../src/metrics/ranking/roc-auc.js";
import type { Row } from "../../src/predict/row-reader.js";
import { tableFromRows } from "../../src/table/rows.js";
import { createTable, dropColumns, type Table } from "../../src/table/table.js";
import { trainChurnModel } from "../../src/training/train.js";
import { type SubscriberRow, subscriberRows, subscriberTable } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";

const TRAINING = subscriberTable(400);
const MODEL = await trainChurnModel(TRAINING, {
  label: "churned",
  id: "subscriber",
  classifier: [logisticRegression(), gradientBoosting({ learningRate: 0.2, patience: 10 })],
  replicates: 20,
});

const COLUMNS = { subscriber: "text", 套餐: "categorical", group: "categorical" } as const;
const STRANGE: SubscriberRow[] = [
  { subscriber: "007", tenure: 3, "客服 calls": 2, charge: null, 套餐: null, group: null },
  { subscriber: "008", tenure: null, "客服 calls": null, charge: 1e308, 套餐: "从未见过", group: true },
  { subscriber: "009", tenure: -1e300, "客服 calls": 0, charge: 5e-324, 套餐: "Family", group: false },
  { subscriber: "010", tenure: 12, "客服 calls": 1, charge: 33.3, 套餐: "  Family ", group: "TRUE" },
];

function tableOf(rows: readonly SubscriberRow[]): Table {
  return tableFromRows(rows, { columns: COLUMNS });
}

describe("predictOne", () => {
  test("gives every row of the training table the same bits as predict", () => {
    const together = MODEL.predict(TRAINING);
    subscriberRows(400).forEach((row, i) => {
      expect(MODEL.predictOne(row)).toEqual(together[i]);
      expect(Object.is(MODEL.predictOne(row).probability, together[i].probability)).toBe(true);
    });
  });

  test("gives the same bits as predict for missing, unseen, spaced and absurd values", () => {
    const together = MODEL.predict(tableOf(STRANGE));
    STRANGE.forEach((row, i) => {
      expect(MODEL.predictOne(row)).toEqual(together[i]);
      expect(together[i].probability).toBeGreaterThanOrEqual(0);
      expect(together[i].probability).toBeLessThanOrEqual(1);
    });
  });

  test("takes numbers as text, booleans in any case and undefined for missing", () => {
    const expected = MODEL.predictOne({
      tenure: 5,
      "客服 calls": 1,
      charge: null,
      套餐: "随心",
      group: true,
    });
    const same: Row[] = [
      { tenure: "5", "客服 calls": 1n, charge: undefined, 套餐: " 随心", group: "true" },
      { tenure: " 5.0 ", "客服 calls": "1", charge: "NA", 套餐: "随心", group: "TRUE" },
      { tenure: 5, "客服 calls": 1, charge: Number.NaN, 套餐: "随心", group: "True " },
    ];
    for (const row of same) expect(MODEL.predictOne(row).probability).toBe(expected.probability);
  });

  test("gives the id as text, null where there is none", () => {
    const [row] = STRANGE;
    expect(MODEL.predictOne(row).id).toBe("007");
    expect(MODEL.predictOne({ ...row, subscriber: 7 }).id).toBe("7");
    expect(MODEL.predictOne({ ...row, subscriber: null }).id).toBeNull();
  });

  test("reports every problem of a row at once, without row numbers", async () => {
    const row = { tenure: "three", "客服 calls": Infinity, charge: true, 套餐: {} };
    const error = await thrownBy(() => MODEL.predictOne(row));
    expect(error.problems.map(({ code, path }) => [code, path])).toEqual([
      ["data.wrong-type", { function: "predictOne", column: "charge" }],
      ["data.missing-column", { function: "predictOne", column: "group" }],
      ["data.wrong-type", { function: "predictOne", column: "tenure" }],
      ["data.wrong-type", { function: "predictOne", column: "套餐" }],
      ["data.not-finite", { function: "predictOne", column: "客服 calls" }],
    ]);
  });

  test("does not take a missing column for a missing value", async () => {
    const { group: _, ...row } = STRANGE[0];
    const error = await thrownBy(() => MODEL.predictOne(row));
    expect([error.code, error.path.column]).toEqual(["data.missing-column", "group"]);
  });

  test.each([null, undefined, "row", 3])("refuses %s for a row", async (row) => {
    const error = await thrownBy(() => MODEL.predictOne(row as unknown as Row));
    expect(error.path).toEqual({ function: "predictOne", argument: "row" });
  });

  test("does not depend on calls in between", () => {
    const first = MODEL.predictOne(STRANGE[0]).probability;
    MODEL.predictOne(STRANGE[2]);
    expect(MODEL.predictOne(STRANGE[0]).probability).toBe(first);
  });
});

describe("predict", () => {
  test("ignores further columns and the order of columns", () => {
    const turned = createTable([...TRAINING.columns].reverse());
    expect(MODEL.predict(turned)).toEqual(MODEL.predict(TRAINING));
    expect(MODEL.predict(dropColumns(TRAINING, ["churned"]))).toEqual(MODEL.predict(TRAINING));
  });

  test("scores each row independently: alone it gets the same bits as among others", () => {
    const rows = subscriberRows(30, 9);
    const together = MODEL.predict(tableOf(rows));
    rows.forEach((row, i) => {
      expect(MODEL.predict(tableOf([row]))[0]).toEqual(together[i]);
    });
  });

  test("scores categories that training never saw, and says which they are", () => {
    const table = tableOf([...STRANGE, { ...STRANGE[1], 套餐: "另一个" }]);
    expect(MODEL.unseenCategories(table)).toEqual([
      { column: "套餐", rows: 2, examples: ["从未见过", "另一个"] },
    ]);
    expect(MODEL.predict(table)).toHaveLength(5);
  });

  test("reports all problems of a table at once: missing columns, the id, cells of another type", async () => {
    const table = tableFromRows(
      [
        { tenure: "long", "客服 calls": 1, charge: 20 },
        { tenure: "3", "客服 calls": 2, charge: 30 },
        { tenure: "short", "客服 calls": 2, charge: 30 },
      ],
      { source: "march.csv" },
    );
    const error = await thrownBy(() => MODEL.predict(table));
    expect(error.problems.map(({ code, path }) => [code, path.file, path.column, path.row])).toEqual([
      ["data.missing-column", "march.csv", "subscriber", undefined],
      ["data.missing-column", "march.csv", "group", undefined],
      ["data.wrong-type", "march.csv", "tenure", 1],
      ["data.wrong-type", "march.csv", "tenure", 3],
      ["data.missing-column", "march.csv", "套餐", undefined],
    ]);
    expect(error.problems[2].received).toBe("long");
  });

  test("gives probabilities alone without an id column", () => {
    const anonymous = dropColumns(TRAINING, ["subscriber"]);
    expect([...MODEL.probabilities(anonymous)]).toEqual(
      MODEL.predict(TRAINING).map(({ probability }) => probability),
    );
  });

  test("gives each prediction the tier whose limit its probability reaches", () => {
    for (const { probability, tier } of MODEL.predict(TRAINING)) {
      expect(tier).toBe(MODEL.tiers.find(({ from }) => probability >= from)?.name);
    }
  });
});

describe("evaluate", () => {
  const HELD_OUT = subscriberTable(300, 77);

  test("measures the model's probabilities on new rows", () => {
    const { metrics, rows, tierTable } = MODEL.evaluate(HELD_OUT, { replicates: 20 });
    const labels = subscriberRows(300, 77).map(({ churned }) => (churned === "Yes" ? 1 : 0));
    expect(metrics.rocAuc.value).toBeCloseTo(rocAuc(labels, MODEL.probabilities(HELD_OUT)), 12);
    expect(metrics.rocAuc.value).toBeGreaterThan(0.65);
    expect(rows).toBe(300);
    expect(tierTable.reduce((sum, tier) => sum + tier.rows, 0)).toBe(300);
  });

  test("is decided by the seed of the bootstrap", () => {
    const intervalOf = (seed: number) => MODEL.evaluate(HELD_OUT, { replicates: 30, seed }).metrics.rocAuc;
    expect(intervalOf(1)).toEqual(intervalOf(1));
    expect(intervalOf(1)).not.toEqual(intervalOf(2));
  });

  test("refuses labels that training did not have, and a table without them", async () => {
    const rows = subscriberRows(300, 77).map((row) => ({
      ...row,
      churned: row.churned === "No" ? "Never" : "Yes",
    }));
    expect((await thrownBy(() => MODEL.evaluate(tableOf(rows)))).code).toBe("data.label");
    const error = await thrownBy(() => MODEL.evaluate(dropColumns(HELD_OUT, ["churned"])));
    expect([error.code, error.path.column]).toEqual(["data.missing-column", "churned"]);
  });
});

test("a model describes what it reads: inputs, id, label and the kinds to read them as", () => {
  expect(MODEL.id).toBe("subscriber");
  expect(MODEL.label).toEqual({ column: "churned", positive: "Yes", negative: "No" });
  expect(MODEL.columnKinds).toEqual({
    tenure: "numeric",
    "客服 calls": "numeric",
    charge: "numeric",
    套餐: "categorical",
    group: "categorical",
    subscriber: "text",
  });
  expect(MODEL.inputs[3]).toMatchObject({ name: "套餐", missingSeen: true, rareLevels: [] });
});

test("a model trained on dates reads a Date and its text to the same bits", async () => {
  const rows = subscriberRows(200).map(({ tenure, ...row }) => ({
    ...row,
    since: new Date(Date.UTC(2026, 0, 1) - Number(tenure) * 86_400_000 * 30 + 3_600_123).toISOString(),
  }));
  const options = { label: "churned", id: "subscriber", classifier: "logistic", replicates: 20 } as const;
  const model = await trainChurnModel(tableFromRows(rows, { columns: { subscriber: "text" } }), options);
  const together = model.predict(tableFromRows(rows, { columns: { subscriber: "text" } }));
  rows.forEach((row, i) => {
    expect(model.predictOne(row).probability).toBe(together[i].probability);
    expect(model.predictOne({ ...row, since: new Date(row.since) }).probability).toBe(
      together[i].probability,
    );
  });
  const error = await thrownBy(() => model.predictOne({ ...rows[0], since: new Date(Number.NaN) }));
  expect([error.code, error.path.column]).toEqual(["data.wrong-type", "since"]);
});

describe("the id of a row", () => {
  test("is a text or a number, or missing", async () => {
    const model = MODEL;
    const [row] = subscriberRows(1, 9);
    const ids = ["a", "", 7, 1.5, 12345678901234567890n, null, undefined, Number.NaN];
    expect(ids.map((subscriber) => model.predictOne({ ...row, subscriber }).id)).toEqual([
      "a",
      "",
      "7",
      "1.5",
      "12345678901234567890",
      null,
      null,
      null,
    ]);
  });

  test("is nothing else: that is refused together with all other problems of the rows", async () => {
    const model = MODEL;
    const [row] = subscriberRows(1, 9);
    const wrong = [true, {}, [1], new Date(0), Symbol("a"), () => 1, Number.POSITIVE_INFINITY];
    const rows = wrong.map((subscriber, i) => ({ ...row, subscriber, ...(i === 0 ? { tenure: "x" } : {}) }));
    const error = await thrownBy(() => model.predictMany(rows));
    expect(error.problems.map(({ path, code }) => [path.row, path.column, code])).toEqual([
      [1, "subscriber", "data.wrong-type"],
      [1, "tenure", "data.wrong-type"],
      ...[2, 3, 4, 5, 6, 7].map((each) => [each, "subscriber", "data.wrong-type"]),
    ]);
  });
});
