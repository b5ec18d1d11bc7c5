import { argumentProblem, type Problem } from "../../errors.js";
import { addMonths } from "../../table/calendar.js";

/** A length of time: whole months, or whole days. A plain number means months. */
export type Span = number | { readonly months: number } | { readonly days: number };

/** How units of time are written elsewhere, in months or days. */
const UNITS: readonly { readonly names: RegExp; readonly months?: number; readonly days?: number }[] = [
  { names: /^(?:m|mo|mon|ms|month|months)$/i, months: 1 },
  { names: /^(?:y|yr|yrs|year|years)$/i, months: 12 },
  { names: /^(?:q|quarter|quarters)$/i, months: 3 },
  { names: /^(?:d|day|days)$/i, days: 1 },
  { names: /^(?:w|wk|week|weeks)$/i, days: 7 },
];

/** The months of a span; undefined for one of days. */
export function monthsOf(span: Span): number | undefined {
  if (typeof span === "number") return span;
  return "months" in span ? span.months : undefined;
}

/** The day that lies a span after (1) or before (−1) another. */
export function shiftDay(day: number, span: Span, direction: 1 | -1 = 1): number {
  if (typeof span === "number") return addMonths(day, direction * span);
  return "months" in span ? addMonths(day, direction * span.months) : day + direction * span.days;
}

/** What is wrong with a span that must have at least `least` months or days; at most are 120 months or 3660 days. */
export function spanProblem(
  functionName: string,
  argument: string,
  span: unknown,
  least: number,
): Problem | undefined {
  if (isSpan(span, least)) return undefined;
  const meant = spanMeant(span);
  const hint = meant === undefined || !isSpan(meant, least) ? undefined : `write ${JSON.stringify(meant)}`;
  const expected = `must be ${least} to 120 whole months, or { days: ${least} to 3660 }`;
  return argumentProblem(functionName, argument, expected, span, hint);
}

/** Whether a span is a whole number of months or days, at least `least` and at most ten years (120 months or 3660 days). */
export function isSpan(span: unknown, least: number): span is Span {
  const isIn = (length: unknown, most: number) =>
    Number.isInteger(length) && Number(length) >= least && Number(length) <= most;
  if (typeof span !== "object" || span === null) return isIn(span, 120);
  const [[unit, length] = [], ...others] = Object.entries(span);
  if (others.length > 0) return false;
  return (unit === "months" && isIn(length, 120)) || (unit === "days" && isIn(length, 3660));
}

/** `"3"`, `"3 months"`, `"90d"` or `{ weeks: 2 }` as a span. */
function spanMeant(value: unknown): Span | undefined {
  const [, length, unit] =
    typeof value === "string"
      ? (/^\s*(\d+)\s*(\p{L}*)\s*$/u.exec(value) ?? [])
      : typeof value === "object" && value !== null
        ? [undefined, ...(Object.entries(value).map(([name, each]) => [each, name])[0] ?? [])]
        : [];
  if (length === undefined || unit === undefined) return undefined;
  const { months, days } = unit === "" ? UNITS[0] : (UNITS.find(({ names }) => names.test(unit)) ?? {});
  if (days !== undefined) return { days: days * Number(length) };
  return months === undefined ? undefined : months * Number(length);
}
