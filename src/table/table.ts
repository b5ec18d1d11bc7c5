import { count, invalidArgument } from "../errors.js";

/** Numbers; missing = NaN. With `isDate`, days since 1970-01-01 (UTC), fractions for the time of day. */
export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  readonly values: Float64Array;
  readonly isDate?: boolean;
}

/** Codes into `categories`, which are in order of first appearance; missing = −1. */
export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  readonly codes: Int32Array;
  readonly categories: readonly string[];
}

/** Strings exactly as read, for ids and free text, never a feature; missing = null. */
export interface TextColumn {
  readonly kind: "text";
  readonly name: string;
  readonly values: readonly (string | null)[];
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

/**
 * Makes a table of columns, all of the same length. The arrays are not copied.
 * @param source what messages call the table's source; default: nothing.
 * @example createTable([{ kind: "numeric", name: "tenure", values: Float64Array.of(3, 14) }])
 * @throws HoldfastError when lengths differ or a name appears twice.
 */
export function createTable(columns: readonly Column[], source?: string): Table {
  const rowCount = columns.length === 0 ? 0 : columnLength(columns[0]);
  const names = new Set<string>();
  for (const column of columns) {
    if (columnLength(column) !== rowCount) {
      invalidArgument(
        "createTable",
        `columns ${JSON.stringify(column.name)}`,
        `must have ${count(rowCount, "row")}`,
        columnLength(column),
      );
    }
    if (names.has(column.name)) {
      invalidArgument("createTable", "columns", "must have different names", column.name);
    }
    names.add(column.name);
  }
  return Object.freeze({
    rowCount,
    columns: Object.freeze([...columns]),
    ...(source === undefined ? {} : { source }),
  });
}

/** Where a table's problems lie, for the path of an error: its source, if it has one. */
export function placeOf({ source }: Table): { readonly file?: string } {
  return source === undefined ? {} : { file: source };
}

/** The column of that name, or undefined. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/** The table without the named columns; names that it does not have are ignored. */
export function dropColumns(table: Table, names: readonly string[]): Table {
  const dropped = new Set(names);
  return createTable(
    table.columns.filter((column) => !dropped.has(column.name)),
    table.source,
  );
}

/** The rows of these indices (from 0), in that order; an index may repeat. */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  return createTable(
    table.columns.map((column) => takeFromColumn(column, rows)),
    table.source,
  );
}

/** Cell `row` of a column as a JavaScript value: number, string, or null when missing. Not for hot loops. */
export function cellOf(column: Column, row: number): number | string | null {
  if (column.kind === "numeric") {
    const value = column.values[row];
    return Number.isNaN(value) ? null : value;
  }
  if (column.kind === "text") return column.values[row];
  const code = column.codes[row];
  return code < 0 ? null : column.categories[code];
}

export function columnLength(column: Column): number {
  return column.kind === "categorical" ? column.codes.length : column.values.length;
}

function takeFromColumn(column: Column, rows: ArrayLike<number>): Column {
  if (column.kind === "text") {
    return { ...column, values: Array.from(rows, (row) => column.values[row]) };
  }
  if (column.kind === "categorical") {
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]];
    return { ...column, codes };
  }
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]];
  return { ...column, values };
}
