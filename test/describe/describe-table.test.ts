import { describe, expect, test } from "vitest";
import { describeTable } from "../../src/describe/index.js";
import { concatTables, createTable, tableFromRows, takeRows } from "../../src/table/index.js";
import { trainChurnModel } from "../../src/training/index.js";
import { subscriberTable } from "../support/subscribers.js";

// 240 rows by formula, so that pandas 3.0 and scipy 1.17.1 make the same: i = arange(240);
// x = (37 i mod 101) / 4 − 3, missing where 17 divides i; c = "abcd"[(i mod 5) mod 4];
// y = 1 where 7 i mod 10 < 3 or 12 divides i.
const rows = Array.from({ length: 240 }, (_, i) => ({
  x: i % 17 === 0 ? null : ((i * 37) % 101) / 4 - 3,
  c: "abcd"[(i % 5) % 4],
  y: (i * 7) % 10 < 3 || i % 12 === 0 ? 1 : 0,
}));
const table = tableFromRows(rows);
const described = describeTable(table, { label: "y" });
const [x, c, y] = described.columns;

describe("a column of numbers", () => {
  test("has the figures of pandas' describe()", () => {
    expect(x).toMatchObject({ kind: "numeric", distinct: 101, missing: { rows: 15, share: 15 / 240 } });
    expect(x.numbers).toEqual({
      minimum: -3,
      lowerQuartile: 3.25,
      median: 9.5,
      upperQuartile: 15.75,
      maximum: 22,
      mean: expect.closeTo(9.526666666666667, 12),
      standardDeviation: expect.closeTo(7.2792559347975745, 12),
      zeros: 2,
      negatives: 27,
      infinite: 0,
    });
  });

  test("is compared by label: means, medians, missing values, the Mann–Whitney test of scipy", () => {
    expect(x.churn).toMatchObject({
      churned: { mean: expect.closeTo(9.863924050632912, 12), median: 9.75 },
      stayed: { mean: expect.closeTo(9.344178082191782, 12), median: 9.375 },
      missing: { churned: 0.05952380952380952, stayed: 0.0641025641025641 },
      direction: "higher",
      pValue: expect.closeTo(0.6208953134878692, 12),
    });
  });

  test("is cut at its quartiles, with the rows without a value last", () => {
    const groups = x.churn?.groups ?? [];
    expect(groups.map(({ name, is }) => [name, is])).toEqual([
      ["≤ 3.25", "band"],
      ["> 3.25 to 9.5", "band"],
      ["> 9.5 to 15.75", "band"],
      ["> 15.75", "band"],
      ["missing", "missing"],
    ]);
    expect(groups.reduce((sum, group) => sum + group.rows, 0)).toBe(240);
    expect(groups.reduce((sum, group) => sum + group.churned, 0)).toBe(84);
  });

  test("without one of the two kinds of rows has no figure of it", () => {
    const [only] = describeTable(
      createTable([
        { kind: "numeric", name: "a", values: Float64Array.of(1, Number.NaN, 5, Infinity) },
        { kind: "numeric", name: "y", values: Float64Array.of(0, 1, 0, 1) },
      ]),
      { label: "y" },
    ).columns;
    expect(only.numbers).toMatchObject({ infinite: 1, mean: 3, maximum: 5, standardDeviation: Math.sqrt(8) });
    expect(only.churn?.churned).toBe(null);
    expect(only.churn?.stayed).toEqual({ mean: 3, median: 3 });
  });
});

describe("a column of categories", () => {
  test("has its levels by frequency, with churn rates and Wilson intervals", () => {
    expect(c.levels).toEqual([
      { value: "a", rows: 96, share: 0.4 },
      { value: "b", rows: 48, share: 0.2 },
      { value: "c", rows: 48, share: 0.2 },
      { value: "d", rows: 48, share: 0.2 },
    ]);
    expect(c.churn?.groups[0]).toMatchObject({ name: "a", rows: 96, churned: 28, rate: 28 / 96 });
  });

  test("has the chi-square test, Cramér's V and the information value of scipy and numpy", () => {
    // crosstab: a 68/28, b 24/24, c 44/4, d 20/28.
    expect(c.churn).toMatchObject({
      pValue: expect.closeTo(3.7731404952277254e-7, 18),
      cramersV: expect.closeTo(0.3689737607766115, 12),
      informationValue: expect.closeTo(0.722169348607725, 12),
      direction: null,
    });
    // Of two columns, by Holm: the smaller twice.
    expect(c.churn?.adjustedPValue).toBeCloseTo(2 * 3.7731404952277254e-7, 18);
    expect(x.churn?.adjustedPValue).toBe(x.churn?.pValue);
  });

  test("of more than ten levels shows the most frequent, and the others as one group", () => {
    const many = tableFromRows(rows.map((row, i) => ({ ...row, m: `level ${i % 15}` })));
    const m = describeTable(many, { label: "y" }).columns[3];
    expect(m.levels?.length).toBe(10);
    expect(m.churn?.groups.at(-1)).toMatchObject({ name: "5 others", is: "others", rows: 80 });
  });
});

describe("the label", () => {
  test("is described, and says nothing about itself", () => {
    expect(described.label).toEqual({
      column: "y",
      positive: "1",
      negative: "0",
      churned: 84,
      churnRate: 0.35,
    });
    expect(y).toMatchObject({ kind: "flag", role: "label", leftOut: "the label", churn: null });
  });

  test("is not needed", () => {
    const { label, columns, leaks, next } = describeTable(table);
    expect([label, leaks]).toEqual([null, []]);
    expect(columns.map(({ churn }) => churn)).toEqual([null, null, null]);
    expect(next.at(-1)?.call).toBe('describeTable(table, { label: "COLUMN" })');
  });

  test("of three values is refused as training refuses it", () => {
    expect(() => describeTable(table, { label: "c" })).toThrow(
      /^describeTable: column "c": must have exactly two values, churned and stayed, received "a \(96\)"/,
    );
  });

  test("of too few churners is described, with what training will refuse", () => {
    const few = takeRows(table, [...Array(30).keys()]);
    const { problems, columns, notes } = describeTable(few, { label: "y" });
    expect(problems.map(({ code }) => code)).toEqual(["data.label", "data.label"]);
    expect(columns[0].churn?.rocAuc).toBeGreaterThan(0.5);
    expect(notes).toEqual([]);
  });
});

test("columns that are left out, and notes, are those of training", async () => {
  const subscribers = subscriberTable(400);
  const options = { label: "churned", classifier: "logistic", repeats: 1, replicates: 5 } as const;
  const description = describeTable(subscribers, { label: "churned" });
  const { training } = await trainChurnModel(subscribers, options);
  const leftOut = description.columns.flatMap(({ name, leftOut: reason }) =>
    reason === null ? [] : [{ name, reason }],
  );
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  expect(leftOut.sort(byName)).toEqual([...training.leftOut].sort(byName));
  expect(description.notes).toEqual(training.notes.filter(({ kind }) => kind !== "total"));
});

describe("leaks", () => {
  const leaky = tableFromRows(
    rows.map((row, i) => ({
      ...row,
      code: row.y === 1 ? "left" : "here",
      rank: row.y * 100 + (i % 50) + (i === 5 ? 100 : 0),
      visited: row.y === 1 && i % 12 !== 0 ? 1 : 0,
    })),
  );
  const { leaks, next } = describeTable(leaky, { label: "y" });

  test("are certain or probable by the rule of training, possible where all rows of a value churned", () => {
    expect(leaks.map(({ column, is }) => [column, is])).toEqual([
      ["code", "certain"],
      ["rank", "probable"],
      ["visited", "possible"],
    ]);
  });

  test("lead to commands that leave them out", () => {
    expect(next.map(({ call }) => call)).toEqual([
      'await trainChurnModel(table, { label: "y", exclude: ["code", "rank", "visited"] })',
      'await trainChurnModel(table, { label: "y", exclude: ["code"] })',
    ]);
  });

  test("that are certain are what training refuses", async () => {
    await expect(trainChurnModel(leaky, { label: "y", classifier: "logistic" })).rejects.toThrow(/"code"/);
  });
});

test("rows that repeat are counted, with and without the id", () => {
  const repeated = concatTables([takeRows(table, [0, 1, 2]), takeRows(table, [2, 2, 0])]);
  expect(describeTable(repeated).duplicates).toEqual({ rows: 3, butForId: null });
  const named = tableFromRows(
    [0, 1, 2, 0].map((at, i) => ({ customer_id: `c${i}`, ...rows[at] })),
    { columns: { customer_id: "text" } },
  );
  expect(describeTable(named).duplicates).toEqual({ rows: 0, butForId: 1 });
});

test("a description is data: it goes to JSON and back, and does not change its table", () => {
  expect(JSON.parse(JSON.stringify(described))).toEqual({ ...described });
  expect(described.rows).toBe(table.rowCount);
});
