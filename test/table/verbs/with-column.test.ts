import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowsOf, tableFromRows } from "../../../src/table/rows.js";
import { findColumn, type Table } from "../../../src/table/table.js";
import { selectColumns } from "../../../src/table/verbs/select-columns.js";
import { type WithColumnOptions, withColumn } from "../../../src/table/verbs/with-column.js";
import { errorOf } from "../../support/thrown.js";
import { randomTables } from "./random-table.js";

const table = tableFromRows([
  { id: "a", charge: 30, lines: 2 },
  { id: "b", charge: null, lines: 1 },
]);
const valuesOf = (given: Table, name: string) => rowsOf(given).map((row) => row[name]);

describe("withColumn", () => {
  test("adds a column at the end, the table itself unchanged", () => {
    const wider = withColumn(table, "per line", [15, null]);
    expect(wider.columns.map(({ name }) => name)).toEqual(["id", "charge", "lines", "per line"]);
    expect(valuesOf(wider, "per line")).toEqual([15, null]);
    expect(table.columns).toHaveLength(3);
  });

  test("replaces the column of the name in its place", () => {
    const replaced = withColumn(table, "charge", ["low", "high"]);
    expect(replaced.columns.map(({ name }) => name)).toEqual(["id", "charge", "lines"]);
    expect(valuesOf(replaced, "charge")).toEqual(["low", "high"]);
  });

  test("computes values of a row and its index", () => {
    const computed = withColumn(table, "每线", (row: { charge: number | null; lines: number }, index) =>
      row.charge === null ? index : row.charge / row.lines,
    );
    expect(valuesOf(computed, "每线")).toEqual([15, 1]);
  });

  test("does not share memory with a typed array", () => {
    const values = Float64Array.of(1, 2);
    const wider = withColumn(table, "n", values);
    values[0] = 9;
    expect(valuesOf(wider, "n")).toEqual([1, 2]);
  });

  test.each<[string, ArrayLike<unknown>, WithColumnOptions, object]>([
    ["numbers", [1, Number.NaN], {}, { kind: "numeric", values: Float64Array.of(1, Number.NaN) }],
    ["a typed array", Uint8Array.of(1, 0), {}, { kind: "numeric", values: Float64Array.of(1, 0) }],
    [
      "booleans",
      [true, false],
      {},
      { kind: "categorical", codes: Int32Array.of(0, 1), categories: ["true", "false"] },
    ],
    [
      "dates",
      [new Date(0), undefined],
      {},
      { kind: "numeric", isDate: true, values: Float64Array.of(0, Number.NaN) },
    ],
    ["texts of numbers", ["1", " "], {}, { kind: "numeric", values: Float64Array.of(1, Number.NaN) }],
    ["numbers as text", [7, null], { kind: "text" }, { kind: "text", values: ["7", null] }],
    [
      "numbers as categories",
      [7, 8],
      { kind: "categorical" },
      { kind: "categorical", codes: Int32Array.of(0, 1), categories: ["7", "8"] },
    ],
  ])("decides the kind as tableFromRows does: %s", (_, values, options, expected) => {
    const column = findColumn(withColumn(table, "new", values, options), "new");
    expect(column).toEqual({ name: "new", ...expected });
    const { kind } = options;
    const fromRows = tableFromRows(
      Array.from(values, (value) => ({ new: value })),
      kind === undefined ? {} : { columns: { new: kind } },
    );
    expect(column).toEqual(fromRows.columns[0]);
  });

  test("takes a column of another table under the new name, and casts it to the kind", () => {
    const other = tableFromRows([{ plan: 1 }, { plan: 2 }]).columns[0];
    expect(findColumn(withColumn(table, "tariff", other), "tariff")).toEqual({ ...other, name: "tariff" });
    expect(valuesOf(withColumn(table, "tariff", other, { kind: "text" }), "tariff")).toEqual(["1", "2"]);
  });

  test("takes a table without rows", () => {
    const empty = tableFromRows([{ a: 1 }], {});
    const none = { ...empty, rowCount: 0, columns: [{ ...empty.columns[0], values: new Float64Array(0) }] };
    expect(withColumn(none as Table, "b", (row) => row.a).columns.map(({ name }) => name)).toEqual([
      "a",
      "b",
    ]);
  });

  test.each<[string, () => unknown, string]>([
    [
      "another length",
      () => withColumn(table, "n", [1]),
      "withColumn: values: must have 2 values, one per row of the table, received 1",
    ],
    [
      "one value",
      () => withColumn(table, "n", "basic"),
      'withColumn: values: must be an array of values, a column, or a function of a row, received "basic" (for the same value in every row: () => value)',
    ],
    [
      "nothing",
      () => withColumn(table, "n", undefined as never),
      "withColumn: values: must be an array of values, a column, or a function of a row, not undefined (for the same value in every row: () => value)",
    ],
    [
      "promises",
      () => withColumn(table, "n", async () => 1),
      "withColumn: values, row 1: must return values, not promises of them",
    ],
    [
      "a blank name",
      () => withColumn(table, " ", [1, 2]),
      'withColumn: name: must be a name that is not blank, received " "',
    ],
    [
      "an unknown kind",
      () => withColumn(table, "n", [1, 2], { kind: "number" as never }),
      'withColumn: kind: must be one of numeric, date, categorical, text, received "number"',
    ],
    [
      "a misspelt column",
      () => withColumn(table, "n", (row) => row.Lines),
      'withColumn: values, column "Lines": must be a column of the table, which has id, charge, lines (did you mean "lines"?)',
    ],
    [
      "values that no column holds, all of them",
      () => withColumn(table, "n", [Infinity, {}]),
      '2 problems:\n  - withColumn: column "n", row 1: must be finite, received Infinity\n  - withColumn: column "n", row 2: must be a number, text, boolean, bigint, date or null, received {}',
    ],
    [
      "values of another kind than the one asked for",
      () => withColumn(table, "n", ["1", "one"], { kind: "numeric" }),
      'withColumn: column "n", row 2: must be a number, received "one"',
    ],
  ])("refuses %s", (_, call, message) => {
    expect(errorOf(call).message).toBe(message);
  });

  test("changes no other column; without it the table is what it was", () => {
    fc.assert(
      fc.property(randomTables, (random) => {
        const wider = withColumn(random, "new", (row) => row.tenure);
        expect(
          selectColumns(
            wider,
            random.columns.map(({ name }) => name),
          ),
        ).toEqual(random);
        expect(selectColumns(wider, ["new"]).columns[0]).toEqual({ ...random.columns[0], name: "new" });
      }),
    );
  });

  test("with a column's own values changes nothing", () => {
    fc.assert(
      fc.property(randomTables, fc.integer({ min: 0, max: 3 }), (random, i) => {
        expect(withColumn(random, random.columns[i].name, random.columns[i])).toEqual(random);
      }),
    );
  });
});
