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
