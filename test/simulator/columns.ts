import { cellOf, findColumn, type Table } from "../../src/table/table.js";

/** The numbers of a column; NaN where missing. */
export function numbersOf(table: Table, name: string): Float64Array {
  const column = findColumn(table, name);
  if (column?.kind !== "numeric") throw new Error(`${name} is not a numeric column`);
  return column.values;
}

/** The texts of a categorical or text column; null where missing. */
export function textsOf(table: Table, name: string): (string | null)[] {
  const column = findColumn(table, name);
  if (column === undefined || column.kind === "numeric") throw new Error(`${name} is not a column of texts`);
  return Array.from({ length: table.rowCount }, (_, row) => cellOf(column, row) as string | null);
}

/** By subscriber id, the numbers of their row in `subscribers`. */
export function bySubscriber(table: Table, name: string): Map<string | null, number> {
  const values = numbersOf(table, name);
  return new Map(textsOf(table, "subscriber_id").map((id, row) => [id, values[row]]));
}
