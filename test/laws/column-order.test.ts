import { describe, expect, test } from "vitest";
import { CALIBRATION_METHODS } from "../../src/calibration/calibrators.js";
import type { ChurnModel } from "../../src/predict/churn-model.js";
import { createTable, type Table, takeRows } from "../../src/table/table.js";
import { crossValidate } from "../../src/training/cross-validate.js";
import { learningCurve } from "../../src/training/learning-curve/learning-curve.js";
import { type TrainOptions, trainChurnModel } from "../../src/training/train.js";
import { tune } from "../../src/training/tuning/tune.js";
import { Vectorizer } from "../../src/vectors/vectorizer.js";
import { subscriberRows } from "../support/subscribers.js";
import { QUICK, tableOf } from "../training/quick-training.js";
import { SMALL_FAMILIES } from "../training/small-families.js";

const TABLE = tableOf(
  subscriberRows(300, 8).map((row, i) => ({
    ...row,
    "day charge": (i * 37) % 50,
    "night charge": (i * 17) % 23,
    note: `called at ${i}`,
  })),
);

/** The columns as they are, the other way round, and by another rule. */
const ORDERS: readonly ((columns: Table["columns"]) => Table["columns"])[] = [
  (columns) => [...columns].reverse(),
  (columns) => columns.map((_, place) => columns[(place * 3 + 4) % columns.length]),
];

function inOrder(order: (typeof ORDERS)[number]): Table {
  const columns = order(TABLE.columns);
  expect(new Set(columns)).toEqual(new Set(TABLE.columns));
  return createTable(columns);
}

/** All that is in a model file but the names of columns in the order of the table. */
function contentOf(model: ChurnModel) {
  const { columnOrder, ...content } = JSON.parse(
    JSON.stringify((model as unknown as { content: object }).content),
  );
  return content;
}

const WAYS: readonly (readonly [string, Partial<TrainOptions>])[] = [
  ...SMALL_FAMILIES.map(([name, classifier]) => [name, { classifier: [classifier] }] as const),
  ...CALIBRATION_METHODS.map((calibration) => [`calibration ${calibration}`, { calibration }] as const),
  [
    "several families, value and rules",
    {
      classifier: ["additive", "boosting"],
      value: "charge",
      monotone: { tenure: -1 },
      interactions: [["day charge", "tenure"]],
    },
  ],
];

describe.each(WAYS)("the order of columns changes nothing, %s", (_, options) => {
  test.each(ORDERS)("of a trained model", async (order) => {
    const given = { ...QUICK, folds: 3, ...options };
    const model = await trainChurnModel(TABLE, given);
    const other = await trainChurnModel(inOrder(order), given);
    expect(contentOf(other)).toEqual(contentOf(model));
    expect([...other.probabilities(TABLE)]).toEqual([...model.probabilities(inOrder(order))]);
  });
});

test("the order of columns changes neither cross-validation, tuning nor a learning curve", async () => {
  const other = inOrder(ORDERS[0]);
  const quick = { ...QUICK, folds: 3 };
  expect(await crossValidate(other, { ...quick, splits: 3 })).toEqual(
    await crossValidate(TABLE, { ...quick, splits: 3 }),
  );
  expect(await learningCurve(other, { ...quick, shares: [0.6, 1] })).toEqual(
    await learningCurve(TABLE, { ...quick, shares: [0.6, 1] }),
  );
  const { classifier: _, ...tuning } = quick;
  const tuned = (table: Table) =>
    tune(table, { ...tuning, families: ["logistic"], configurations: 3, nested: 0 });
  expect((await tuned(other)).families).toEqual((await tuned(TABLE)).families);
});

test("a model knows the order of the columns that it was trained on, for rows without a header", async () => {
  const other = inOrder(ORDERS[0]);
  const model = await trainChurnModel(other, QUICK);
  const used = other.columns.map(({ name }) => name).filter((name) => name in model.columnKinds);
  expect(Object.keys(model.columnKinds).filter((name) => name !== "subscriber")).toEqual(
    used.filter((name) => name !== "subscriber"),
  );
});

test("the order of rows changes neither the features nor the levels of categories", () => {
  const exclude = new Map([["churned", "the label"]]);
  const turned = takeRows(TABLE, [...Array(TABLE.rowCount).keys()].reverse());
  expect(Vectorizer.fit(turned, { exclude }).vectorizer.columns).toEqual(
    Vectorizer.fit(TABLE, { exclude }).vectorizer.columns,
  );
});
