import { type Problem, Problems } from "../errors.js";
import { monthOfDate } from "./calendar.js";

export interface OperatorOptions {
  /** How many subscribers there ever are, 1 to 1,000,000. Default 3,000. */
  readonly subscribers?: number | undefined;
  /** Months from `start` on, 1 to 120; six more are simulated, and kept, before it. Default 18. */
  readonly months?: number | undefined;
  /** First day of the first month. Default `2024-08-01`. */
  readonly start?: string | undefined;
  /** Decides all randomness. Default 1. */
  readonly seed?: number | undefined;
  /** Default: none, the months run on as the seed has it. */
  readonly future?: AnotherFuture | undefined;
}

/** The same operator with other draws from a day on: all that happened before stays as it was to the last bit. */
export interface AnotherFuture {
  /** First day of the first month that is drawn anew. */
  readonly from: string;
  /** Which of the possible futures, a whole number from 1. */
  readonly number: number;
}

/** Options with defaults filled in; months counted from January 1970 = 0. */
export interface OperatorPlan {
  readonly subscribers: number;
  readonly months: number;
  readonly startMonth: number;
  readonly seed: number;
  readonly future: { readonly fromMonth: number; readonly number: number } | undefined;
}

/** Fills in defaults. @throws HoldfastError with all options that are out of range. */
export function operatorPlan(options: OperatorOptions): OperatorPlan {
  const { subscribers = 3000, months = 18, start = "2024-08-01", seed = 1, future } = options;
  const problems = new Problems();
  const startMonth = monthOption("start", start, problems);
  checkWhole("subscribers", subscribers, 1, 1_000_000, problems);
  checkWhole("months", months, 1, 120, problems);
  checkWhole("seed", seed, 0, Number.MAX_SAFE_INTEGER, problems);
  const fromMonth = future && monthOption("future.from", future.from, problems);
  if (future) checkWhole("future.number", future.number, 1, Number.MAX_SAFE_INTEGER, problems);
  problems.throwIfAny();
  return {
    subscribers,
    months,
    startMonth,
    seed,
    future: future && fromMonth !== undefined ? { fromMonth, number: future.number } : undefined,
  };
}

function monthOption(argument: string, date: string, problems: Problems): number {
  const month = monthOfDate(date);
  if (month !== undefined) return month;
  problems.add(outOfRange(argument, "must be the first day of a month such as 2025-02-01", date));
  return Number.NaN;
}

function checkWhole(
  argument: string,
  value: number,
  minimum: number,
  maximum: number,
  problems: Problems,
): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  problems.add(outOfRange(argument, `must be a whole number from ${minimum} to ${maximum}`, value));
}

function outOfRange(argument: string, expected: string, received: unknown): Problem {
  return { code: "argument.invalid", path: { function: "simulateOperator", argument }, expected, received };
}
