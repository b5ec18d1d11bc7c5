import { HoldfastError, invalidArgument } from "../errors.js";
import { printAsText } from "../printing/print-as-text.js";
import { checkTable, columnProblems } from "./check-table.js";
import { checkColumns } from "./checks/check-columns.js";
import { checkNames } from "./checks/check-names.js";
import { checkRowNumbers } from "./checks/check-row-numbers.js";
import { type Column, columnLength, columnNamed, type Table } from "./column.js";
import { PRINTED_TABLE } from "./printing/table-lines.js";

export {
  type CategoricalColumn,
  type Column,
  type ColumnKind,
  cellOf,
  columnLength,
  type NumericColumn,
  placeOf,
  type Table,
  type TextColumn,
} from "./column.js";

/**
 * Makes a table of columns, all of the same length. The arrays are not copied.
 * @param source what messages call the table's source; default: nothing.
 * @example createTable([{ kind: "numeric", name: "tenure", values: Float64Array.of(3, 14) }])
 * @throws HoldfastError when lengths differ or a name appears twice, and for something else in the place of columns.
 */
export function createTable(columns: readonly Column[], source?: string): Table {
  checkColumns("createTable", columns);
  if (source !== undefined && typeof source !== "string") {
    const inside = (source as { readonly source?: unknown } | null)?.source;
    const hint =
      typeof inside === "string" ? `write createTable(columns, ${JSON.stringify(inside)})` : undefined;
    invalidArgument("createTable", "source", "must be a text", source, hint);
  }
  const rowCount = columns.length === 0 ? 0 : columnLength(columns[0]);
  const table: Table = {
    rowCount,
    columns: Object.freeze([...columns]),
    ...(source === undefined ? {} : { source }),
  };
  return Object.freeze(printAsText(table, PRINTED_TABLE));
}

/**
 * The column of that name, or undefined.
 * @example findColumn(table, "tenure")?.kind // "numeric"
 * @throws HoldfastError for something else in the place of a table or of a name.
 */
export function findColumn(table: Table, name: string): Column | undefined {
  checkTable("findColumn", "table", table);
  if (typeof name !== "string") {
    invalidArgument("findColumn", "name", "must be the name of a column", name);
  }
  return columnNamed(table, name);
}

/**
 * The table without the named columns.
 * @example dropColumns(table, ["customer_id", "churn_reason"])
 * @throws HoldfastError with all names that are no columns of the table, and for something else in the place of a table.
 */
export function dropColumns(table: Table, names: readonly string[]): Table {
  checkTable("dropColumns", "table", table);
  checkNames("dropColumns", names);
  const problems = columnProblems("dropColumns", "names", table, names);
  if (problems.length > 0) throw new HoldfastError(problems);
  const dropped = new Set(names);
  return createTable(
    table.columns.filter((column) => !dropped.has(column.name)),
    table.source,
  );
}

/**
 * The rows of these indices (from 0), in that order; an index may repeat.
 * @example takeRows(table, [0, 1, 2])
 * @throws HoldfastError for indices that are no rows of the table, and for something else in the place of a table.
 */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  checkTable("takeRows", "table", table);
  checkRowNumbers("takeRows", rows, table.rowCount);
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
