import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChurnModel } from "../../src/predict/churn-model.js";
import { tableFromRows } from "../../src/table/rows.js";
import { trainChurnModel } from "../../src/training/train.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberRows } from "../support/subscribers.js";

const model = await scoringModel();
const [ROW] = subscriberRows(1, 5);
const NOTHING = { unseen: [], missing: [], outOfRange: [] };
const DETAILS = { details: true } as const;

describe("details of a prediction", () => {
  test("are absent unless they are asked for, and change nothing else", () => {
    const plain = model.predictOne(ROW);
    expect(plain).not.toHaveProperty("details");
    expect(model.predictOne(ROW, { details: false })).toEqual(plain);
    expect(model.predictOne(ROW, DETAILS)).toEqual({ ...plain, details: NOTHING });
  });

  test("name unseen categories, missing values, and numbers out of the range of training", () => {
    const row = { ...ROW, 套餐: "Gold", charge: " ", tenure: "72", "客服 calls": -1 };
    // Training has tenures of 0 to 71 and 0 to 5 calls.
    expect(model.predictOne(row, DETAILS).details).toEqual({
      unseen: [{ column: "套餐", value: "Gold" }],
      missing: ["charge"],
      outOfRange: [
        { column: "tenure", value: 72, range: [0, 71] },
        { column: "客服 calls", value: -1, range: [0, 5] },
      ],
    });
  });

  test("the ends of a range are within it", () => {
    for (const tenure of [0, 71]) {
      expect(model.predictOne({ ...ROW, tenure }, DETAILS).details).toEqual(NOTHING);
    }
  });

  test("come with each row of predictMany, and of predict on a table of the same rows", () => {
    const cell = <Value>(...values: Value[]) => fc.constantFrom(...values);
    const row = fc.record({
      subscriber: cell("a", "b"),
      tenure: cell<number | null>(0, 71, 72, -5, null),
      "客服 calls": cell(0, 5, 9),
      charge: cell<number | null>(null, 30, 1e6),
      套餐: cell<string | null>("随心", "Gold", " Family ", null),
      group: cell(true, false),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const many = model.predictMany(rows, DETAILS);
        expect(many).toEqual(rows.map((each) => model.predictOne(each, DETAILS)));
        const table = tableFromRows(rows, { columns: { ...model.columnKinds } });
        expect(model.predict(table, DETAILS)).toEqual(many);
      }),
    );
  });

  test("a category that was rare in training is not unseen", async () => {
    const rows = subscriberRows(300).map((row, r) => ({ ...row, 套餐: r < 4 ? "rare" : row.套餐 }));
    const rare = await trainChurnModel(tableFromRows(rows), {
      label: "churned",
      id: "subscriber",
      classifier: "logistic",
      replicates: 5,
    });
    expect(rare.predictOne({ ...ROW, 套餐: "rare" }, DETAILS).details?.unseen).toEqual([]);
    expect(rare.predictOne({ ...ROW, 套餐: "rarer" }, DETAILS).details?.unseen).toEqual([
      { column: "套餐", value: "rarer" },
    ]);
  });

  test("dates are days, and so is their range", async () => {
    const rows = subscriberRows(300).map(({ tenure, ...row }) => ({
      ...row,
      since: new Date(Date.UTC(2025, 0, 1 + Number(tenure))).toISOString().slice(0, 10),
    }));
    const dated = await trainChurnModel(tableFromRows(rows), {
      label: "churned",
      id: "subscriber",
      classifier: "logistic",
      replicates: 5,
    });
    const { details } = dated.predictOne({ ...ROW, since: "2024-12-31" }, DETAILS);
    // 71 days after 1 January 2025.
    expect(details?.outOfRange).toEqual([
      { column: "since", value: "2024-12-31", range: ["2025-01-01", "2025-03-13"] },
    ]);
  });

  test("a model of an older version has no ranges: nothing is out of range", () => {
    const { content } = model.scorer;
    const inputs = content.inputs.map((input) => {
      if (input.kind === "categorical") return input;
      const { range: _, isFlag: __, ...rest } = input;
      return rest;
    });
    const older = new ChurnModel({ ...content, inputs });
    expect(older.predictOne({ ...ROW, tenure: 999 }, DETAILS)).toEqual({
      ...older.predictOne({ ...ROW, tenure: 999 }),
      details: NOTHING,
    });
  });
});
