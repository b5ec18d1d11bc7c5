import type { Column } from "../table/column.js";
import { alikeRows } from "../vectors/alike-rows.js";

/** How many rows equal an earlier row in all of these columns. */
export function repeatedRows(columns: readonly Column[], distinctOf: (name: string) => number): number {
  const cells = [...columns]
    .sort((a, b) => distinctOf(b.name) - distinctOf(a.name))
    .map((column) => (column.kind === "categorical" ? column.codes : column.values));
  return alikeRows(cells).reduce((sum, rows) => sum + rows.length - 1, 0);
}
