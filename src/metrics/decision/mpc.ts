import type { OptionNames } from "../../arguments.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { sum, tallySample } from "../sample/tally.js";
import {
  addAcceptanceProblem,
  addCampaignProblems,
  type Campaign,
  campaignOf,
  defaultAcceptance,
  type MaximumProfit,
  profitMargin,
  profitOfChurner,
  profitOfOther,
} from "./profit.js";

/** Options of {@link mpc}. */
export interface MpcOptions extends MetricOptions {
  /** What a customer who is kept is worth (CLV), above 0. Default 200. */
  readonly lifetimeValue?: number | undefined;
  /** What the offer costs when a customer takes it (d), not negative. Default 10. */
  readonly offerCost?: number | undefined;
  /** What it costs to reach a customer (f), not negative. Default 1. */
  readonly contactCost?: number | undefined;
  /** The share of contacted churners who take the offer and stay (γ), between 0 and 1. Default 0.3. */
  readonly acceptance?: number | undefined;
}

const MPC_OPTIONS: OptionNames<MpcOptions> = {
  ...METRIC_OPTIONS,
  lifetimeValue: "optional",
  offerCost: "optional",
  contactCost: "optional",
  acceptance: "optional",
};

/**
 * Maximum profit of a retention campaign, and the share of customers that it contacts (MPC of Verbraken, Verbeke and
 * Baesens 2013): the largest over thresholds t of
 * CLV (γ (1 − δ) − φ) π₀ F₀(t) − CLV (δ + φ) π₁ F₁(t), with δ = d / CLV, φ = f / CLV, π₀ F₀ the churners and π₁ F₁ the
 * others contacted, per customer of the base. In the currency of the options, per customer. Rows of equal score are
 * contacted together; of campaigns that earn the same, the smallest is returned. 0 at a fraction of 0 when none pays.
 * @example mpc([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) // { value: 25.25, fraction: 0.75 }
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite,
 * options out of their ranges.
 */
export function mpc(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MpcOptions = {},
): MaximumProfit {
  const problems = sampleProblems("mpc", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
    optionNames: MPC_OPTIONS,
  });
  const { weights, acceptance = defaultAcceptance } = options;
  const campaign = campaignOf(options);
  addCampaignProblems(problems, "mpc", campaign);
  addAcceptanceProblem(problems, "mpc", acceptance);
  problems.throwIfAny();
  const { positives, negatives } = tallySample(labels, scores, weights);
  return mpcOf(positives, negatives, campaign, acceptance);
}

/** {@link mpc} of the weights of churners and others at falling scores. */
export function mpcOf(
  positives: Float64Array,
  negatives: Float64Array,
  campaign: Campaign,
  acceptance: number,
): MaximumProfit {
  const perChurner = profitOfChurner(campaign, acceptance);
  const perOther = profitOfOther(campaign);
  const positiveTotal = sum(positives);
  const negativeTotal = sum(negatives);
  const margin = profitMargin(Math.abs(perChurner) * positiveTotal - perOther * negativeTotal);
  let largest = 0;
  let contacted = 0;
  let positivesAbove = 0;
  let negativesAbove = 0;
  for (let i = 0; i < positives.length; i++) {
    positivesAbove += positives[i];
    negativesAbove += negatives[i];
    const profit = perChurner * positivesAbove + perOther * negativesAbove;
    if (profit > largest + margin) {
      largest = profit;
      contacted = positivesAbove + negativesAbove;
    }
  }
  const total = positiveTotal + negativeTotal;
  return { value: largest / total, fraction: contacted / total };
}
