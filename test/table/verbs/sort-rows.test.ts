import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowsOf, tableFromRows } from "../../../src/table/rows.js";
import { sortRows } from "../../../src/table/verbs/sort-rows.js";
import { withColumn } from "../../../src/table/verbs/with-column.js";
import { errorOf } from "../../support/thrown.js";
import { randomTables } from "./random-table.js";

const table = tableFromRows([
  { id: "1", tenure: 3, 套餐: "b", since: "2024-02-01" },
  { id: "2", tenure: null, 套餐: "Z", since: "2023-02-01" },
  { id: "3", tenure: 1, 套餐: null, since: null },
  { id: "4", tenure: 3, 套餐: "a", since: "2022-02-01" },
]);
const order = (sorted: typeof table) => rowsOf(sorted).map(({ id }) => id);

describe("sortRows", () => {
  test("sorts numbers by size; equal rows keep their order, missing come last", () => {
    expect(order(sortRows(table, "tenure"))).toEqual([3, 1, 4, 2]);
  });

  test("with descending puts the greatest first; equal rows keep their order, missing still come last", () => {
    expect(order(sortRows(table, "tenure", { descending: true }))).toEqual([1, 4, 3, 2]);
  });

  test("sorts categories by their text and dates by day", () => {
    expect(order(sortRows(table, "套餐"))).toEqual([2, 4, 1, 3]);
    expect(order(sortRows(table, "since"))).toEqual([4, 2, 1, 3]);
  });

  test("sorts by several columns, each in its direction, the first counting most", () => {
    expect(order(sortRows(table, ["tenure", "套餐"]))).toEqual([3, 4, 1, 2]);
    expect(order(sortRows(table, ["tenure", { column: "套餐", descending: true }]))).toEqual([3, 1, 4, 2]);
    expect(
      order(sortRows(table, [{ column: "tenure", descending: false }, "套餐"], { descending: true })),
    ).toEqual([3, 1, 4, 2]);
    expect(order(sortRows(table, { column: "tenure", descending: true }))).toEqual([1, 4, 3, 2]);
  });

  test("compares texts by code points, not by halves of surrogate pairs", () => {
    // U+FF5E is below U+20000, whose first half, 0xD840, is below it.
    const texts = ["𠀀", "～", "北京", "a", "Z", "ab"];
    const given = withColumn(tableFromRows(texts.map((_, row) => ({ row }))), "text", texts, {
      kind: "text",
    });
    expect(rowsOf(sortRows(given, "text")).map(({ text }) => text)).toEqual([
      "Z",
      "a",
      "ab",
      "北京",
      "～",
      "𠀀",
    ]);
  });

  test("refuses all columns that are not there, together, and no column", () => {
    expect(errorOf(() => sortRows(table, ["tenur", "since", { column: "套餐名" }])).message).toBe(
      [
        "2 problems:",
        '  - sortRows: by, column "tenur": must be a column of the table, which has id, tenure, 套餐, since (did you mean "tenure"?)',
        '  - sortRows: by, column "套餐名": must be a column of the table, which has id, tenure, 套餐, since (did you mean "套餐"?)',
      ].join("\n"),
    );
    expect(errorOf(() => sortRows(table, [])).message).toBe("sortRows: by: must name a column");
    expect(errorOf(() => sortRows(table, undefined as never)).message).toBe(
      "sortRows: by: must be the name of a column",
    );
    expect(errorOf(() => sortRows(table, "tenure", { descending: "desc" as never })).message).toBe(
      'sortRows: descending: must be true or false, received "desc"',
    );
  });

  test("is a stable sort: sorting by the second key, then the first, sorts by both", () => {
    fc.assert(
      fc.property(randomTables, fc.boolean(), (random, descending) => {
        const numbered = withColumn(random, "place", (_, index) => index);
        const both = sortRows(numbered, ["套餐", "tenure"], { descending });
        expect(both).toEqual(sortRows(sortRows(numbered, "tenure", { descending }), "套餐", { descending }));
        expect(sortRows(both, "place")).toEqual(numbered);
      }),
    );
  });
});
