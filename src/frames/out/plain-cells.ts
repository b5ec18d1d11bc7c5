import type { Column } from "../../table/table.js";

const MILLISECONDS_PER_DAY = 86_400_000;

/** Cells as JavaScript's own values: numbers, texts, `Date`s of whole milliseconds; null where missing. */
export function plainCells(column: Column): (number | string | Date | null)[] {
  if (column.kind === "text") return [...column.values];
  if (column.kind === "categorical") {
    const { categories } = column;
    return Array.from(column.codes, (code) => (code < 0 ? null : categories[code]));
  }
  if (column.isDate === true) {
    return Array.from(column.values, (days) =>
      Number.isNaN(days) ? null : new Date(Math.round(days * MILLISECONDS_PER_DAY)),
    );
  }
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
}
