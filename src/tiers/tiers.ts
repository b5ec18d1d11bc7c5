import { HoldfastError, invalidArgument } from "../errors.js";
import { percentHint } from "../metrics/sample/level.js";
import { stepsProblem } from "./steps-problem.js";

/**
 * A risk tier: the subscribers whose probability (or expected loss, where `by` says so) is at least `from` and below
 * the `from` of the tier above.
 */
export interface RiskTier {
  readonly name: string;
  /** 0 for the lowest tier. */
  readonly from: number;
  /**
   * Present when `from` is money: a limit on probability × value of the subscriber. Absent: a limit on the probability.
   */
  readonly by?: "expectedLoss";
  /**
   * Present when the tiers were drawn from the data, in all but the lowest: the evidence that separates it from the
   * tier below.
   */
  readonly evidence?: CutEvidence;
}

/** How surely a tier churns more than the one below it, on the rows that drew the tiers. */
export interface CutEvidence {
  /**
   * The p-value of the two-proportion test with the tier below, times the number of cuts tried (Bonferroni), at most 1.
   */
  readonly pValue: number;
  /** Share of bootstrap replicates in which the tier's rate was above that of the tier below. */
  readonly replicateShare: number;
}

/** Risk tiers, the highest first; the last one starts at 0. All of them have the same `by`. */
export type RiskTiers = readonly RiskTier[];

/**
 * The tier of one subscriber.
 * @param probability in [0, 1]
 * @param value the value of the subscriber, not negative; only tiers by expected loss need it
 * @example tierOf([{ name: "high", from: 0.5 }, { name: "low", from: 0 }], 0.7).name // "high"
 * @throws HoldfastError for a probability outside [0, 1]; for tiers by expected loss when no value is given
 * (`argument.missing`) or it is negative or not finite.
 */
export function tierOf(tiers: RiskTiers, probability: number, value?: number): RiskTier {
  const problem = stepsProblem("tierOf", "tiers", tiers);
  if (problem !== undefined) throw new HoldfastError(problem);
  if (!(typeof probability === "number" && probability >= 0 && probability <= 1)) {
    refuseProbability(probability);
  }
  if (isByExpectedLoss(tiers)) {
    if (value === undefined) throw new HoldfastError(missingValue("tierOf", "value"));
    if (!(Number.isFinite(value) && value >= 0)) {
      invalidArgument("tierOf", "value", "must be finite and not negative", value);
    }
    return tiers[stepOf(tiers, probability * value)];
  }
  return tiers[stepOf(tiers, probability)];
}

function refuseProbability(probability: unknown): never {
  const inside = (probability as { readonly probability?: unknown } | null | undefined)?.probability;
  const isList = Array.isArray(probability) || ArrayBuffer.isView(probability);
  const hint = isList
    ? "one at a time: Array.from(probabilities, (each) => tierOf(tiers, each))"
    : typeof inside === "number"
      ? "of a prediction pass prediction.probability"
      : percentHint("probability", probability);
  return invalidArgument("tierOf", "probability", "must be in [0, 1]", probability, hint);
}

/** Whether the limits of these tiers are money, so that a subscriber's tier depends on its value. */
export function isByExpectedLoss(tiers: RiskTiers): boolean {
  return tiers.length > 0 && tiers[0].by === "expectedLoss";
}

/** The index of the first of some falling limits that an amount reaches; the last takes the rest. */
export function stepOf(steps: readonly { readonly from: number }[], amount: number): number {
  const last = steps.length - 1;
  for (let step = 0; step < last; step++) if (amount >= steps[step].from) return step;
  return last;
}

export function missingValue(functionName: string, argument: string) {
  return {
    code: "argument.missing",
    path: { function: functionName, argument },
    expected: "must be given, as these tiers are limits on the expected loss, probability × value",
    received: undefined,
  } as const;
}
