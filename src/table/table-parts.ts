import type { Column } from "./column.js";

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
