import { findColumn, type Table } from "../../../src/table/table.js";

export function numbers(table: Table, name: string): Float64Array {
  const column = findColumn(table, name);
  if (column?.kind !== "numeric") throw new Error(`${name} must be a number`);
  return column.values;
}

export function texts(table: Table, name: string): string[] {
  const column = findColumn(table, name);
  if (column === undefined || column.kind === "numeric") throw new Error(`${name} must be a text`);
  if (column.kind === "text") return column.values.map(String);
  return Array.from(column.codes, (code) => (code < 0 ? "" : column.categories[code]));
}
