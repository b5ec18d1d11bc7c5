import { mean, quantileSorted, sampleStandardDeviation } from "simple-statistics";
import { formatDate } from "../table/dates.js";
import type { NumberTally } from "../training/rows/alone-auc.js";
import type { Centre, DateSummary, NumberSummary } from "./description.js";

/** What the functions of simple-statistics are declared to take; they read typed arrays as well. */
export function asNumbers(values: Float64Array): readonly number[] {
  return values as unknown as readonly number[];
}

/**
 * The finite numbers of a tally, rising: sorted once for all statistics of a column, as `quantile`, `median` and `max` of
 * simple-statistics would copy and sort or search them for each.
 */
export function risingNumbers({ values, positives, negatives }: NumberTally): Float64Array {
  let size = 0;
  for (let at = 0; at < values.length; at++) size += positives[at] + negatives[at];
  const rising = new Float64Array(size);
  for (let at = values.length - 1, next = 0; at >= 0; at--) {
    const value = values[at];
    // Most values occur once or a few times, for which a call of fill is slow.
    for (let count = positives[at] + negatives[at]; count > 0; count--) rising[next++] = value;
  }
  return finiteOf(rising);
}

/** Those of rising numbers that are finite. */
export function finiteOf(rising: Float64Array): Float64Array {
  let [from, to] = [0, rising.length];
  while (from < to && rising[from] === Number.NEGATIVE_INFINITY) from++;
  while (to > from && rising[to - 1] === Number.POSITIVE_INFINITY) to--;
  return rising.subarray(from, to);
}

/** Null without a finite number. @param rising of {@link risingNumbers}. */
export function summaryOfNumbers(rising: Float64Array, infinite: number): NumberSummary | null {
  if (rising.length === 0) return null;
  const numbers = asNumbers(rising);
  return {
    ...quantilesOf(rising, (value) => value),
    mean: mean(numbers),
    standardDeviation: rising.length === 1 ? null : sampleStandardDeviation(numbers),
    zeros: placeAfter(rising, 0) - placeBefore(rising, 0),
    negatives: placeBefore(rising, 0),
    infinite,
  };
}

/** Null without a date. */
export function summaryOfDates(rising: Float64Array): DateSummary | null {
  return rising.length === 0 ? null : quantilesOf(rising, dateText(rising));
}

/** Null without a finite number. */
export function centreOf(rising: Float64Array, isDate: boolean): Centre<number> | Centre<string> | null {
  if (rising.length === 0) return null;
  const numbers = asNumbers(rising);
  const [middle, average] = [quantileSorted(numbers, 0.5), mean(numbers)];
  if (!isDate) return { mean: average, median: middle };
  const show = dateText(rising);
  return { mean: show(average), median: show(middle) };
}

function quantilesOf<Value>(rising: Float64Array, show: (value: number) => Value) {
  const at = (share: number) => show(quantileSorted(asNumbers(rising), share));
  return {
    minimum: at(0),
    lowerQuartile: at(0.25),
    median: at(0.5),
    upperQuartile: at(0.75),
    maximum: at(1),
  };
}

/** How dates are written: of days without a time of day, what lies between two is the earlier one. */
function dateText(rising: Float64Array): (days: number) => string {
  const areDays = rising.every(Number.isInteger);
  return (days) => formatDate(areDays ? Math.floor(days) : days);
}

/** How many numbers are below a limit. */
function placeBefore(rising: Float64Array, limit: number): number {
  return placeOf(rising, (value) => value >= limit);
}

/** How many numbers are at most a limit. */
function placeAfter(rising: Float64Array, limit: number): number {
  return placeOf(rising, (value) => value > limit);
}

function placeOf(rising: Float64Array, isBehind: (value: number) => boolean): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(rising[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
