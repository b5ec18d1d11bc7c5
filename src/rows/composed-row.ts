import { columnName } from "../table/column-name.js";

/** A row whose names are composed and without white space around them, as those of tables are; undefined where they are already. */
export function composedRow(
  row: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const names = Object.keys(row);
  if (names.every((name) => columnName(name) === name)) return undefined;
  return Object.fromEntries(names.map((name) => [columnName(name), row[name]]));
}
