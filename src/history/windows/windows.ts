import { argumentProblem, type Problem, Problems } from "../../errors.js";
import { addMonths, firstDayOf, monthOf, parseDay } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import { dayProblem } from "./day-problem.js";
import { monthsOf, type Span, shiftDay, spanProblem } from "./span.js";

/**
 * Windows of a cutoff *t*: observation [*t* − observe, *t*), gap [*t*, *t* + gap), prediction [*t* + gap, *t* + gap + horizon).
 * An observation of *n* months begins on the first day of the *n*-th month before that of the cutoff, for facts of days and of
 * months alike; the prediction of months ends gap + horizon months after the cutoff.
 */
export interface WindowOptions {
  /** The cutoffs: days such as `2025-02-01`, or months such as `2025-02` (their first day); {@link monthly} makes a series. */
  readonly at: string | readonly string[];
  /** How far features look back: months before that of the cutoff, and the days of its month before it; or days. Default 6 months. */
  readonly observe?: Span | undefined;
  /** How much later than the cutoff the prediction window begins. Default 1 month. */
  readonly gap?: Span | undefined;
  /** How long the prediction window is. Default 3 months. */
  readonly horizon?: Span | undefined;
}

/** One cutoff and its windows in days since 1970-01-01, and in months (January 1970 = 0). All windows are half open. */
export interface Windows {
  readonly cutoff: number;
  /** Facts of months before this one are seen. */
  readonly cutoffMonth: number;
  readonly observeFrom: number;
  /** The first month that lies in the observation window as a whole. */
  readonly observeFromMonth: number;
  readonly labelFrom: number;
  readonly labelTo: number;
}

/**
 * One day of each month, from a month or day to another, as `2025-02-01`: the first days of the months, or the same day as
 * that of `from` in each month, the last where a month is too short. From the last day of a month on: the last days.
 * @param to the last month, or the day that the last of them must not lie after.
 * @example monthly("2025-01", "2025-03") // ["2025-01-01", "2025-02-01", "2025-03-01"]
 * @example monthly("2025-01-31", "2025-03") // ["2025-01-31", "2025-02-28", "2025-03-31"]
 * @throws HoldfastError for texts that are not months or days, and when `to` is before `from`.
 */
export function monthly(from: string, to: string): string[] {
  const problems = new Problems();
  const [first, last] = [from, to].map((text, i) => {
    const argument = i === 0 ? "from" : "to";
    const expected = "must be a month such as 2025-02 or a day such as 2025-02-01";
    const problem = dayProblem("monthly", argument, text, expected);
    if (problem === undefined) return parseDay(text) as number;
    problems.add(problem);
    return Number.NaN;
  });
  const isMonth = typeof to === "string" && /^\d{4}-\d{2}$/.test(to);
  const end = isMonth ? addMonths(last, 1) - 1 : last;
  if (end < first) {
    const hint = `months run forward: monthly(${JSON.stringify(to)}, ${JSON.stringify(from)})`;
    problems.add(argumentProblem("monthly", "to", `must not lie before ${from}`, to, hint));
  }
  problems.throwIfAny();
  const isLastOfMonth = first + 1 === firstDayOf(monthOf(first) + 1);
  const dayAfter = (months: number) =>
    isLastOfMonth ? firstDayOf(monthOf(first) + months + 1) - 1 : addMonths(first, months);
  const days: string[] = [];
  for (let months = 0; dayAfter(months) <= end; months++) days.push(formatDate(dayAfter(months)));
  return days;
}

/**
 * The windows of every cutoff, by rising cutoff.
 * @throws HoldfastError with all options that are out of range.
 */
export function windowsOf(functionName: string, options: WindowOptions): Windows[] {
  const problems = new Problems();
  const add = (problem: Problem | undefined) => problem !== undefined && problems.add(problem);
  const { at, observe = 6, gap = 1, horizon = 3 } = options;
  const cutoffs = cutoffsOf(functionName, at, problems);
  add(spanProblem(functionName, "observe", observe, 1));
  add(spanProblem(functionName, "gap", gap, 0));
  add(spanProblem(functionName, "horizon", horizon, 1));
  problems.throwIfAny();
  return [...new Set(cutoffs)]
    .sort((a, b) => a - b)
    .map((cutoff) => {
      const observeFrom = observedFrom(cutoff, observe);
      const labelFrom = shiftDay(cutoff, gap);
      return {
        cutoff,
        cutoffMonth: monthOf(cutoff),
        observeFrom,
        observeFromMonth: firstObservedMonth(cutoff, observeFrom),
        labelFrom,
        labelTo: predictedTo(cutoff, labelFrom, gap, horizon),
      };
    });
}

/** The largest number of whole months in any observation window. */
export function observedMonths(windows: readonly Windows[]): number {
  return Math.max(...windows.map(({ cutoffMonth, observeFromMonth }) => cutoffMonth - observeFromMonth));
}

function observedFrom(cutoff: number, observe: Span): number {
  const months = monthsOf(observe);
  return months === undefined ? shiftDay(cutoff, observe, -1) : firstDayOf(monthOf(cutoff) - months);
}

/** In months from the cutoff, so that a shorter month between does not shorten the window. */
function predictedTo(cutoff: number, labelFrom: number, gap: Span, horizon: Span): number {
  const [before, months] = [monthsOf(gap), monthsOf(horizon)];
  return before === undefined || months === undefined
    ? shiftDay(labelFrom, horizon)
    : shiftDay(cutoff, before + months);
}

function firstObservedMonth(cutoff: number, observeFrom: number): number {
  const month = monthOf(observeFrom);
  return Math.min(firstDayOf(month) < observeFrom ? month + 1 : month, monthOf(cutoff));
}

function cutoffsOf(functionName: string, at: string | readonly string[], problems: Problems): number[] {
  const texts = Array.isArray(at) ? (at as readonly string[]) : [at as string];
  if (texts.length === 0) {
    problems.add(argumentProblem(functionName, "at", "must name at least one day", texts));
  }
  return texts.map((text, i) => {
    const problem = dayProblem(functionName, Array.isArray(at) ? `at[${i}]` : "at", text);
    if (problem === undefined) return parseDay(text) as number;
    problems.add(problem);
    return Number.NaN;
  });
}
