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
export { cellOf } from "./column.js";
export { rowsOf, tableFromRows } from "./rows.js";
export { createTable, dropColumns, findColumn, takeRows } from "./table.js";
export { concatTables } from "./verbs/concat-tables.js";
export { filterRows } from "./verbs/filter-rows.js";
export { selectColumns } from "./verbs/select-columns.js";
export { sortRows } from "./verbs/sort-rows.js";
export { splitRandom } from "./verbs/split-random.js";
export { withColumn } from "./verbs/with-column.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type { CategoricalColumn, Column, ColumnKind, NumericColumn, Table, TextColumn } from "./column.js";
export type * from "./grammar/types.js";
export type { RowsOptions } from "./rows.js";
export type { RowMask, RowPredicate } from "./verbs/filter-rows.js";
export type { TableRow } from "./verbs/row-view.js";
export type { SortKey, SortRowsOptions } from "./verbs/sort-rows.js";
export type { RandomSplit, SplitRandomOptions } from "./verbs/split-random.js";
export type { ColumnValues, WithColumnOptions } from "./verbs/with-column.js";
