import type { Random } from "../../random.js";
import { byName } from "../../vectors/by-name.js";
import type { Feature } from "../../vectors/vectors.js";

/** Ranks of the values of rows, from 0 to 1, by the values of a sample. */
export interface Ranks {
  /** How many measurements there are. */
  readonly width: number;
  /**
   * Row after row. Negative where a row tells little: {@link MISSING}, and −1 − rank of a value that many rows share.
   */
  readonly of: Float32Array;
}

const MOST_MEASUREMENTS = 12;
/** Rows by which values are ranked. */
const SAMPLE = 4096;
/** A value of a larger share of the rows tells them not apart. */
const COMMON = 0.005;
/** Of the values of a measurement so many differ, and so many rows have one that is not common. */
const LEAST_DISTINCT = 0.4;
const LEAST_MEASURED = 0.4;
/** Beyond this correlation of ranks a measurement is nearly a function of another. */
const SAME = 0.95;
/** The rank of a value that is missing. */
export const MISSING = -3;

/**
 * Ranks of the features that measure continuously, none of them nearly a function of another: first those whose values differ
 * most, relative to their size, so that noise is small beside the differences. The first is measured in most rows.
 */
export function ranksOf(features: readonly Feature[], rowCount: number, random: Random): Ranks {
  const size = Math.min(rowCount, SAMPLE);
  const sample = Int32Array.from({ length: size }, (_, i) =>
    size === rowCount ? i : random.integer(rowCount),
  );
  const measurements = byName(features)
    .flatMap((feature) => (feature.kind === "numeric" ? (measurementOf(feature.values, sample) ?? []) : []))
    .sort((a, b) => b.sizes - a.sizes);
  const chosen: { measurement: Measurement; ranks: Float32Array }[] = [];
  for (const measurement of measurements) {
    const { values, rankOf } = measurement;
    const ranks = Float32Array.from(sample, (row) => rankOf(values[row]));
    if (chosen.some((other) => isSame(other.ranks, ranks))) continue;
    chosen.push({ measurement, ranks });
    if (chosen.length === MOST_MEASUREMENTS) break;
  }
  const width = chosen.length;
  const of = new Float32Array(rowCount * width);
  chosen
    .sort((a, b) => b.measurement.share - a.measurement.share)
    .forEach(({ measurement: { values, rankOf } }, column) => {
      for (let row = 0; row < rowCount; row++) of[row * width + column] = rankOf(values[row]);
    });
  return { width, of };
}

interface Measurement {
  readonly values: Float64Array;
  /** Of the rows, those whose value is not missing and not common. */
  readonly share: number;
  /** How many values there are with two digits. */
  readonly sizes: number;
  rankOf(value: number): number;
}

function measurementOf(values: Float64Array, sample: Int32Array): Measurement | undefined {
  const rising = Float64Array.from(sample, (row) => values[row])
    .filter((value) => !Number.isNaN(value))
    .sort();
  const distinct: number[] = [];
  const places: number[] = [];
  const common = new Map<number, number>();
  let measured = 0;
  for (let start = 0, end = 0; start < rising.length; start = end) {
    while (end < rising.length && rising[end] === rising[start]) end++;
    if (end - start > Math.max(COMMON * sample.length, 2))
      common.set(rising[start], -1 - (start + end) / 2 / rising.length);
    else measured += end - start;
    distinct.push(rising[start]);
    places.push((start + end) / 2 / rising.length);
  }
  const isContinuous = distinct.length - common.size >= LEAST_DISTINCT * measured;
  const share = measured / sample.length;
  if (!isContinuous || share < LEAST_MEASURED) return undefined;
  const [at, ranks] = [Float64Array.from(distinct), Float64Array.from(places)];
  const hasCommon = common.size > 0;
  const rankOf = (value: number) => {
    if (Number.isNaN(value)) return MISSING;
    return (hasCommon ? common.get(value) : undefined) ?? interpolated(at, ranks, value);
  };
  return { values, share, sizes: sizesOf(rising), rankOf };
}

/** Of every eighth value. */
function sizesOf(rising: Float64Array): number {
  const sizes = new Set<number>();
  for (let i = 0; i < rising.length; i += 8) sizes.add(Number(rising[i].toPrecision(2)));
  return sizes.size;
}

/** Linear between known values. */
function interpolated(at: Float64Array, ranks: Float64Array, value: number): number {
  let low = 0;
  let high = at.length - 1;
  if (value <= at[low]) return ranks[low];
  if (value >= at[high]) return ranks[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle] <= value) low = middle;
    else high = middle;
  }
  return ranks[low] + ((ranks[high] - ranks[low]) * (value - at[low])) / (at[high] - at[low]);
}

/** Whether two lists of ranks nearly determine each other, by the correlation of rows that both measure; in one pass without copies. */
function isSame(a: Float32Array, b: Float32Array): boolean {
  let [count, sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (a[i] < 0 || b[i] < 0) continue;
    count++;
    sumA += a[i];
    sumB += b[i];
    squaresA += a[i] * a[i];
    squaresB += b[i] * b[i];
    products += a[i] * b[i];
  }
  const spread = (squaresA - (sumA * sumA) / count) * (squaresB - (sumB * sumB) / count);
  return Math.abs(products - (sumA * sumB) / count) > SAME * Math.sqrt(spread);
}
