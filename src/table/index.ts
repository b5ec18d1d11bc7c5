/**
 * Tables: immutable, column by column.
 *
 * A `Table` has three kinds of column. `numeric` holds numbers, missing is NaN; dates are days since 1970-01-01 (UTC).
 * `categorical` holds codes of categories in the order of their first appearance, missing is −1; booleans are
 * categorical. `text` holds strings exactly as they were read, for ids and free text, and never becomes a feature.
 *
 * `readTable` and `writeTable` of `holdfast` read and write files; `tableFromRows` makes a table of row objects,
 * `createTable` of columns, `rowsOf` gives row objects back. The verbs return new tables and leave theirs as it was:
 * `filterRows`, `sortRows`, `takeRows`, `withColumn`, `selectColumns`, `dropColumns`, `concatTables`.
 *
 * @example
 * import { filterRows, rowsOf, selectColumns, tableFromRows } from "holdfast/table";
 *
 * const table = tableFromRows([
 *   { id: "a", tenure: 3, plan: "basic" },
 *   { id: "b", tenure: 40, plan: "family" },
 * ]);
 * const young = filterRows(table, ({ tenure }) => Number(tenure) < 12);
 * console.log(rowsOf(selectColumns(young, ["id", "plan"]))); // [ { id: 'a', plan: 'basic' } ]
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { rowsOf, tableFromRows } from "./rows.js";
export { cellOf, createTable, dropColumns, findColumn, takeRows } from "./table.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type { DeclaredKind } from "./resolve-column.js";
export type { RowsOptions } from "./rows.js";
export type { CategoricalColumn, Column, ColumnKind, NumericColumn, Table, TextColumn } from "./table.js";
