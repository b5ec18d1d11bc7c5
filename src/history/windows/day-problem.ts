import { argumentProblem, invalidArgument, type Problem } from "../../errors.js";
import { parseDay } from "../../table/calendar.js";

/** What a day is, as a clause for messages. */
const DAY_OR_MONTH = "must be a day such as 2025-02-01 or a month such as 2025-02";

/** `2025/2/1`, `20250201`, `2025-02-01T00:00:00Z`, `2025.02` or `2025`. */
const LOOSE_DAY = /^(\d{4})(?:[-/.]?(\d{1,2})(?:[-/.]?(\d{1,2}))?)?(?:[T ].*)?$/;

/** The day of an argument. @throws HoldfastError for anything but the text of a day or month. */
export function dayOf(functionName: string, argument: string, value: unknown, expected?: string): number {
  const problem = dayProblem(functionName, argument, value, expected);
  if (problem === undefined) return parseDay(value as string) as number;
  return invalidArgument(functionName, argument, problem.expected, problem.received, problem.hint);
}

/** What {@link dayOf} would throw, or undefined. The hint writes a date, a number or another notation as a day. */
export function dayProblem(
  functionName: string,
  argument: string,
  value: unknown,
  expected: string = DAY_OR_MONTH,
): Problem | undefined {
  if (typeof value === "string" && parseDay(value) !== undefined) return undefined;
  if (Array.isArray(value) && value.length > 0) {
    return argumentProblem(functionName, argument, `${expected}, a single one`, value);
  }
  const meant = dayMeant(value);
  const hint = meant === undefined ? undefined : `write ${JSON.stringify(meant)}`;
  return argumentProblem(functionName, argument, expected, value, hint);
}

function dayMeant(value: unknown): string | undefined {
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? undefined : value.toISOString().slice(0, 10);
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const [, year, month, day] = LOOSE_DAY.exec(String(value).trim()) ?? [];
  if (year === undefined) return undefined;
  const parts = [year, month ?? "01", ...(day === undefined ? [] : [day])];
  const text = parts.map((part) => part.padStart(2, "0")).join("-");
  return parseDay(text) === undefined ? undefined : text;
}
