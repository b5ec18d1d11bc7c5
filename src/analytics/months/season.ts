import { monthText } from "../../table/calendar.js";
import { breaks } from "../statistics/breaks.js";
import { seasonal } from "../statistics/seasonal.js";
import type { MonthCount } from "./month-counts.js";
import { type RateBase, rateOf } from "./month-figures.js";

/** A month whose churn rate breaks from what was to be expected. */
export interface BrokenMonth {
  readonly month: string;
  readonly rate: number;
  readonly expected: number;
  /** Robust standard deviations from the expectation. */
  readonly z: number;
  /** Whether the months after stay on its side, or it is a single one. */
  readonly kind: "level" | "single month";
}

/** The churn rates of all covered months with the season taken out. */
export interface Season {
  /**
   * `"stl"`: by a seasonal-trend decomposition (Cleveland et al. 1990), of 24 months or more; `"year before"`: months are compared with the same of
   * the last year, of 13 months or more; `"none"`: too few months to know the season.
   */
  readonly method: "stl" | "year before" | "none";
  readonly months: readonly {
    readonly month: string;
    readonly rate: number | null;
    /** The rate without the season; null by other methods. */
    readonly adjusted: number | null;
    readonly trend: number | null;
    /** The rate less that of the same month of the last year; null without one. */
    readonly overLastYear: number | null;
  }[];
  readonly breaks: readonly BrokenMonth[];
}

/** The season of the churn rate, and the months that break from it. */
export function seasonOf(counts: readonly MonthCount[], divideBy: RateBase): Season {
  const bases = counts.map(({ base, nextBase }) => (divideBy === "start" ? base : nextBase));
  const rates = counts.map(({ left }, i) => rateOf(left, bases[i]));
  const { method, adjusted, trend, yearBefore } = seasonal(rates);
  const isCompared = rates.filter((rate) => rate !== null).length > 1;
  const cells = counts.map(({ left }, i) => ({ left, base: bases[i] ?? 0 }));
  const found = isCompared ? breaks(rates, { counts: cells }) : [];
  return {
    method,
    months: counts.map(({ month }, i) => ({
      month: monthText(month),
      rate: rates[i],
      adjusted: adjusted?.[i] ?? null,
      trend: trend?.[i] ?? null,
      overLastYear: yearBefore?.[i] ?? null,
    })),
    breaks: found.map(({ index, value, expected, z, kind }) => ({
      month: monthText(counts[index].month),
      rate: value,
      expected,
      z,
      kind,
    })),
  };
}
