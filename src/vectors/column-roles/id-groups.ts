import { type Column, cellOf, columnLength, findColumn, type Table } from "../../table/table.js";

/** Rows numbered by id: rows of one id share a number, counted from 0 in order of first appearance. */
export interface IdGroups {
  readonly of: Int32Array;
  /** Whether any id appears in more than one row. A missing id is a different id in every row. */
  readonly repeat: boolean;
}

export function idGroups(column: Column): IdGroups {
  const of = new Int32Array(columnLength(column));
  const numbers = new Map<number | string, number>();
  let next = 0;
  for (let row = 0; row < of.length; row++) {
    const id = cellOf(column, row);
    const known = id === null ? undefined : numbers.get(id);
    of[row] = known ?? next;
    if (known !== undefined) continue;
    if (id !== null) numbers.set(id, next);
    next++;
  }
  return { of, repeat: next < of.length };
}

/** Rows grouped by the id column when ids repeat; undefined when every row is a separate group. */
export function repeatedIds(table: Table, id: string | null | undefined): Int32Array | undefined {
  const column = id === undefined || id === null ? undefined : findColumn(table, id);
  const groups = column && idGroups(column);
  return groups?.repeat ? groups.of : undefined;
}
