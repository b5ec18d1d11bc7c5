import { invalidArgument } from "../errors.js";
import type { ColumnReading } from "./grammar/column-reading.js";

/** Numbers; missing = NaN. With `isDate`, days since 1970-01-01 (UTC), fractions for the time of day. */
export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  readonly values: Float64Array;
  readonly isDate?: boolean;
  /** How it was read, where its cells were not plain. */
  readonly reading?: ColumnReading;
}

/** Codes into `categories`, which are in order of first appearance; missing = −1. */
export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  readonly codes: Int32Array;
  readonly categories: readonly string[];
  /** How it was read, where its cells were not plain. */
  readonly reading?: ColumnReading;
}

/** Strings exactly as read, for ids and free text, never a feature; missing = null. */
export interface TextColumn {
  readonly kind: "text";
  readonly name: string;
  readonly values: readonly (string | null)[];
  /** How it was read, where its cells were not plain. */
  readonly reading?: ColumnReading;
}

/** A column of a {@link Table}, of one of three kinds. */
export type Column = NumericColumn | CategoricalColumn | TextColumn;
/** What a column holds: numbers, codes of categories, or text. */
export type ColumnKind = Column["kind"];

/** An immutable table of typed columns, all of the same length. Make one with {@link createTable} or a reader. */
export interface Table {
  readonly rowCount: number;
  readonly columns: readonly Column[];
  /** What the table was read from, for messages: a path, or what the caller named it. */
  readonly source?: string;
}

/** Where a table's problems lie, for the path of an error: its source, if it has one. */
export function placeOf({ source }: Table): { readonly file?: string } {
  return source === undefined ? {} : { file: source };
}

/** The column of that name, or undefined. */
export function columnNamed(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/**
 * Cell `row` (from 0) of a column as a JavaScript value: number, string, or null when missing. Not for hot loops.
 * @example cellOf(column, 0) // 3
 * @throws HoldfastError for a row that the column does not have, and for something else in the place of a column.
 */
export function cellOf(column: Column, row: number): number | string | null {
  const cell = cellAt(column, row);
  return cell === undefined ? refuseCell(column, row) : cell;
}

/** Undefined where there is no such cell. */
function cellAt(column: Column, row: number): number | string | null | undefined {
  if (column?.kind === "numeric") {
    const value = column.values?.[row];
    return Number.isNaN(value) ? null : value;
  }
  if (column?.kind === "text") return column.values?.[row];
  const code = column?.codes?.[row];
  return code < 0 ? null : column?.categories?.[code];
}

function refuseCell(column: Column, row: number): never {
  const { kind } = (column ?? {}) as { readonly kind?: unknown };
  if (typeof kind === "string") {
    const rows = columnLength(column);
    const expected =
      rows === 0
        ? "must not be given: the column has no rows"
        : `must be a whole number from 0 to ${rows - 1}`;
    return invalidArgument("cellOf", "row", expected, row);
  }
  const hint =
    typeof column === "string"
      ? `write cellOf(findColumn(table, ${JSON.stringify(column)}), row)`
      : "findColumn(table, name) gives one";
  const expected = column === undefined ? "must be a Column, not undefined" : "must be a Column";
  return invalidArgument("cellOf", "column", expected, column, hint);
}

export function columnLength(column: Column): number {
  return column.kind === "categorical" ? column.codes.length : column.values.length;
}
