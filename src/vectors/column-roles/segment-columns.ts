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
  const { values, codes } = column.kind === "categorical" ? usedCategories(column) : distinctTexts(column);
  const counts = new Float64Array(values.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const bySize = Array.from(values.keys()).sort((a, b) => counts[b] - counts[a]);
  const own = bySize.slice(0, bySize.length > MOST_SEGMENTS ? MOST_SEGMENTS - 1 : MOST_SEGMENTS);
  const segmentOf = new Int32Array(values.length).fill(own.length);
  own.forEach((code, segment) => {
    segmentOf[code] = segment;
  });
  const segments = own.map((code) => values[code]);
  return {
    segments: bySize.length > own.length ? [...segments, OTHERS] : segments,
    codes: codes.map((code) => (code < 0 ? -1 : segmentOf[code])),
  };
}

/** Values in the order in which they first appear, and the place of each row's among them; −1 is missing. */
interface Distinct {
  readonly values: readonly string[];
  readonly codes: Int32Array;
}

function usedCategories({ categories, codes }: CategoricalColumn): Distinct {
  const placeOf = new Int32Array(categories.length).fill(-1);
  const values: string[] = [];
  const places = codes.map((code) => {
    if (code < 0) return -1;
    if (placeOf[code] === -1) placeOf[code] = values.push(categories[code]) - 1;
    return placeOf[code];
  });
  return { values, codes: places };
}

function distinctTexts(column: TextColumn): Distinct {
  const placeOf = new Map<string, number>();
  const codes = Int32Array.from({ length: columnLength(column) }, (_, row) => {
    const cell = cellOf(column, row);
    if (cell === null) return -1;
    const value = String(cell);
    const place = placeOf.get(value) ?? placeOf.size;
    placeOf.set(value, place);
    return place;
  });
  return { values: [...placeOf.keys()], codes };
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
