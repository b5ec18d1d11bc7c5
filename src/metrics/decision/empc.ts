import type { OptionNames } from "../../arguments.js";
import { addBetaProblems, type BetaParameters, expectedExcess } from "../../math/beta-distribution.js";
import { incompleteBeta } from "../../math/incomplete-beta.js";
import { rocConvexHull } from "../ranking/convex-hull.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { sum, tallySample } from "../sample/tally.js";
import { addCampaignProblems, type Campaign, campaignOf, type MaximumProfit } from "./profit.js";

/** Options of {@link empc}. */
export interface EmpcOptions extends MetricOptions {
  /** What a customer who is kept is worth (CLV), above 0. Default 200. */
  readonly lifetimeValue?: number | undefined;
  /** What the offer costs when a customer takes it (d), not negative. Default 10. */
  readonly offerCost?: number | undefined;
  /** What it costs to reach a customer (f), not negative. Default 1. */
  readonly contactCost?: number | undefined;
  /** The share of contacted churners who take the offer, γ, follows Beta(alpha, beta). From 0.01 to 10,000, default 6. */
  readonly alpha?: number | undefined;
  /** See `alpha`. From 0.01 to 10,000, default 14. */
  readonly beta?: number | undefined;
}

const EMPC_OPTIONS: OptionNames<EmpcOptions> = {
  ...METRIC_OPTIONS,
  lifetimeValue: "optional",
  offerCost: "optional",
  contactCost: "optional",
  alpha: "optional",
  beta: "optional",
};

/** The acceptance of Verbraken, Verbeke and Baesens (2013): mean 0.3, standard deviation 0.1. */
export const defaultAcceptances: BetaParameters = { alpha: 6, beta: 14 };

/**
 * Expected maximum profit of a retention campaign, and the expected share of customers that it contacts (EMPC of
 * Verbraken, Verbeke and Baesens 2013): ∫ max over t of
 * [CLV (γ (1 − δ) − φ) π₀ F₀(t) − CLV (δ + φ) π₁ F₁(t)] dBeta(γ), with δ = d / CLV, φ = f / CLV, π₀ F₀ the churners and
 * π₁ F₁ the others contacted, per customer of the base. In the currency of the options, per customer. Rows of equal score
 * are contacted together; exact, on the ROC convex hull. 0 at a fraction of 0 when the offer costs what a customer is worth.
 * @example empc([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) // { value: 25.25…, fraction: 0.7…}
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite,
 * options out of their ranges.
 */
export function empc(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: EmpcOptions = {},
): MaximumProfit {
  const problems = sampleProblems("empc", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
    optionNames: EMPC_OPTIONS,
  });
  const { weights, alpha = defaultAcceptances.alpha, beta = defaultAcceptances.beta } = options;
  const campaign = campaignOf(options);
  const acceptances = { alpha, beta };
  addCampaignProblems(problems, "empc", campaign);
  addBetaProblems(problems, "empc", acceptances);
  problems.throwIfAny();
  const { positives, negatives } = tallySample(labels, scores, weights);
  return empcOf(positives, negatives, campaign, acceptances);
}

/** {@link empc} of the weights of churners and others at falling scores. */
export function empcOf(
  positives: Float64Array,
  negatives: Float64Array,
  { lifetimeValue, offerCost, contactCost }: Campaign,
  acceptances: BetaParameters,
): MaximumProfit {
  const kept = lifetimeValue - offerCost;
  if (kept <= 0) return { value: 0, fraction: 0 };
  const edges = rocConvexHull(positives, negatives);
  let value = 0;
  let contacted = 0;
  for (let i = 0; i < edges.positives.length; i++) {
    // An edge of the hull is worth contacting when γ lies above this; it rises from edge to edge.
    const othersPerChurner = edges.negatives[i] / edges.positives[i];
    const limit = (contactCost + (offerCost + contactCost) * othersPerChurner) / kept;
    // NaN when an edge without churners costs nothing: then the smaller campaign is taken.
    if (!(limit < 1)) break;
    value += edges.positives[i] * kept * expectedExcess(acceptances, limit);
    contacted +=
      (edges.positives[i] + edges.negatives[i]) *
      incompleteBeta(acceptances.beta, acceptances.alpha, 1 - limit);
  }
  const total = sum(positives) + sum(negatives);
  return { value: value / total, fraction: contacted / total };
}
