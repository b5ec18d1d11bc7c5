import { checkOptions, type OptionNames } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import type { LongWork } from "../../progress.js";
import type { PeriodOptions } from "../period.js";

/** Options of `abnormalActivation`. */
export interface AbnormalActivationOptions extends PeriodOptions, LongWork {
  /** The first month of activations, such as `2025-01`. Default: of the last 24 months, or the first that the history covers. */
  readonly from?: string | undefined;
  /** The last month of activations; those of the last three months that the history covers are too young. Default: the last. */
  readonly to?: string | undefined;
  /** The largest share of wrongly named dealers among the named ones that is expected, above 0 and below 1. Default 0.1. */
  readonly falseDiscoveryRate?: number | undefined;
  /** A card is hardly used where it stays below this share of what is usual, above 0 and below 1. Default 0.6. */
  readonly littleUse?: number | undefined;
}

const OPTIONS: OptionNames<AbnormalActivationOptions> = {
  from: "optional",
  to: "optional",
  falseDiscoveryRate: "optional",
  littleUse: "optional",
  onProgress: "optional",
  signal: "optional",
};

export const USUAL_FALSE_DISCOVERY_RATE = 0.1;
export const LITTLE_USE = 0.6;

/** @throws HoldfastError with all options that are unknown or out of range. */
export function checkActivationOptions(functionName: string, options: AbnormalActivationOptions): void {
  checkOptions(functionName, options, OPTIONS);
  const problems = new Problems();
  for (const name of ["falseDiscoveryRate", "littleUse"] as const) {
    const value: unknown = options[name];
    if (value === undefined || (typeof value === "number" && value > 0 && value < 1)) continue;
    problems.add(argumentProblem(functionName, name, "must be a number above 0 and below 1", value));
  }
  problems.throwIfAny();
}
