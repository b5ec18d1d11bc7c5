import { type CategoricalColumn, createTable, type Table, takeRows } from "../../table/table.js";

/**
 * Some rows as a table that was made of them alone: a category that is in none of them, such as the name of a later tariff, is
 * not known to it.
 */
export function rowsAlone(table: Table, rows: ArrayLike<number>): Table {
  const taken = takeRows(table, rows);
  return createTable(
    taken.columns.map((column) => (column.kind === "categorical" ? withUsedCategories(column) : column)),
    taken.source,
  );
}

/** The column with the categories that its rows have, in order of first appearance. */
function withUsedCategories(column: CategoricalColumn): CategoricalColumn {
  const newCodes = new Map<number, number>();
  for (const code of column.codes) {
    if (code >= 0 && !newCodes.has(code)) newCodes.set(code, newCodes.size);
  }
  return {
    ...column,
    codes: column.codes.map((code) => newCodes.get(code) ?? -1),
    categories: Array.from(newCodes.keys(), (code) => column.categories[code]),
  };
}
