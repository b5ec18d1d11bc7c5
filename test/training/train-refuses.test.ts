import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { tableFromRows } from "../../src/table/rows.js";
import { createTable, type Table } from "../../src/table/table.js";
import { trainChurnModel } from "../../src/training/train.js";
import type { TrainOptions } from "../../src/training/train-options.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";

const SMALL_TREES = gradientBoosting({ maxLeaves: 4, learningRate: 0.2, patience: 10 });
const QUICK = {
  label: "churned",
  id: "subscriber",
  classifier: [SMALL_TREES],
  repeats: 1,
  replicates: 20,
} as const;

describe("trainChurnModel refuses", () => {
  const table = subscriberTable(150);
  const refused = (options: Partial<Record<keyof TrainOptions, unknown>>, on: Table = table) =>
    thrownBy(() => trainChurnModel(on, { ...QUICK, ...options } as TrainOptions));

  test.each([
    ["folds", 1],
    ["folds", 21],
    ["folds", 2.5],
    ["seed", -1],
    ["seed", 0.5],
    ["replicates", 0],
    ["classifier", "oracle"],
    ["classifier", []],
    ["calibration", "magic"],
    ["tiers", "high"],
    ["id", "churned"],
  ])("%s = %j", async (argument, value) => {
    const error = await refused({ [argument]: value });
    expect(error.problems).toMatchObject([
      { code: "argument.invalid", path: { function: "trainChurnModel", argument }, received: value },
    ]);
  });

  test("bad options with all their problems at once", async () => {
    const tiers = { by: "capacity", tiers: [{ name: "a" }, { name: "b", top: 1 }] };
    const error = await refused({ folds: 0, seed: -1, id: "unknown", exclude: ["tenure", "nothing"], tiers });
    expect(error.problems.map(({ code, path }) => [code, path.argument, path.column])).toEqual([
      ["argument.invalid", "folds", undefined],
      ["argument.invalid", "seed", undefined],
      ["argument.invalid", "tiers.tiers[0]", undefined],
      ["argument.invalid", "tiers.tiers[1]", undefined],
      ["data.missing-column", "id", "unknown"],
      ["data.missing-column", "exclude", "nothing"],
    ]);
  });

  test("a missing label column", async () => {
    expect((await refused({ label: "left" })).code).toBe("data.missing-column");
  });

  test("19 rows of a class", async () => {
    const rows = subscriberRows(200);
    const few = tableFromRows([
      ...rows.filter(({ churned }) => churned === "Yes").slice(0, 19),
      ...rows.filter(({ churned }) => churned === "No"),
    ]);
    const error = await refused({}, few);
    expect([error.code, error.path.column, error.received]).toEqual(["data.label", "churned", 19]);
  });

  test("infinite values, named by column and row", async () => {
    const values = Float64Array.from({ length: 150 }, (_, row) => (row === 41 ? -Infinity : row % 7));
    const infinite = createTable(
      [...table.columns, { kind: "numeric", name: "流量", values }],
      "usage.parquet",
    );
    const error = await refused({}, infinite);
    expect(error.problems).toMatchObject([
      {
        code: "data.not-finite",
        path: { file: "usage.parquet", column: "流量", row: 42 },
        received: -Infinity,
      },
    ]);
  });

  test("wrong labels and infinite values together", async () => {
    const values = Float64Array.from({ length: 150 }, (_, row) => (row === 2 ? Infinity : row % 7));
    const codes = Int32Array.from(values, (_, row) => (row === 4 ? -1 : row % 2));
    const wrong = createTable([
      { kind: "numeric", name: "usage", values },
      { kind: "categorical", name: "churned", codes, categories: ["Yes", "No"] },
    ]);
    const error = await thrownBy(() => trainChurnModel(wrong, { label: "churned" }));
    expect(error.problems.map(({ code, path }) => [code, path.column, path.row])).toEqual([
      ["data.label", "churned", 5],
      ["data.not-finite", "usage", 3],
    ]);
  });

  test("a table without any feature", async () => {
    const error = await refused({ exclude: ["tenure", "客服 calls", "charge", "套餐", "group"] });
    expect(error.code).toBe("data.no-feature");
  });

  test("ids that leave fewer subscribers with a churner than folds", async () => {
    const rows = subscriberRows(200).map((row, i) => ({
      ...row,
      subscriber: row.churned === "Yes" ? `C${i % 3}` : `S${i}`,
    }));
    const error = await refused({}, tableFromRows(rows, { columns: { subscriber: "text" } }));
    expect([error.code, error.path.function, error.received]).toEqual(["data.label", "trainChurnModel", 3]);
  });
});
