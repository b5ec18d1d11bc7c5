import { HoldfastError } from "../errors.js";
import { columnProblems } from "../table/check-table.js";
import { findColumn, type Table } from "../table/table.js";
import { type WeighedTable, weighedTable } from "../vectors/column-roles/row-weights.js";

/** The weights by which rows were measured, or were not. */
export interface MeasuredWeights {
  readonly column: string;
  /** False where the table does not have the column that a model remembers, or the caller wanted no weights. */
  readonly areApplied: boolean;
}

/** The rows that are measured, and by what weights. */
export interface MeasuredRows extends WeighedTable {
  /** Null where neither the model nor the caller names a weight column. */
  readonly by: MeasuredWeights | null;
}

/**
 * The rows of weight of a table, by the column that the caller names, or the one that the model was trained with.
 * @param given undefined: the model's, where the table has it; null: no weights.
 * @param remembered the weight column of the model.
 * @throws HoldfastError where there is no column of the caller's name, and for weights that are none.
 */
export function measuredRows(
  functionName: string,
  table: Table,
  given: string | null | undefined,
  remembered: string | null,
): MeasuredRows {
  if (typeof given === "string") {
    const missing = columnProblems(functionName, "weights", table, [given]);
    if (missing.length > 0) throw new HoldfastError(missing);
  }
  const wanted = given === undefined ? remembered : given;
  const isThere = wanted !== null && findColumn(table, wanted) !== undefined;
  const column = wanted ?? remembered;
  return {
    ...weighedTable(table, isThere ? wanted : null),
    by: column === null ? null : { column, areApplied: isThere },
  };
}

/** `"weighted by w"`, or that it is not although the model was; undefined where there are no weights. */
export function weightsLine(by: MeasuredWeights | null | undefined): string | undefined {
  if (by === null || by === undefined) return undefined;
  if (by.areApplied) return `weighted by ${by.column}`;
  return `not weighted, though the model was trained with the weights of ${by.column}`;
}
