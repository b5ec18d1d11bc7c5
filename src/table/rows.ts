import { checkOptions, type OptionNames } from "../arguments.js";
import { HoldfastError, invalidArgument, Problems } from "../errors.js";
import { checkTable } from "./check-table.js";
import { isFrame } from "./checks/is-frame.js";
import { formatDate } from "./dates.js";
import { CELL_FORMAT_OPTIONS, type CellFormat } from "./grammar/cell-format.js";
import { checkReadingPlan, type DeclaredColumn, withComposedNames } from "./grammar/column-plan.js";
import { RowCollector } from "./row-collector.js";
import { type Column, cellOf, createTable, type Table } from "./table.js";

/** How row objects become a table. */
export interface RowsOptions extends CellFormat {
  /** Declared kinds by column name, or kinds and how cells are written; they override inference. Default: all are inferred. */
  readonly columns?: Readonly<Record<string, DeclaredColumn>> | undefined;
  /** What messages call the source of the table. Default: nothing. */
  readonly source?: string | undefined;
}

const ROWS_OPTIONS: OptionNames<RowsOptions> = {
  ...CELL_FORMAT_OPTIONS,
  columns: "optional",
  source: "optional",
};

/**
 * Makes a table of row objects. Values are numbers, strings, booleans, bigints, dates, null or undefined; where a row
 * does not have a key, its value is missing. A column of numbers only is numeric; any other column is read by the rules
 * of text over all of its values, so strings of numbers become numbers and `Date`s a date column.
 * @example tableFromRows([{ id: "007", tenure: 3 }, { id: "008", tenure: null }])
 * @throws HoldfastError with all problems: a value of another type, an infinite number, names that repeat, no rows.
 */
export function tableFromRows(rows: readonly Record<string, unknown>[], options: RowsOptions = {}): Table {
  checkRowObjects("tableFromRows", "rows", rows);
  checkOptions("tableFromRows", options, ROWS_OPTIONS);
  checkReadingPlan("tableFromRows", options);
  return rowsAsTable("tableFromRows", rows, withComposedNames(options));
}

/**
 * As {@link tableFromRows}.
 * @param functionName the public function that errors name. @param exclude keys that are not read, where the function has
 * such an option. @param invalidDatesAreMissing whether an invalid `Date` is a missing value; else it is a problem.
 */
export function rowsAsTable(
  functionName: string,
  rows: readonly Record<string, unknown>[],
  options: RowsOptions,
  exclude?: readonly string[],
  invalidDatesAreMissing = false,
): Table {
  const { source } = options;
  const place = { function: functionName, ...(source === undefined ? {} : { file: source }) };
  const problems = new Problems();
  const collector = new RowCollector(problems, place, exclude, invalidDatesAreMissing);
  for (const row of rows) collector.add(row);
  const columns = collector.finish(options);
  problems.throwIfAny();
  if (rows.length === 0 || columns.length === 0) {
    const expected = rows.length === 0 ? "must have rows, there are no rows" : "must have columns";
    throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
  }
  return createTable(columns, source);
}

/**
 * The rows of a table as objects: numbers, strings, null for missing; dates as ISO 8601 strings.
 * @example rowsOf(table)[0] // { id: "007", tenure: 3, since: "2023-01-31" }
 * @throws HoldfastError for something else in the place of a table.
 */
export function rowsOf(table: Table): Record<string, string | number | null>[];
export function rowsOf(table: Table, options?: unknown): Record<string, string | number | null>[] {
  checkTable("rowsOf", "table", table);
  // A number is the index of a table in tables.map(rowsOf).
  if (typeof options === "object" && options !== null) {
    invalidArgument("rowsOf", "options", "must be left out: there are none", options);
  }
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(table.columns.map((column) => [column.name, valueInRow(column, row)])),
  );
}

/** @throws HoldfastError where rows are anything but a list, with what makes a list of it. */
export function checkRowObjects(
  functionName: string,
  argument: string,
  rows: unknown,
): asserts rows is readonly Record<string, unknown>[] {
  if (Array.isArray(rows)) return;
  const expected = "must be a list of row objects";
  const fail = (instead: string, hint: string, received?: unknown): never =>
    invalidArgument(functionName, argument, `${expected}${instead}`, received, hint);
  if (typeof rows === "string") fail("", "read a file with await readTable(path)", rows);
  if (typeof rows !== "object" || rows === null) invalidArgument(functionName, argument, expected, rows);
  if (rows instanceof Promise) fail(", not a promise of one", "await it first");
  if ("rowCount" in rows && "columns" in rows) fail(", not a Table", "rowsOf(table) gives its rows");
  if (isFrame(rows)) fail(", not a data frame", "make a table of it with await tableFrom(frame)");
  if (Symbol.iterator in rows) fail("", "make a list of it with Array.from", "an iterable");
  const isByColumn = Object.values(rows).some((value) => Array.isArray(value) || ArrayBuffer.isView(value));
  if (isByColumn) fail(", not columns", "make a table of them with await tableFrom(columns)", rows);
  fail("", "put a single row into a list: [row]", rows);
}

/** A cell as row objects have it: a number, a text, an ISO 8601 date, null where it is missing. */
export function valueInRow(column: Column, row: number): string | number | null {
  const value = cellOf(column, row);
  const isDate = column.kind === "numeric" && column.isDate === true;
  return isDate && typeof value === "number" ? formatDate(value) : value;
}
