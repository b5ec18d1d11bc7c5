import { formatDate } from "../../table/dates.js";
import type { Column, Table } from "../../table/table.js";

/** Writes tables of the same columns, one after the other, as one text. */
export interface RowWriter {
  /** The beginning of the text. */
  head(): string;
  /** Rows `from … to − 1`. */
  rows(table: Table, from: number, to: number): string;
  /** The end of the text. */
  tail(): string;
}

/** A cell as it is written: dates are texts already. */
export type WrittenCell = number | string | null;

/** The shortest decimal; beyond ±2^53 with an exponent, because a bare integer of that size is read as an id. */
export function decimalText(value: number): string {
  return Math.abs(value) > 2 ** 53 ? value.toExponential() : String(value);
}

/** Returns a function that reads the cells of a column as they are written. */
export function cellReader(column: Column): (row: number) => WrittenCell {
  if (column.kind === "text") return (row) => column.values[row];
  if (column.kind === "categorical")
    return (row) => (column.codes[row] < 0 ? null : column.categories[column.codes[row]]);
  const { values } = column;
  if (column.isDate) return (row) => (Number.isNaN(values[row]) ? null : formatDate(values[row]));
  return (row) => (Number.isNaN(values[row]) ? null : values[row]);
}
