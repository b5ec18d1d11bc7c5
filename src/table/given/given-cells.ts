import type { Column } from "../column.js";

/** The cells of one column as a source holds them in memory. */
export type GivenCells =
  /** Numbers, texts, booleans, bigints, dates; null, undefined, NaN and an invalid date are missing. */
  | { readonly holds: "cells"; readonly cells: ArrayLike<unknown> }
  /** NaN where missing; they become the values of the column, not a copy. */
  | { readonly holds: "numbers"; readonly numbers: Float64Array }
  /** Days since 1970-01-01, NaN where missing. @property isLocal whether they are times without a zone. */
  | { readonly holds: "days"; readonly days: Float64Array; readonly isLocal: boolean }
  /** Codes into distinct texts in order of first appearance, −1 where missing. */
  | { readonly holds: "codes"; readonly codes: Int32Array; readonly texts: readonly string[] }
  /** A column that was read before. */
  | { readonly holds: "column"; readonly column: Column }
  /** What can't be a column, such as lists. @property type its name in messages. */
  | { readonly holds: "nothing"; readonly type: string };

/** A source whose columns are in memory. */
export interface GivenColumns {
  readonly names: readonly string[];
  /** How many rows each column has; they differ only by mistake. */
  readonly lengths: readonly number[];
  /** The cells of a column; called once for each column that is read. */
  cellsOf(column: number): GivenCells | Promise<GivenCells>;
}
