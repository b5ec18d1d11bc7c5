import type { OptionNames } from "../arguments.js";
import { type Problem, Problems } from "../errors.js";
import { monthOfDate } from "./calendar.js";

/** Which operator to simulate. */
export interface OperatorOptions {
  /** Number of subscribers, past and present, 1 to 10,000,000. Default 2,000. */
  readonly subscribers?: number | undefined;
  /** Months of recorded history, 1 to 120. Default 18. */
  readonly months?: number | undefined;
  /** First day of the first recorded month, from 1971-01-01 on. Default `2024-08-01`. */
  readonly start?: string | undefined;
  /** Seed of all random numbers. Default 1. */
  readonly seed?: number | undefined;
}

/** The names of {@link OperatorOptions}. */
export const OPERATOR_OPTIONS: OptionNames<OperatorOptions> = {
  subscribers: "optional",
  months: "optional",
  start: "optional",
  seed: "optional",
};

/** `simulateOperator(500)` is meant to say how many subscribers. */
export function subscribersHint(instead: unknown): string | undefined {
  return typeof instead === "number" ? `write { subscribers: ${instead} }` : undefined;
}

/** Options with defaults filled in; months counted from January 1970 = 0. */
export interface OperatorPlan {
  readonly subscribers: number;
  readonly firstMonth: number;
  /** First month after the recorded ones. */
  readonly endMonth: number;
  readonly seed: number;
}

/** Months that are simulated before the first recorded one, so that subscribers have a past. */
export const BURN_IN = 6;

const EARLIEST_MONTH = 12;

/**
 * Fills in the defaults and checks the options, whose names the caller has checked.
 * @throws HoldfastError with all options that are out of range.
 */
export function operatorPlan(options: OperatorOptions, functionName: string): OperatorPlan {
  const { subscribers = 2000, months = 18, start = "2024-08-01", seed = 1 } = options;
  const problems = new Problems();
  const add = (argument: string, expected: string, received: unknown) =>
    problems.add(outOfRange(functionName, argument, expected, received));
  const checkWhole = (argument: string, value: number, minimum: number, maximum: number) => {
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
    add(argument, `must be a whole number from ${minimum} to ${maximum}`, value);
  };
  checkWhole("subscribers", subscribers, 1, 10_000_000);
  checkWhole("months", months, 1, 120);
  checkWhole("seed", seed, 0, Number.MAX_SAFE_INTEGER);
  const firstMonth = (typeof start === "string" ? monthOfDate(start) : undefined) ?? Number.NaN;
  if (!(firstMonth >= EARLIEST_MONTH)) {
    add("start", "must be the first day of a month such as 2025-02-01, from 1971-01-01 on", start);
  }
  problems.throwIfAny();
  return { subscribers, firstMonth, endMonth: firstMonth + months, seed };
}

function outOfRange(functionName: string, argument: string, expected: string, received: unknown): Problem {
  return { code: "argument.invalid", path: { function: functionName, argument }, expected, received };
}
