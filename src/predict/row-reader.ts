import { invalidArgument, type Problem, Problems } from "../errors.js";
import { composedRow } from "../rows/composed-row.js";
import { CELL_KINDS } from "../table/cell-kinds.js";
import { grammarOfInput, type InputReader, inputReader } from "../vectors/input-reader.js";
import { fillTotals, type Total } from "../vectors/totals.js";
import { type InputColumn, missingColumn } from "../vectors/vectorizer.js";
import type { RowVector } from "../vectors/vectors.js";
import { idOf, idProblem } from "./rows-of-table.js";

const ROW_EXPECTED = "must be an object of column names and values";

/** One subscriber as a plain object: column name → value. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Makes the function that turns one row into a vector. Values are read by the rules of `readTable`: a number may come
 * as its text, null, undefined and blanks are missing; a key that does not exist is an error, since a forgotten
 * column must not pass as a missing value.
 * The returned function writes into the same vector every time.
 * @throws (the returned function) HoldfastError with all problems of the row.
 */
export function createRowReader(
  inputs: readonly InputColumn[],
  totals: readonly Total[],
  idColumn: string | null,
): (row: Row) => RowVector {
  const vector = new Float64Array(inputs.length + totals.length);
  const readers = inputs.map(inputReader);
  const names = inputs.map(({ name }) => name);
  const takesNumbers = inputs.map(
    (input) => input.kind === "numeric" && grammarOfInput(input).missingNumbers.length === 0,
  );
  const read = (row: Row, isComposed: boolean): RowVector => {
    if (typeof row !== "object" || row === null) refuseRow(row);
    let wrong = false;
    for (let i = 0; i < readers.length; i++) {
      const cell = row[names[i]];
      if (takesNumbers[i] && typeof cell === "number") {
        // Most cells end here: passing a number on would allocate memory for it.
        vector[i] = cell;
        if (Math.abs(cell) === Infinity) wrong = true;
        continue;
      }
      const value = readers[i](cell);
      if (value === undefined) wrong = true;
      else vector[i] = value;
    }
    const isAbsent = hasAbsentKey(inputs, row, vector);
    if (isAbsent && !isComposed) {
      const composed = composedRow(row);
      if (composed !== undefined) return read(composed, true);
    }
    if (idColumn !== null && idOf(row[idColumn]) === undefined) wrong = true;
    if (wrong || isAbsent) reportProblems(inputs, readers, row, idColumn);
    fillTotals(totals, vector, inputs.length);
    return vector;
  };
  return (row) => read(row, false);
}

/** @throws HoldfastError that says what makes a row of something else. */
function refuseRow(row: unknown): never {
  return invalidArgument("predictOne", "row", ROW_EXPECTED, row);
}

/** Checks only missing values: only there can a key be absent. */
function hasAbsentKey(inputs: readonly InputColumn[], row: Row, vector: RowVector): boolean {
  for (let i = 0; i < inputs.length; i++) {
    if (Number.isNaN(vector[i]) && !Object.hasOwn(row, inputs[i].name)) return true;
  }
  return false;
}

function reportProblems(
  inputs: readonly InputColumn[],
  readers: readonly InputReader[],
  row: Row,
  idColumn: string | null,
): void {
  if (Array.isArray(row)) {
    invalidArgument("predictOne", "row", ROW_EXPECTED, row, "predictMany(rows) predicts a list of rows");
  }
  if ("rowCount" in row && "columns" in row && !inputs.some(({ name }) => Object.hasOwn(row, name))) {
    invalidArgument(
      "predictOne",
      "row",
      `${ROW_EXPECTED}, not a Table`,
      undefined,
      "predict(table) predicts a table",
    );
  }
  const problems = new Problems();
  if (idColumn !== null && idOf(row[idColumn]) === undefined)
    problems.add(idProblem(idColumn, row[idColumn]));
  inputs.forEach((input, i) => {
    if (!Object.hasOwn(row, input.name)) problems.add(missingColumn(input));
    else if (readers[i](row[input.name]) === undefined) problems.add(wrongValue(input, row[input.name]));
  });
  problems.throwIfAny();
}

function wrongValue(input: InputColumn, received: unknown): Problem {
  const expected = input.kind === "numeric" ? "must be a finite number" : CELL_KINDS[input.kind].expected;
  const code = received === Infinity || received === -Infinity ? "data.not-finite" : "data.wrong-type";
  return { code, path: { column: input.name }, expected, received };
}
