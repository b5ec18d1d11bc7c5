import type { LongWork } from "../../progress.js";
import { ArgumentCheck } from "../argument-check.js";
import { OFFER_NAMES, type OfferName } from "../market/offers.js";
import { type OperatorOptions, operatorPlan } from "../plan.js";
import type { ChurnQuestions } from "./churn-questions.js";
import type { Arm } from "./future-engine.js";
import { tallyFutures } from "./true-futures.js";

/** The prediction window, and how precisely its probabilities are computed. */
export interface TrueChurnOptions extends LongWork {
  /** Months between the cutoff and the first departure that counts, 0 to 12. Default 1. */
  readonly gapMonths?: number | undefined;
  /** Months in which a departure counts as churn, 1 to 24. Default 3. */
  readonly horizonMonths?: number | undefined;
  /** How many futures are simulated per row, 1 to 10,000. Default 100. */
  readonly futures?: number | undefined;
  /**
   * `"none"`: no retention offer from the cutoff on; the name of an offer: it reaches every row at its cutoff, and no other
   * does later. The difference of the two is the true effect of the offer. Default: offers as in the randomised campaign.
   */
  readonly offer?: "none" | OfferName | undefined;
}

/**
 * The true probability that `ended_on` falls in [t + gap, t + gap + horizon), whatever the reason, given that the
 * subscriber is active at t + gap and all that the simulation knows at the cutoff *t*, hidden state included: the best
 * prediction that any model could make. One number in (0, 1) per row, in the order of the rows.
 *
 * Averages over simulated futures, and within each uses the hazards rather than the outcome (Rao and Blackwell). A subscriber's own departure is removed from their path, but not its effect on the rest
 * of the group; the effect of that on the subscriber is of second order.
 * @param operator the options that the operator was simulated with.
 * @throws HoldfastError with all options out of range, unknown ids, and rows whose subscriber is not active at the cutoff.
 */
export async function trueChurnProbabilities(
  operator: OperatorOptions,
  questions: ChurnQuestions,
  options: TrueChurnOptions = {},
): Promise<Float64Array> {
  const { gapMonths = 1, horizonMonths = 3, futures = 100, offer } = options;
  const check = new ArgumentCheck("trueChurnProbabilities");
  check.whole("gapMonths", gapMonths, 0, 12);
  check.whole("horizonMonths", horizonMonths, 1, 24);
  check.whole("futures", futures, 1, 10_000);
  if (offer !== undefined) check.name("offer", offer, ["none", ...OFFER_NAMES]);
  const plan = operatorPlan(operator, "trueChurnProbabilities");
  const arm: Arm = offer ?? "campaign";
  const months = gapMonths + horizonMonths;
  const asked = { ...options, months, futures, arms: [arm], hasCauses: false };
  const tallies = await tallyFutures(plan, questions, asked, check);
  const ended = tallies.get(arm)?.ended ?? new Float64Array(0);
  return Float64Array.from(questions.subscriberIds, (_, row) => {
    const atStart = gapMonths === 0 ? 0 : ended[row * months + gapMonths - 1];
    return (ended[row * months + months - 1] - atStart) / (futures - atStart);
  });
}
