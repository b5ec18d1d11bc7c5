import { Problems } from "../../errors.js";
import { addMonths, firstDayOf, monthOf, parseDay } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";

/** A length of time: whole months, or whole days. A plain number means months. */
export type Span = number | { readonly months: number } | { readonly days: number };

/** Windows of a cutoff *t*: observation [*t* − observe, *t*), gap [*t*, *t* + gap), prediction [*t* + gap, *t* + gap + horizon). */
export interface WindowOptions {
  /** The cutoffs: days such as `2025-02-01`, or months such as `2025-02` (their first day); {@link monthly} makes a series. */
  readonly at: string | readonly string[];
  /** How far features look back. Default 6 months. */
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
 * The first days of all months from one to the other, both included, as `2025-02-01`.
 * @example monthly("2025-01", "2025-03") // ["2025-01-01", "2025-02-01", "2025-03-01"]
 * @throws HoldfastError for texts that are not months or days, and when `to` is before `from`.
 */
export function monthly(from: string, to: string): string[] {
  const problems = new Problems();
  const [first, last] = [from, to].map((text, i) => {
    const day = parseDay(text);
    if (day !== undefined) return monthOf(day);
    problems.add({
      code: "argument.invalid",
      path: { function: "monthly", argument: i === 0 ? "from" : "to" },
      expected: "must be a month such as 2025-02",
      received: text,
    });
    return Number.NaN;
  });
  if (last < first) {
    problems.add({
      code: "argument.invalid",
      path: { function: "monthly", argument: "to" },
      expected: `must not lie before ${from}`,
      received: to,
    });
  }
  problems.throwIfAny();
  return Array.from({ length: last - first + 1 }, (_, i) => formatDate(firstDayOf(first + i)));
}

/**
 * The windows of every cutoff, by rising cutoff.
 * @throws HoldfastError with all options that are out of range.
 */
export function windowsOf(functionName: string, options: WindowOptions): Windows[] {
  const problems = new Problems();
  const add = (argument: string, expected: string, received: unknown) =>
    problems.add({
      code: "argument.invalid",
      path: { function: functionName, argument },
      expected,
      received,
    });
  const { at, observe = 6, gap = 1, horizon = 3 } = options;
  const texts = typeof at === "string" ? [at] : at;
  if (texts.length === 0) add("at", "must name at least one day", texts);
  const cutoffs = texts.map((text, i) => {
    const day = parseDay(text);
    if (day === undefined) {
      const argument = typeof at === "string" ? "at" : `at[${i}]`;
      add(argument, "must be a day such as 2025-02-01 or a month such as 2025-02", text);
    }
    return day ?? Number.NaN;
  });
  checkSpan("observe", observe, 1, add);
  checkSpan("gap", gap, 0, add);
  checkSpan("horizon", horizon, 1, add);
  problems.throwIfAny();
  return [...new Set(cutoffs)]
    .sort((a, b) => a - b)
    .map((cutoff) => {
      const observeFrom = shiftDay(cutoff, observe, -1);
      const labelFrom = shiftDay(cutoff, gap);
      return {
        cutoff,
        cutoffMonth: monthOf(cutoff),
        observeFrom,
        observeFromMonth: firstObservedMonth(cutoff, observeFrom, observe),
        labelFrom,
        labelTo: shiftDay(labelFrom, horizon),
      };
    });
}

/** The largest number of whole months in any observation window. */
export function observedMonths(windows: readonly Windows[]): number {
  return Math.max(...windows.map(({ cutoffMonth, observeFromMonth }) => cutoffMonth - observeFromMonth));
}

function firstObservedMonth(cutoff: number, observeFrom: number, observe: Span): number {
  if (typeof observe === "number") return monthOf(cutoff) - observe;
  if ("months" in observe) return monthOf(cutoff) - observe.months;
  const month = monthOf(observeFrom);
  return Math.min(firstDayOf(month) < observeFrom ? month + 1 : month, monthOf(cutoff));
}

/** The day that lies a span after (1) or before (−1) another. */
export function shiftDay(day: number, span: Span, direction: 1 | -1 = 1): number {
  if (typeof span === "number") return addMonths(day, direction * span);
  return "months" in span ? addMonths(day, direction * span.months) : day + direction * span.days;
}

function checkSpan(
  argument: string,
  span: Span,
  least: number,
  add: (argument: string, expected: string, received: unknown) => void,
): void {
  if (isSpan(span, least)) return;
  add(argument, `must be ${least} to 120 whole months, or { days: ${least} to 3660 }`, span);
}

/** Whether a span is a whole number of months or days, at least `least` and at most ten years (120 months or 3660 days). */
export function isSpan(span: Span, least: number): boolean {
  const [length, most] =
    typeof span === "number" ? [span, 120] : "months" in span ? [span.months, 120] : [span.days, 3660];
  return Number.isInteger(length) && length >= least && length <= most;
}
