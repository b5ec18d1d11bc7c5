import { type FactColumn, type FactTableName, standardTable } from "../standard-tables.js";

/**
 * The name that a column of a history has in the relations of a statement. Columns that the user named are numbered
 * (`attribute_3`, `measure_1`), so that they can have any name, also one that the statement itself uses.
 */
export function nameInView(table: FactTableName, columns: readonly FactColumn[], name: string): string {
  if (isStandardColumn(table, name)) return name;
  const own = columns.filter((column) => !isStandardColumn(table, column.name));
  const place = own.findIndex((column) => column.name === name) + 1;
  if (place === 0) throw new Error(`${table} has no column ${name}`);
  return `${standardTable(table).otherColumns === "measures" ? "measure" : "attribute"}_${place}`;
}

/** Whether a table's column of that name has the meaning that the library gives it. */
export function isStandardColumn(table: FactTableName, name: string): boolean {
  return standardTable(table).columns.some((column) => column.name === name);
}
