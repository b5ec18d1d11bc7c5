/**
 * Data frames in and out: tables of danfojs, Apache Arrow, Polars for Node, arquero, DuckDB and TensorFlow.js.
 *
 * `tableFrom(frame)` makes a `Table` of any of them, and of row objects and columns as arrays; `toDanfo`, `toArrow`,
 * `toPolars`, `toArquero` and `rowsOf` give a table back as one. None of these packages is a dependency: frames are known by
 * their members, and what makes one is loaded when it is called, or passed as the second argument.
 *
 * The same data become the same table, bit for bit, whichever frame or file they are read from.
 *
 * @example
 * import { tableFrom, toArrow } from "holdfast/frames";
 *
 * const table = await tableFrom({ tenure: [3, 14, 40], plan: ["basic", "family", null] });
 * const arrow = await toArrow(table);
 * console.log(arrow.numRows); // 3
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { rowsOf } from "../table/rows.js";
export { type ArqueroFrame, type ArqueroModule, toArquero } from "./out/to-arquero.js";
export { type ArrowFrame, type ArrowModule, toArrow } from "./out/to-arrow.js";
export { type DanfoDataFrame, type DanfoModule, toDanfo } from "./out/to-danfo.js";
export { type PolarsFrame, type PolarsModule, toPolars } from "./out/to-polars.js";
export { tableFrom } from "./table-from.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type { CategoricalColumn, Column, NumericColumn, Table, TextColumn } from "../table/column.js";
export type * from "../table/grammar/types.js";
export type { RowsOptions } from "../table/rows.js";
export type { TableFromOptions } from "./options.js";
