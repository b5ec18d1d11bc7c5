import { HoldfastError, Problems } from "../errors.js";
import { formatDate } from "./dates.js";
import type { DeclaredKind } from "./resolve-column.js";
import { RowCollector } from "./row-collector.js";
import { cellOf, createTable, type Table } from "./table.js";

/** How row objects become a table. */
export interface RowsOptions {
  /** Declared kinds by column name; they override inference. Default: all kinds are inferred. */
  readonly columns?: Readonly<Record<string, DeclaredKind>> | undefined;
  /** What messages call the source of the table. Default: nothing. */
  readonly source?: string | undefined;
}

/**
 * Makes a table of row objects. Values are numbers, strings, booleans, bigints, dates, null or undefined; where a row
 * does not have a key, its value is missing. A column of numbers only is numeric; any other column is read by the rules
 * of text over all of its values, so strings of numbers become numbers and `Date`s a date column.
 * @example tableFromRows([{ id: "007", tenure: 3 }, { id: "008", tenure: null }])
 * @throws HoldfastError with all problems: a value of another type, an infinite number, names that repeat, no rows.
 */
export function tableFromRows(rows: readonly Record<string, unknown>[], options: RowsOptions = {}): Table {
  return rowsAsTable("tableFromRows", rows, options);
}

/** As {@link tableFromRows}. @param functionName the public function that errors name. */
export function rowsAsTable(
  functionName: string,
  rows: readonly Record<string, unknown>[],
  options: RowsOptions,
): Table {
  const { columns: declared = {}, source } = options;
  const place = { function: functionName, ...(source === undefined ? {} : { file: source }) };
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
    Object.fromEntries(
      table.columns.map((column) => {
        const value = cellOf(column, row);
        const isDate = column.kind === "numeric" && column.isDate === true;
        return [column.name, isDate && typeof value === "number" ? formatDate(value) : value];
      }),
    ),
  );
}
