import { count, invalidArgument } from "../errors.js";
import { printAsText } from "../printing/print-as-text.js";
import { type Column, columnLength } from "./column.js";
import { PRINTED_TABLE } from "./printing/table-lines.js";

export {
  type CategoricalColumn,
  type Column,
  type ColumnKind,
  cellOf,
  columnLength,
  type NumericColumn,
  type TextColumn,
} from "./column.js";

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
  const table: Table = {
    rowCount,
    columns: Object.freeze([...columns]),
    ...(source === undefined ? {} : { source }),
  };
  return Object.freeze(printAsText(table, PRINTED_TABLE));
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
