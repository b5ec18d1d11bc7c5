import type { Table } from "../../table/table.js";
import { repeatedIds } from "./id-groups.js";

/**
 * Which rows must share a fold: those of one subscriber, and those of one group (household, corporate account), and
 * those connected through both. Undefined when every row is a separate group.
 * @returns one number per row, counted from 0 without gaps.
 */
export function rowGroups(
  table: Table,
  id: string | null | undefined,
  group: string | undefined,
): Int32Array | undefined {
  const byId = repeatedIds(table, id);
  const byGroup = repeatedIds(table, group);
  return byId !== undefined && byGroup !== undefined ? joined(byId, byGroup) : (byId ?? byGroup);
}

/** Connected components of two groupings (union by the lower row, with path halving; Tarjan & van Leeuwen 1984). */
function joined(a: Int32Array, b: Int32Array): Int32Array {
  const parents = Int32Array.from(a.keys());
  const rootOf = (row: number) => {
    let at = row;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  };
  for (const groups of [a, b]) {
    const first = new Map<number, number>();
    groups.forEach((group, row) => {
      const other = first.get(group);
      if (other === undefined) first.set(group, row);
      else {
        const [low, high] = [rootOf(other), rootOf(row)].sort((x, y) => x - y);
        parents[high] = low;
      }
    });
  }
  const numbers = new Map<number, number>();
  return parents.map((_, row) => {
    const root = rootOf(row);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

/** Groups of some rows, numbered from 0 without gaps. */
export function withoutGaps(rows: Int32Array, groups: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  return rows.map((row) => {
    const number = numbers.get(groups[row]) ?? numbers.size;
    numbers.set(groups[row], number);
    return number;
  });
}
