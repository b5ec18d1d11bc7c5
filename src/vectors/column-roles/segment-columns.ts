import { HoldfastError } from "../../errors.js";
import type { Segmentation } from "../../metrics/evaluation/evaluate-segments.js";
import { columnProblems } from "../../table/check-table.js";
import {
  type CategoricalColumn,
  cellOf,
  columnLength,
  findColumn,
  type NumericColumn,
  type Table,
  type TextColumn,
} from "../../table/table.js";

/** Of a category column, this many of the largest segments are kept; the rest are one. */
const MOST_SEGMENTS = 20;
/** Numbers are cut into this many bands of about equally many rows. */
const BANDS = 5;
const OTHERS = "(others)";

/**
 * Cuts a table by columns: categories and texts by their values, numbers with few values likewise and others into five
 * bands of about equally many rows.
 * @throws HoldfastError with all columns that do not exist.
 */
export function segmentColumns(table: Table, names: readonly string[]): Segmentation[] {
  const missing = columnProblems("evaluate", "segments", table, names);
  if (missing.length > 0) throw new HoldfastError(missing);
  return names.flatMap((name) => {
    const column = findColumn(table, name);
    if (column === undefined) return [];
    return [{ name, ...(column.kind === "numeric" ? byNumber(column) : byCategory(column)) }];
  });
}

type Cut = Omit<Segmentation, "name">;

function byCategory(column: CategoricalColumn | TextColumn): Cut {
  const rows = columnLength(column);
  const counts = new Map<string, number>();
  const values = Array.from({ length: rows }, (_, row) => {
    const cell = cellOf(column, row);
    const value = cell === null ? null : String(cell);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    return value;
  });
  const bySize = [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
  const own = bySize.slice(0, bySize.length > MOST_SEGMENTS ? MOST_SEGMENTS - 1 : MOST_SEGMENTS);
  const codeOf = new Map(own.map((value, code) => [value, code]));
  return {
    segments: bySize.length > own.length ? [...own, OTHERS] : own,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : (codeOf.get(value) ?? own.length))),
  };
}

function byNumber({ values }: NumericColumn): Cut {
  const rising = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = [...new Set(rising.slice())];
  if (distinct.length <= 2 * BANDS) {
    const codeOf = new Map(distinct.map((value, code) => [value, code]));
    return {
      segments: distinct.map(shown),
      codes: Int32Array.from(values, (value) => codeOf.get(value) ?? -1),
    };
  }
  const limits = Array.from(
    { length: BANDS - 1 },
    (_, k) => rising[Math.ceil(((k + 1) * rising.length) / BANDS) - 1],
  ).filter((limit, k, all) => limit !== all[k - 1] && limit < rising[rising.length - 1]);
  return {
    segments: [...limits, Number.POSITIVE_INFINITY].map((limit, k, all) => {
      if (k === 0) return `≤ ${shown(limit)}`;
      return k === all.length - 1 ? `> ${shown(all[k - 1])}` : `> ${shown(all[k - 1])} to ${shown(limit)}`;
    }),
    codes: Int32Array.from(values, (value) => {
      if (Number.isNaN(value)) return -1;
      const band = limits.findIndex((limit) => value <= limit);
      return band === -1 ? limits.length : band;
    }),
  };
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
