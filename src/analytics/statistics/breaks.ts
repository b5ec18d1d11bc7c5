import { checkOptions, type OptionNames } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import { addCellProblems, type RateCell } from "./cells.js";
import { addSeriesProblems } from "./seasonal.js";
import { BreakSearch } from "./series/break-search.js";

/** How `breaks` judges a series. */
export interface BreakOptions {
  /** Values in a season, 2 or more. Default 12: months of a year. */
  readonly period?: number | undefined;
  /** Standard deviations beyond which a value is named, above 0. Default 3.5. */
  readonly limit?: number | undefined;
  /** The counts that each value of a series of rates is made of: then it is also compared with chance. */
  readonly counts?: readonly RateCell[] | undefined;
}

/** A value that the rest of the series does not explain. */
export interface Break {
  /** Its place in the series. */
  readonly index: number;
  readonly value: number;
  /** What the rest of the series leads to expect there. */
  readonly expected: number;
  /** Standard deviations from it: those of the series or those of chance, whichever are fewer. */
  readonly z: number;
  /** `"level"`: the values from there on stay on the new side. */
  readonly kind: "single month" | "level";
}

const OPTIONS: OptionNames<BreakOptions> = { period: "optional", limit: "optional", counts: "optional" };

/**
 * The months that break from a series, as single odd months or as shifts of its level.
 *
 * 1. What a month is compared with ({@link restOf}): from three periods of known values on, trend and season of {@link stl}, without
 *    robustness weights, but without the breaks found so far; from one and a half on, the change against the same month of the last year with
 *    those of the months around it; otherwise, the months around it, three on each side. Where a change is due to the year before, it is that
 *    month that is named.
 * 2. Shifts of the level: the median of three values, less their season, from a month on differs from that of the three before by more than
 *    `limit` standard deviations ({@link largestShift}). At most three, the largest first. The first three and the last two months can't be named
 *    as a shift: one in the last two is a single month until more are known. Compared with the year before, shifts need two periods.
 * 3. Single months: what is left is beyond `limit` standard deviations, by the median absolute deviation (Iglewicz & Hoaglin 1993, whose
 *    limit is 3.5). At most one in six months, the largest first.
 * 4. With `counts`, a break must also be beyond `limit` standard deviations of chance: the normal quantile of the binomial mid-p value at the
 *    expected rate. So three who left instead of one are never named, however calm the series.
 *
 * In simulated series of normal noise without a break, one is named in 1 of 8 without `counts`, in 1 of 18 with them.
 * @returns by place; none for fewer than 6 values.
 * @throws HoldfastError for values that are not finite, options out of range, and counts that are not one per value.
 * @example
 * breaks(rates, { counts }); // [{ index: 17, value: 0.041, expected: 0.022, z: 6.1, kind: "single month" }]
 */
export function breaks(series: readonly (number | null)[], options: BreakOptions = {}): readonly Break[] {
  const found = new BreakSearch({ series, ...checked(series, options) }).run();
  return found
    .map(({ index, expected, z, size }): Break => {
      const kind = size === null ? "single month" : "level";
      return { index, value: series[index] ?? expected, expected, z, kind };
    })
    .sort((a, b) => a.index - b.index);
}

function checked(series: readonly (number | null)[], options: BreakOptions) {
  checkOptions("breaks", options, OPTIONS);
  const { period = 12, limit = 3.5, counts } = options;
  const problems = new Problems();
  addSeriesProblems(problems, "breaks", { series, period });
  if (!(typeof limit === "number" && limit > 0 && limit < Number.POSITIVE_INFINITY)) {
    problems.add(argumentProblem("breaks", "limit", "must be above 0", limit));
  }
  if (counts !== undefined) {
    addCellProblems(problems, "breaks", "counts", counts);
    if (Array.isArray(counts) && Array.isArray(series) && counts.length !== series.length) {
      const expected = `must be one per value, ${series.length} in all`;
      problems.add(argumentProblem("breaks", "counts", expected, counts.length));
    }
  }
  problems.throwIfAny();
  return { period, limit, counts };
}
