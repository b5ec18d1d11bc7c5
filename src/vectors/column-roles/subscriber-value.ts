import { type Problem, Problems } from "../../errors.js";
import { castColumn } from "../../table/cast.js";
import { CELL_KINDS } from "../../table/cell-kinds.js";
import type { CellFormat } from "../../table/grammar/cell-format.js";
import { type CellGrammar, grammarOf } from "../../table/grammar/cell-grammar.js";
import { findColumn, type NumericColumn, placeOf, type Table } from "../../table/table.js";

/**
 * The value of each subscriber, from the value column of a table: missing and negative values count as 0, since losing
 * such a subscriber costs nothing.
 * @param format how its cells were written in training, where they were not plain.
 * @throws HoldfastError when the column is missing, is not numeric, or holds an infinite value.
 */
export function valuesOf(table: Table, name: string, format?: CellFormat): Float64Array {
  const problems = new Problems();
  const given = findColumn(table, name);
  const path = { ...placeOf(table), column: name };
  const mayCast = given?.kind === "numeric" || format !== undefined;
  const column =
    given === undefined || !mayCast
      ? given
      : castColumn(given, "numeric", problems, placeOf(table), grammarOf(format));
  if (column === undefined) problems.add({ ...MISSING, path });
  else if (column.kind !== "numeric") {
    problems.add({ code: "data.wrong-type", path, expected: "must hold numbers", received: column.kind });
  } else if (column === given) {
    column.values.forEach((value, row) => {
      if (Number.isNaN(value) || Number.isFinite(value)) return;
      problems.add({ ...NOT_FINITE, path: { ...path, row: row + 1 }, received: value });
    });
  }
  problems.throwIfAny();
  return (column as NumericColumn).values.map(atLeastNothing);
}

/** The value of one row, by the rules of {@link valuesOf}. */
export function valueOfRow(
  row: Readonly<Record<string, unknown>>,
  name: string,
  grammar: CellGrammar,
): number {
  const problems = new Problems();
  const path = { column: name };
  const value = CELL_KINDS.numeric.read(row[name], grammar);
  if (!Object.hasOwn(row, name)) problems.add({ ...MISSING, path });
  else if (value === undefined) problems.add({ ...NOT_FINITE, path, received: row[name] });
  problems.throwIfAny();
  return atLeastNothing(value ?? Number.NaN);
}

function atLeastNothing(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(value, 0);
}

const MISSING: Omit<Problem, "path"> = {
  code: "data.missing-column",
  expected: "must be there: it is what a subscriber is worth to the model",
  received: undefined,
};

const NOT_FINITE = { code: "data.not-finite", expected: "must be a finite number" } as const;
