import { checkOptions, type OptionNames } from "../arguments.js";
import { argumentProblem, invalidArgument, Problems } from "../errors.js";

/** Options of {@link isUncertain}. */
export interface UncertaintyOptions {
  /** The widest interval that is still certain, in (0, 1]. Default 0.1: ten churners in a hundred. */
  readonly width?: number;
}

const UNCERTAINTY_OPTIONS: OptionNames<UncertaintyOptions> = { width: "optional" };

/**
 * Whether the interval of a subscriber's probability, as Venn-Abers calibration gives it, is too wide to act on: `high
 * − low > width`. Only the width counts, not the tiers: width × value of the subscriber is the uncertain amount of
 * money, while two ends in different tiers only mean that a limit is near, however certain the probability is.
 * @param interval from low to high, both in [0, 1]
 * @example isUncertain([0.2, 0.45]) // true
 * @throws HoldfastError for an interval that is not one, or a width outside (0, 1].
 */
export function isUncertain(
  interval: readonly [low: number, high: number],
  options?: UncertaintyOptions,
): boolean {
  if (options !== undefined) checkOptions("isUncertain", options, UNCERTAINTY_OPTIONS);
  if (!(Array.isArray(interval) && interval.length === 2)) refuseInterval(interval);
  const { width = 0.1 } = options ?? {};
  const [low, high] = interval;
  const problems = new Problems();
  const check = (isFine: boolean, argument: string, expected: string, received: unknown) => {
    if (!isFine) problems.add(argumentProblem("isUncertain", argument, expected, received));
  };
  check(low >= 0 && low <= 1, "interval[0]", "must be in [0, 1]", low);
  check(high >= low && high <= 1, "interval[1]", `must be at least interval[0], ${low}, and at most 1`, high);
  check(width > 0 && width <= 1, "width", "must be above 0 and at most 1", width);
  problems.throwIfAny();
  return high - low > width;
}

function refuseInterval(interval: unknown): never {
  const inside = (interval as { readonly interval?: unknown } | null | undefined)?.interval;
  const hint = Array.isArray(inside) ? "of a prediction pass prediction.interval" : undefined;
  return invalidArgument("isUncertain", "interval", "must be two numbers such as [0.2, 0.3]", interval, hint);
}
