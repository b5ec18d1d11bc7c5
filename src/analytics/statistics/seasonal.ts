import { checkOptions, type OptionNames } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import { difference, isNumber } from "./series/known-values.js";
import { stl } from "./series/stl.js";

/** How `seasonal` divides a series. */
export interface SeasonalOptions {
  /** Values in a season, 2 or more. Default 12: months of a year. */
  readonly period?: number | undefined;
  /**
   * Years whose values of one month count for its season, an odd number from 7 up, where it may change over the years. Default
   * `"periodic"`: all of them, so that it is the same every year; what a few years of data can tell.
   */
  readonly window?: number | "periodic" | undefined;
  /** Whether values far from the rest of the series lose their weight, so that season and trend are those of usual months. Default true. */
  readonly robust?: boolean | undefined;
}

/** A series in its parts; every list has one place per value of the series. */
export interface Seasonal {
  /** What the series is long enough for: its parts, only the change against the last year, or neither. */
  readonly method: "stl" | "year before" | "none";
  /** value = trend + seasonal + remainder; null before the first and after the last known value, and for all other methods. */
  readonly trend: readonly (number | null)[] | null;
  readonly seasonal: readonly (number | null)[] | null;
  /** Null where the value is missing, too. */
  readonly remainder: readonly (number | null)[] | null;
  /** value − seasonal. */
  readonly adjusted: readonly (number | null)[] | null;
  /** value − value of a period before; null where either is missing, and for a series of a period or less. */
  readonly yearBefore: readonly (number | null)[] | null;
}

const OPTIONS: OptionNames<SeasonalOptions> = { period: "optional", window: "optional", robust: "optional" };

/**
 * Trend, season and remainder of a monthly series, by STL (Cleveland et al. 1990; see {@link stl}).
 *
 * - Two periods of known values or more: `"stl"`.
 * - More than one period between the first and the last known value: `"year before"`, the change against the same month of the last
 *   year, which has no season in it.
 * - Fewer: `"none"`.
 *
 * Missing values inside the series have no part in the fit; trend and season are known there all the same, remainder and
 * adjusted value are not.
 * @param series values in order, null where missing.
 * @throws HoldfastError for values that are not finite and for options out of range.
 * @example
 * const { trend, adjusted } = seasonal(rates); // rates of 36 months
 */
export function seasonal(series: readonly (number | null)[], options: SeasonalOptions = {}): Seasonal {
  checkOptions("seasonal", options, OPTIONS);
  const { period = 12, window = "periodic", robust = true } = options;
  const problems = new Problems();
  addSeriesProblems(problems, "seasonal", { series, period });
  if (window !== "periodic" && !(Number.isSafeInteger(window) && window >= 7 && window % 2 === 1)) {
    const expected = `must be "periodic" or an odd number from 7 up`;
    problems.add(argumentProblem("seasonal", "window", expected, window));
  }
  if (typeof robust !== "boolean") {
    problems.add(argumentProblem("seasonal", "robust", "must be true or false", robust));
  }
  problems.throwIfAny();
  const first = series.findIndex(isNumber);
  const known = series.slice(first, series.findLastIndex(isNumber) + 1);
  const none = { method: "none", trend: null, seasonal: null, remainder: null, adjusted: null } as const;
  if (first === -1 || known.length <= period) return { ...none, yearBefore: null };
  const yearBefore = series.map((value, at) => difference(value, series[at - period] ?? null));
  if (known.filter(isNumber).length < 2 * period) return { ...none, method: "year before", yearBefore };
  const parts = stl(known, { period, window, robust });
  const whole = (part: Float64Array) => series.map((_, at): number | null => part[at - first] ?? null);
  const [trend, season] = [whole(parts.trend), whole(parts.seasonal)];
  const adjusted = series.map((value, at) => difference(value, season[at]));
  const remainder = adjusted.map((value, at) => difference(value, trend[at]));
  return { method: "stl", trend, seasonal: season, remainder, adjusted, yearBefore };
}

/** Adds what is wrong with a series and a period. */
export function addSeriesProblems(
  problems: Problems,
  functionName: string,
  { series, period }: { readonly series: readonly (number | null)[]; readonly period: number },
): void {
  if (!Array.isArray(series)) {
    problems.add(argumentProblem(functionName, "series", "must be a list of numbers and nulls", series));
  } else {
    for (const [place, value] of series.entries()) {
      if (value === null || Number.isFinite(value)) continue;
      problems.add(
        argumentProblem(functionName, `series[${place}]`, "must be a finite number or null", value),
      );
    }
  }
  if (Number.isSafeInteger(period) && period >= 2) return;
  problems.add(argumentProblem(functionName, "period", "must be a whole number, 2 or more", period));
}
