import { argumentProblem, HoldfastError, invalidArgument, type Problem } from "../../errors.js";
import { checkTable } from "../check-table.js";
import { type Table, takeRows } from "../table.js";
import { rowViews, type TableRow } from "./row-view.js";

const FILTERED_BY = "filterRows";

/** True for a row that stays; null, as of a comparison that has no answer, counts as false. */
export type RowPredicate<Row = TableRow> = (row: Row, index: number) => boolean | null;

/** One entry per row: true or 1 for a row that stays, false or 0 for one that goes. */
export type RowMask = ArrayLike<boolean | number>;

/**
 * The rows of a table for which a predicate is true, or a mask is, in their order; possibly none.
 * @param predicate takes a row and its index, from 0. The row gives values by column name as `rowsOf` does: numbers, texts,
 * null where missing, dates as ISO 8601 texts. Its type may be said: `(row: { tenure: number | null }) => …`.
 * Or a mask: an array of booleans or a typed array of 0 and 1, as long as the table.
 * @example filterRows(table, (row) => row.tariff === "prepaid" && Number(row.tenure) >= 3)
 * @example filterRows(table, probabilities.map((probability) => (probability >= 0.5 ? 1 : 0)))
 * @throws HoldfastError for something else in the place of a table, a column that the table does not have, a mask of
 * another length, and an answer that is neither true nor false.
 */
export function filterRows<Row = TableRow>(table: Table, predicate: RowPredicate<Row> | RowMask): Table {
  checkTable(FILTERED_BY, "table", table);
  const isKept = typeof predicate === "function" ? answers(table, predicate) : entries(table, predicate);
  const rows = new Int32Array(table.rowCount);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) if (isKept(row)) rows[count++] = row;
  return takeRows(table, rows.subarray(0, count));
}

function answers<Row>(table: Table, predicate: RowPredicate<Row>): (row: number) => boolean {
  const view = rowViews(table, FILTERED_BY, "predicate");
  return (row) => {
    // The caller may say a narrower type of row; whether it holds is theirs to know.
    const answer: unknown = predicate(view(row) as Row, row);
    if (typeof answer === "boolean") return answer;
    if (answer === null) return false;
    const isPromise = typeof (answer as { then?: unknown } | undefined)?.then === "function";
    const problem: Problem = argumentProblem(
      FILTERED_BY,
      "predicate",
      `must return true or false${answer === undefined ? ", not undefined" : isPromise ? ", not a promise" : ""}`,
      isPromise ? undefined : answer,
      answer === undefined ? "is a `return` missing?" : undefined,
    );
    throw new HoldfastError({ ...problem, path: { ...problem.path, row: row + 1 } });
  };
}

function entries(table: Table, mask: unknown): (row: number) => boolean {
  if (!isArrayLike(mask)) {
    return invalidArgument(FILTERED_BY, "predicate", "must be a function of a row, or a mask", mask);
  }
  if (mask.length !== table.rowCount) {
    const expected = `must have ${table.rowCount} entries, one per row of the table`;
    const hint = "for rows by their numbers there is takeRows(table, rows)";
    invalidArgument(FILTERED_BY, "mask", expected, mask.length, hint);
  }
  return (row) => {
    const entry = mask[row];
    if (entry !== true && entry !== false && entry !== 0 && entry !== 1) {
      invalidArgument(FILTERED_BY, `mask[${row}]`, "must be true, false, 0 or 1", entry);
    }
    return entry === true || entry === 1;
  };
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
