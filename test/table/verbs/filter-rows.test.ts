import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowsOf, tableFromRows } from "../../../src/table/rows.js";
import { concatTables } from "../../../src/table/verbs/concat-tables.js";
import { filterRows } from "../../../src/table/verbs/filter-rows.js";
import type { TableRow } from "../../../src/table/verbs/row-view.js";
import { sortRows } from "../../../src/table/verbs/sort-rows.js";
import { withColumn } from "../../../src/table/verbs/with-column.js";
import { errorOf } from "../../support/thrown.js";
import { randomTables } from "./random-table.js";

const table = tableFromRows([
  { id: "007", tenure: 3, 套餐: "基本", since: "2024-01-31", isNew: true },
  { id: "x8", tenure: null, 套餐: "family", since: null, isNew: false },
  { id: "x9", tenure: 40, 套餐: null, since: "2021-05-01", isNew: null },
]);
const tenures = (filtered: typeof table) => rowsOf(filtered).map(({ tenure }) => tenure);

describe("filterRows(table, predicate)", () => {
  test("keeps the rows for which the predicate is true, in their order, of every kind of column", () => {
    const kept = filterRows(table, (row) => row.tenure !== null);
    expect(rowsOf(kept)).toEqual([rowsOf(table)[0], rowsOf(table)[2]]);
    expect(kept.columns.map(({ kind }) => kind)).toEqual(table.columns.map(({ kind }) => kind));
  });

  test("hands over each row as rowsOf gives it, and its index from 0", () => {
    const seen: [object, number][] = [];
    filterRows(table, (row, index) => seen.push([{ ...row }, index]) > 0);
    expect(seen).toEqual(rowsOf(table).map((row, index) => [row, index]));
  });

  test("takes null, as of a comparison with a missing value, for false", () => {
    expect(
      tenures(filterRows(table, (row) => (row.tenure === null ? null : Number(row.tenure) > 3))),
    ).toEqual([40]);
  });

  test("lets the type of a row be said", () => {
    expect(tenures(filterRows(table, (row: { tenure: number; 套餐: string }) => row.tenure > 3))).toEqual([
      40,
    ]);
  });

  test("may keep no row; a table without rows stays as it is", () => {
    const none = filterRows(table, () => false);
    expect(none.rowCount).toBe(0);
    expect(none.columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
    expect(filterRows(none, () => true)).toEqual(none);
  });

  test("names the column that a predicate misspells, and the nearest", () => {
    const error = errorOf(() => filterRows(table, (row) => row.tenur === 3));
    expect(error.path).toEqual({ function: "filterRows", argument: "predicate", column: "tenur" });
    expect(error.message).toBe(
      'filterRows: predicate, column "tenur": must be a column of the table, which has id, tenure, 套餐, since, isNew (did you mean "tenure"?)',
    );
  });

  test.each([
    [undefined, "must return true or false, not undefined (is a `return` missing?)"],
    ["yes", 'must return true or false, received "yes"'],
    [1, "must return true or false, received 1"],
    [Promise.resolve(true), "must return true or false, not a promise"],
  ])("refuses the answer %s, with the row", (answer, message) => {
    const predicate = (row: TableRow) => (row.tenure === null ? answer : true) as boolean;
    expect(errorOf(() => filterRows(table, predicate)).message).toBe(
      `filterRows: predicate, row 2: ${message}`,
    );
  });
});

describe("filterRows(table, mask)", () => {
  test.each([[[true, false, true]], [new Uint8Array([1, 0, 1])], [Float64Array.of(1, 0, 1)], [[1, 0, true]]])(
    "keeps the rows where %j is true or 1",
    (mask) => {
      expect(tenures(filterRows(table, mask))).toEqual([3, 40]);
    },
  );

  test("refuses a mask of another length", () => {
    expect(errorOf(() => filterRows(table, [true])).message).toBe(
      "filterRows: mask: must have 3 entries, one per row of the table, received 1 (for rows by their numbers there is takeRows(table, rows))",
    );
  });

  test("refuses entries other than true, false, 0 and 1, and what is no mask", () => {
    expect(errorOf(() => filterRows(table, [true, 7, 0])).message).toBe(
      "filterRows: mask[1]: must be true, false, 0 or 1, received 7",
    );
    expect(errorOf(() => filterRows(table, "tenure > 3" as never)).message).toBe(
      'filterRows: predicate: must be a function of a row, or a mask, received "tenure > 3"',
    );
  });
});

test("a filter and its complement, put together and sorted back, are the table", () => {
  fc.assert(
    fc.property(randomTables, fc.integer({ min: -2, max: 3 }), (random, limit) => {
      const isKept = (row: TableRow) => row.tenure !== null && Number(row.tenure) >= limit;
      const numbered = withColumn(random, "place", (_, index) => index);
      const kept = filterRows(numbered, isKept);
      const others = filterRows(numbered, (row) => !isKept(row));
      expect(sortRows(concatTables(kept, others), "place")).toEqual(numbered);
    }),
  );
});

test("a predicate and the mask of its answers keep the same rows", () => {
  fc.assert(
    fc.property(randomTables, (random) => {
      const isKept = (row: TableRow) => row.套餐 === "基本" || row.入网日期 === "2022-01-08";
      const mask = rowsOf(random).map(isKept);
      expect(filterRows(random, isKept)).toEqual(filterRows(random, mask));
      expect(filterRows(random, isKept).rowCount).toBe(mask.filter(Boolean).length);
    }),
  );
});
