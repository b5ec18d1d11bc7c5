import { invalidArgument } from "../../errors.js";
import { followedUntilOf } from "../../history/followed-until.js";
import type { History } from "../../history/history.js";
import { dayOf } from "../../history/windows/day-problem.js";
import { firstDayOf, monthOf, monthText } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import { coveredMonths } from "../period.js";

/** A day before which facts count, and how many whole months of the history lie before it. */
export interface Cutoff {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Whole months of the history before that of the day, 1 or more. */
  readonly months: number;
}

/**
 * The cutoff that was asked for.
 * @param at a day such as `2025-07-01`, or a month. Default: the first day after the last whole month that the history covers.
 * @throws HoldfastError for what is no day, and a day before the second or after the last month that the history covers.
 */
export async function cutoffOf(
  functionName: string,
  history: History,
  at: string | undefined,
): Promise<Cutoff> {
  const given = at === undefined ? undefined : dayOf(functionName, "at", at);
  const { first, last } = await coveredMonths(history);
  if (!(last >= first)) {
    const span = Number.isFinite(first) ? `it begins in ${monthText(first)}` : "it has no facts";
    const hint = `the history covers no whole month: ${span}`;
    invalidArgument(functionName, "history", "must cover at least one whole month", undefined, hint);
  }
  const [earliest, latest] = [firstDayOf(first + 1), await followedUntilOf(history)];
  const day = given ?? firstDayOf(last + 1);
  if (day < earliest || day > latest) {
    const expected = `must be a day from ${formatDate(earliest)} to ${formatDate(latest)}, with a whole month of the history before it`;
    invalidArgument(functionName, "at", expected, at);
  }
  return { day, months: monthOf(day) - first };
}
