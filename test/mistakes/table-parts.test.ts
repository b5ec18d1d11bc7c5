import { describe, expect, test } from "vitest";
import * as entry from "../../src/table/index.js";
import { mistake, testNonsense, untypedOf } from "./every-function.js";
import { testMistakes } from "./mistake.js";

const untyped = untypedOf(entry);
const rows = [
  { id: "a", tenure: 3, plan: "S" },
  { id: "b", tenure: 14, plan: "L" },
];
const table = entry.tableFromRows(rows);
const tenure = table.columns[1];

describe("tables and their parts", () => {
  testMistakes([
    mistake(
      "a table of arrays by name, as in pandas",
      () => untyped.createTable({ tenure: [3, 14] }),
      "createTable",
      "columns",
      /must be a list of columns such as .*\(of arrays by name: Object\.entries\(arrays\)\.map\(/,
    ),
    mistake(
      "a table of rows",
      () => untyped.createTable(rows),
      "createTable",
      "columns[0]",
      /make a table of row objects with tableFromRows\(rows\)/,
    ),
    mistake(
      "a table of one column",
      () => untyped.createTable(tenure),
      "createTable",
      "columns",
      /put a single column into a list: \[column\]/,
    ),
    mistake(
      "a table of a table",
      () => untyped.createTable(table),
      "createTable",
      "columns",
      /of a table: table\.columns/,
    ),
    mistake(
      "a column of a plain array",
      () => untyped.createTable([{ kind: "numeric", name: "tenure", values: [3, 14] }]),
      "createTable",
      "columns[0].values",
      /must be a Float64Array, received 3, 14 \(write Float64Array\.from\(values\)\)/,
    ),
    mistake(
      "categories as texts",
      () => untyped.createTable([{ kind: "categorical", name: "plan", values: ["S", "L"] }]),
      "createTable",
      "columns[0].codes",
      /withColumn\(table, name, values\) finds the categories of values/,
    ),
    mistake(
      "another word for a kind",
      () => untyped.createTable([{ kind: "number", name: "tenure", values: Float64Array.of(3) }]),
      "createTable",
      "columns[0].kind",
      /must be one of numeric, categorical, text, received "number" \(did you mean "numeric"\?\)/,
    ),
    mistake(
      "another word for a declared kind",
      () => untyped.tableFromRows(rows, { columns: { tenure: "float64" } }),
      "tableFromRows",
      'columns["tenure"]',
      /received "float64" \(did you mean "numeric"\?\)/,
    ),
    mistake(
      "a column without a name",
      () => untyped.createTable([{ kind: "text", values: ["a"] }]),
      "createTable",
      "columns[0].name",
      /must be a text/,
    ),
    mistake(
      "the source among options",
      () => untyped.createTable([tenure], { source: "crm" }),
      "createTable",
      "source",
      /write createTable\(columns, "crm"\)/,
    ),
    mistake(
      "columns of unequal length",
      () => entry.createTable([tenure, { kind: "text", name: "short", values: ["a"] }]),
      "createTable",
      'columns "short"',
      /must have 2 rows, received 1/,
    ),
    mistake(
      "rows in the place of a table",
      () => untyped.findColumn(rows, "tenure"),
      "findColumn",
      "table",
      /tableFromRows\(rows\)/,
    ),
    mistake(
      "a column by its place",
      () => untyped.findColumn(table, 1),
      "findColumn",
      "name",
      /must be the name of a column, received 1/,
    ),
    mistake(
      "one name in the place of a list",
      () => untyped.dropColumns(table, "tenure"),
      "dropColumns",
      "names",
      /must be an array of names, received "tenure" \(write \["tenure"\]\)/,
    ),
    mistake(
      "a misspelt name",
      () => entry.dropColumns(table, ["tenur"]),
      "dropColumns",
      "names",
      /must be a column of the table, which has id, tenure, plan \(did you mean "tenure"\?\)/,
    ),
    mistake(
      "a row beyond the last",
      () => entry.takeRows(table, [0, 2]),
      "takeRows",
      "rows[1]",
      /must be a whole number from 0 to 1, received 2/,
    ),
    mistake(
      "the last row by -1",
      () => entry.takeRows(table, [-1]),
      "takeRows",
      "rows[0]",
      /must be a whole number from 0 to 1, received -1/,
    ),
    mistake(
      "the first rows by their number, as head(n) does",
      () => untyped.takeRows(table, 2),
      "takeRows",
      "rows",
      /for the first 2: Array\.from\(\{ length: 2 \}, \(_, row\) => row\)/,
    ),
    mistake(
      "a mask",
      () => untyped.takeRows(table, [true, false]),
      "takeRows",
      "rows[0]",
      /for a mask there is filterRows\(table, mask\)/,
    ),
    mistake(
      "the name of a column in the place of it",
      () => untyped.cellOf("tenure", 0),
      "cellOf",
      "column",
      /write cellOf\(findColumn\(table, "tenure"\), row\)/,
    ),
    mistake(
      "a column that the table does not have",
      () => untyped.cellOf(entry.findColumn(table, "tenur"), 0),
      "cellOf",
      "column",
      /must be a Column, not undefined/,
    ),
    mistake(
      "a cell beyond the last row",
      () => entry.cellOf(tenure, 2),
      "cellOf",
      "row",
      /must be a whole number from 0 to 1, received 2/,
    ),
    mistake(
      "rows of rows",
      () => untyped.rowsOf(rows),
      "rowsOf",
      "table",
      /must be a Table, not an array of rows/,
    ),
    mistake(
      "options of rows",
      () => untyped.rowsOf(table, { dates: "iso" }),
      "rowsOf",
      "options",
      /must be left out: there are none/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    const arrays = { tenure: [3, 14] };
    const columns = Object.entries(arrays).map(
      ([name, values]) => ({ kind: "numeric", name, values: Float64Array.from(values) }) as const,
    );
    expect(entry.rowsOf(entry.createTable(columns))).toEqual([{ tenure: 3 }, { tenure: 14 }]);
    expect(entry.createTable([tenure], "crm").source).toBe("crm");
    expect(entry.createTable(table.columns).rowCount).toBe(2);
    expect(entry.dropColumns(table, ["tenure"]).columns).toHaveLength(2);
    const first = entry.takeRows(
      table,
      Array.from({ length: 2 }, (_, row) => row),
    );
    expect(entry.rowsOf(first)).toEqual(rows);
    expect(entry.filterRows(table, [true, false]).rowCount).toBe(1);
    expect(entry.withColumn(table, "plan", ["S", "L"], { kind: "categorical" }).rowCount).toBe(2);
  });

  test("rowsOf works as the function of map, which passes it the index too", () => {
    expect([table].map(entry.rowsOf)).toEqual([rows]);
  });
});

describe("nonsense", () => {
  const { cellOf, createTable, dropColumns, findColumn, rowsOf, takeRows } = untyped;
  testNonsense({ cellOf, createTable, dropColumns, findColumn, rowsOf, takeRows });
});
