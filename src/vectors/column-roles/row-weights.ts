import { Problems } from "../../errors.js";
import { missingColumnProblem } from "../../table/check-table.js";
import { findColumn, type NumericColumn, placeOf, type Table, takeRows } from "../../table/table.js";

/** The rows of a table that have weight, and how much. */
export interface WeighedTable {
  /** Without the rows of weight 0. */
  readonly table: Table;
  /** One per row of that table, as {@link scaledWeights} scales them; undefined where all are equal. */
  readonly weights: Float64Array | undefined;
  /** Their numbers in the table that was given; undefined: all of them. */
  readonly rows: Int32Array | undefined;
  /** How many rows of weight 0 there were. */
  readonly withoutWeight: number;
}

/**
 * A table without its rows of weight 0, with weights whose scale does not matter.
 * @param name the weight column; undefined: there is none.
 * @throws HoldfastError with all problems of the column: it is missing or not numeric, a weight is missing, infinite or
 * negative, all are 0.
 */
export function weighedTable(table: Table, name: string | null | undefined): WeighedTable {
  if (name === null || name === undefined) {
    return { table, weights: undefined, rows: undefined, withoutWeight: 0 };
  }
  const relative = relativeWeights(checkedWeights(table, name));
  const rows = Int32Array.from(relative.keys()).filter((row) => relative[row] > 0);
  const withoutWeight = table.rowCount - rows.length;
  const weights = scaledWeights(relative.filter((weight) => weight > 0));
  if (withoutWeight === 0) return { table, weights, rows: undefined, withoutWeight };
  return { table: takeRows(table, rows), weights, rows, withoutWeight };
}

/** @throws HoldfastError as {@link weighedTable}. */
export function checkedWeights(table: Table, name: string): Float64Array {
  const problems = new Problems();
  const column = findColumn(table, name);
  const path = { ...placeOf(table), column: name };
  if (column === undefined) problems.add(missingColumnProblem({}, table, name));
  else if (column.kind !== "numeric") {
    problems.add({ code: "data.wrong-type", path, expected: "must hold numbers", received: column.kind });
  } else {
    column.values.forEach((value, row) => {
      if (value >= 0 && value < Number.POSITIVE_INFINITY) return;
      const expected = "must be a finite weight ≥ 0";
      problems.add({ code: "data.not-finite", path: { ...path, row: row + 1 }, expected, received: value });
    });
    if (problems.count === 0 && column.values.every((value) => value === 0)) {
      problems.add({ code: "data.not-finite", path, expected: "must not all be 0", received: 0 });
    }
  }
  problems.throwIfAny();
  return (column as NumericColumn).values;
}

/**
 * Weights above 0 such that their sum is the number of rows that they are worth, (Σ w)² / Σ w² (Kish 1965): what
 * shrinks or smooths by the number of rows then does so by what is known. Undefined where all are equal, which is to have
 * none.
 * @param relative as {@link relativeWeights} returns them.
 */
function scaledWeights(relative: Float64Array): Float64Array | undefined {
  if (relative.every((weight) => weight === relative[0])) return undefined;
  let total = 0;
  let squares = 0;
  for (const weight of relative) {
    total += weight;
    squares += weight * weight;
  }
  const scale = total / squares;
  return relative.map((weight) => weight * scale);
}

/** 2²⁷ + 1: multiplied by it and subtracted, a number keeps its first 26 binary digits (Veltkamp 1968). */
const SPLITTER = 134217729;

/**
 * Weights as shares of the largest, in 26 binary digits: the rounding of a multiplication by any factor is beyond them, so
 * that the same weights in another unit are the same to the last bit.
 */
function relativeWeights(weights: Float64Array): Float64Array {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, weight);
  return weights.map((weight) => {
    const share = weight / largest;
    const product = share * SPLITTER;
    return product - (product - share);
  });
}
