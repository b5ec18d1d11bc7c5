import { Problems } from "../../errors.js";
import { missingColumnProblem } from "../../table/check-table.js";
import { findColumn, type NumericColumn, placeOf, type Table } from "../../table/table.js";

/**
 * The weight of each row, from the weight column of a table.
 * @throws HoldfastError with all problems: the column is missing or not numeric, a weight is missing, infinite or
 * negative, all are 0.
 */
export function rowWeights(table: Table, name: string): Float64Array {
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
