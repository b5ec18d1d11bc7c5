import { median } from "simple-statistics";
import type { Series } from "./known-values.js";

/** Values on each side of a place, which a single odd one of them does not move. */
export const SIDE = 3;

/** The known values next before a place, up to three, and those from it on. */
function sidesOf(series: Series, place: number, from: number): readonly [number[], number[]] {
  const before: number[] = [];
  const after: number[] = [];
  for (let at = place - 1; at >= 0 && before.length < SIDE; at--) {
    const value = series[at];
    if (value !== null) before.push(value);
  }
  for (let at = from; at < series.length && after.length < SIDE; at++) {
    const value = series[at];
    if (value !== null) after.push(value);
  }
  return [before, after];
}

/** The median of the nearest known values, three before and three after; null without any. */
export function neighboursAt(series: Series, place: number): number | null {
  const [before, after] = sidesOf(series, place, place + 1);
  return before.length + after.length > 0 ? median([...before, ...after]) : null;
}

/** The medians of the nearest known values, three before and three after; only one where there are none on the other side. */
export function sidesAt(series: Series, place: number): readonly number[] {
  return sidesOf(series, place, place + 1).flatMap((side) => (side.length > 0 ? [median(side)] : []));
}

/** By how much the median of three known values from a place on exceeds that of the three before; 0 where one side has none. */
export function stepAround(series: Series, place: number): number {
  const [before, after] = sidesOf(series, place, place);
  return before.length > 0 && after.length > 0 ? median(after) - median(before) : 0;
}
