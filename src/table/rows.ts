import { HoldfastError, Problems } from "../errors.js";
import { formatDate } from "./dates.js";
import type { DeclaredKind } from "./resolve-column.js";
import { RowCollector } from "./row-collector.js";
import { type Column, cellOf, createTable, type Table } from "./table.js";

/** How row objects become a table. */
export interface RowsOptions {
  /** Declared kinds by column name; they win over inference. */
  readonly columns?: Readonly<Record<string, DeclaredKind>> | undefined;
  /** What the table calls its source in messages. Default none. */
  readonly source?: string | undefined;
}

/**
 * Makes a table of row objects. Values are numbers, strings, booleans, bigints, dates, null or undefined; a key that
 * a row lacks is missing there. A column of numbers is numeric as it stands; any other column is read by the rules of
 * text over all of its values, so strings of numbers become numbers and `Date`s a date column.
 * @example tableFromRows([{ id: "007", tenure: 3 }, { id: "008", tenure: null }])
 * @throws HoldfastError with all problems: a value of another type, an infinite number, names that repeat, no rows.
 */
export function tableFromRows(rows: readonly Record<string, unknown>[], options: RowsOptions = {}): Table {
  const { columns: declared = {}, source } = options;
  const place = { function: "tableFromRows", ...(source === undefined ? {} : { file: source }) };
  const problems = new Problems();
  const collector = new RowCollector(problems, place);
  for (const row of rows) collector.add(row);
  const columns = collector.finish(declared);
  problems.throwIfAny();
  if (rows.length === 0 || columns.length === 0) {
    const expected = rows.length === 0 ? "must have rows" : "must have columns";
    throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
  }
  return createTable(columns, source);
}

/** The rows of a table as objects: numbers, strings, null for missing; dates as ISO 8601 strings. */
export function rowsOf(table: Table): Record<string, string | number | null>[] {
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(table.columns.map((column) => [column.name, valueInRow(column, row)])),
  );
}

/** A cell as row objects have it: a number, a text, an ISO 8601 date, null where it is missing. */
export function valueInRow(column: Column, row: number): string | number | null {
  const value = cellOf(column, row);
  const isDate = column.kind === "numeric" && column.isDate === true;
  return isDate && typeof value === "number" ? formatDate(value) : value;
}
