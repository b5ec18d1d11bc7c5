import { argumentProblem, HoldfastError, invalidArgument, Problems } from "../../errors.js";

/** So many wrong numbers are named. */
const NAMED = 5;

/** @throws HoldfastError for anything but a list of numbers of rows, from 0 to one less than there are. */
export function checkRowNumbers(
  functionName: string,
  rows: unknown,
  rowCount: number,
): asserts rows is ArrayLike<number> {
  const { length } = (rows ?? {}) as { readonly length?: unknown };
  if (typeof rows !== "object" || rows === null || typeof length !== "number") {
    const hint =
      typeof rows === "number"
        ? `for the first ${rows}: Array.from({ length: ${rows} }, (_, row) => row)`
        : undefined;
    const expected = "must be a list of row numbers, from 0";
    invalidArgument(
      functionName,
      "rows",
      rows === undefined ? `${expected}, not undefined` : expected,
      rows,
      hint,
    );
  }
  const list = rows as ArrayLike<number>;
  // Flat, as tables are taken from many times; what is wrong is found out only where something is.
  let areRows = true;
  for (let i = 0; i < list.length; i++) {
    const row = list[i];
    if (!(row >= 0 && row < rowCount && Math.floor(row) === row)) areRows = false;
  }
  if (!areRows) refuse(functionName, list, rowCount);
}

function refuse(functionName: string, list: ArrayLike<unknown>, rowCount: number): never {
  const problems = new Problems();
  for (let i = 0; i < list.length && problems.count < NAMED; i++) {
    const row = list[i];
    if (typeof row === "number" && row >= 0 && row < rowCount && Number.isInteger(row)) continue;
    const expected =
      rowCount === 0
        ? "must not be there: the table has no rows"
        : `must be a whole number from 0 to ${rowCount - 1}`;
    const hint = typeof row === "boolean" ? "for a mask there is filterRows(table, mask)" : undefined;
    problems.add(argumentProblem(functionName, `rows[${i}]`, expected, row, hint));
    if (typeof row !== "number") break;
  }
  throw new HoldfastError(problems.list);
}
