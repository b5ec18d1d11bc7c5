import { medianSorted } from "simple-statistics";
import { loess, loessAt } from "./loess.js";

/** How {@link stl} smooths. */
export interface StlOptions {
  /** Values in a season, 2 or more. */
  readonly period: number;
  /**
   * Years (periods) whose values of one month count for its season, odd, 7 or more; `"periodic"`: all of them, so that the season is the
   * same every year but for rounding.
   */
  readonly window: number | "periodic";
  /** Whether values far from the rest of the series lose their weight. */
  readonly robust: boolean;
}

export interface StlParts {
  readonly trend: Float64Array;
  readonly seasonal: Float64Array;
}

/** Loops of season and trend, and how often the weights are then computed, as in the paper. */
const ROBUST = { inner: 2, outer: 15 };
const PLAIN = { inner: 5, outer: 0 };

/**
 * Seasonal-trend decomposition by loess (STL, Cleveland, Cleveland, McRae & Terpenning 1990), with the parameters and the loops of
 * `STL` of statsmodels: windows of the smallest odd number above the period (low-pass), and of at
 * least 1.5 · period / (1 − 1.5 / window) (trend), lines everywhere but in a periodic season, which is of means.
 *
 * Missing values have no weight in any fit; trend and season are known there all the same. No package of the npm registry does this
 * (searched in November 2026: some smooth by loess, none decomposes).
 * @param series two periods or more.
 */
export function stl(series: readonly (number | null)[], { period, window, robust }: StlOptions): StlParts {
  const values = filled(series);
  const count = values.length;
  const seasonWindow = window === "periodic" ? 10 * count + 1 : window;
  const season = { window: seasonWindow, degree: window === "periodic" ? 0 : 1 } as const;
  const lowPassWindow = odd(period + 1);
  const trendWindow = odd(Math.ceil((1.5 * period) / (1 - 1.5 / seasonWindow)));
  const known = series.includes(null) ? Float64Array.from(series, (value) => (value === null ? 0 : 1)) : null;
  const loops = robust ? ROBUST : PLAIN;
  let weights: Float64Array | null = known;
  let trend: Float64Array = new Float64Array(count);
  let seasonal: Float64Array = new Float64Array(count);
  for (let outer = 0; outer <= loops.outer; outer++) {
    for (let inner = 0; inner < loops.inner; inner++) {
      const detrended = values.map((value, at) => value - trend[at]);
      const cycles = smoothedCycles(detrended, weights, period, season);
      const lowPass = loess({
        values: lowPassOf(cycles, period),
        weights: null,
        window: lowPassWindow,
        degree: 1,
      });
      seasonal = lowPass.map((low, at) => cycles[period + at] - low);
      const adjusted = values.map((value, at) => value - seasonal[at]);
      trend = loess({ values: adjusted, weights, window: trendWindow, degree: 1 });
    }
    weights = robustWeights(
      values.map((value, at) => value - trend[at] - seasonal[at]),
      known,
    );
  }
  return { trend, seasonal };
}

/** Each month's values smoothed over the years, and continued by a year at both ends. */
function smoothedCycles(
  values: Float64Array,
  weights: Float64Array | null,
  period: number,
  season: { readonly window: number; readonly degree: 0 | 1 },
): Float64Array {
  const cycles = new Float64Array(values.length + 2 * period);
  for (let phase = 0; phase < period; phase++) {
    const isPhase = (_: number, at: number) => at % period === phase;
    const fit = { ...season, values: values.filter(isPhase), weights: weights?.filter(isPhase) ?? null };
    const smoothed = loess(fit);
    const years = smoothed.length;
    cycles[phase] = loessAt(fit, 0) ?? smoothed[0];
    for (let year = 0; year < years; year++) cycles[phase + (year + 1) * period] = smoothed[year];
    cycles[phase + (years + 1) * period] = loessAt(fit, years + 1) ?? smoothed[years - 1];
  }
  return cycles;
}

/** What is left without the season: moving averages of a period, of a period, and of three. */
function lowPassOf(cycles: Float64Array, period: number): Float64Array {
  return movingAverage(movingAverage(movingAverage(cycles, period), period), 3);
}

function movingAverage(values: Float64Array, length: number): Float64Array {
  const averages = new Float64Array(values.length - length + 1);
  let sum = 0;
  for (let at = 0; at < length; at++) sum += values[at];
  averages[0] = sum / length;
  for (let at = 1; at < averages.length; at++) {
    sum += values[at + length - 1] - values[at - 1];
    averages[at] = sum / length;
  }
  return averages;
}

/** Bisquare of the remainder over six medians of all, 1 where these are 0. */
function robustWeights(remainder: Float64Array, known: Float64Array | null): Float64Array {
  const sizes = remainder.map(Math.abs);
  const counted = known === null ? sizes.slice() : sizes.filter((_, at) => known[at] === 1);
  const limit = 6 * medianSorted([...counted.sort()]);
  return sizes.map((size, at) => {
    if (known?.[at] === 0) return 0;
    if (limit === 0 || size <= 0.001 * limit) return 1;
    return size <= 0.999 * limit ? (1 - (size / limit) ** 2) ** 2 : 0;
  });
}

function odd(number: number): number {
  return number % 2 === 0 ? number + 1 : number;
}

/** Missing values by lines between their neighbours, and at the ends by the nearest: where a fit has no other value. */
function filled(series: readonly (number | null)[]): Float64Array {
  const whole = Float64Array.from(series, (value) => value ?? 0);
  let last: number | null = null;
  for (let at = 0; at < whole.length; at++) {
    if (series[at] === null) continue;
    const from: number = last ?? at;
    const slope = (whole[at] - whole[from]) / (at - from || 1);
    for (let between = (last ?? -1) + 1; between < at; between++) {
      whole[between] = last === null ? whole[at] : whole[from] + slope * (between - from);
    }
    last = at;
  }
  if (last !== null) whole.fill(whole[last], last + 1);
  return whole;
}
