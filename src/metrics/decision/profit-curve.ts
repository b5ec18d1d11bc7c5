import type { OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { thinnedPoints, valuesAt } from "../../math/thinned-points.js";
import { cumulativeWeights } from "../sample/cumulative-weights.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { rankScores } from "../sample/ranking.js";
import { type Tally, tallyRanking } from "../sample/tally.js";
import {
  addCampaignOfRowsProblems,
  CAMPAIGN_OF_ROWS,
  type CampaignOfRows,
  profitsOfRows,
} from "./campaign-of-rows.js";
import { profitMargin } from "./profit.js";

export type { Amount } from "./campaign-of-rows.js";

/** Options of {@link profitCurve}. */
export interface ProfitCurveOptions extends MetricOptions, CampaignOfRows {}

const PROFIT_CURVE_OPTIONS: OptionNames<ProfitCurveOptions> = { ...METRIC_OPTIONS, ...CAMPAIGN_OF_ROWS };

/**
 * A profit curve: point i says that contacting the customers whose score is at least `threshold[i]`, `contacted[i]` of
 * them (by weight) or `share[i]` of all, earns `profit[i]` in total. Point 0 contacts none: its threshold is Infinity.
 */
export interface ProfitCurve {
  readonly share: Float64Array;
  readonly contacted: Float64Array;
  readonly threshold: Float64Array;
  readonly profit: Float64Array;
  /** The point of the largest profit; of points that earn the same the one that contacts fewest. */
  readonly best: { readonly share: number; readonly threshold: number; readonly profit: number };
}

/**
 * The profit of a retention campaign by the share of customers that it contacts, highest scores first, one point per
 * distinct score; between points (when only a part of a tie is contacted) it is linear, as in a gains curve. A churner
 * brings acceptance · (lifetimeValue − offerCost) − contactCost, any other −(offerCost + contactCost), as in {@link mpc},
 * whose value is the largest profit per customer.
 * @example profitCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], { lifetimeValue: [500, 100, 30, 200] }).best.share // 0.25
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite,
 * options out of their ranges.
 */
export function profitCurve(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: ProfitCurveOptions = {},
): ProfitCurve {
  const name = "profitCurve";
  const problems = sampleProblems(name, labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
    optionNames: PROFIT_CURVE_OPTIONS,
  });
  addCampaignOfRowsProblems(problems, name, labels.length, options);
  problems.throwIfAny();

  const { weights } = options;
  const { ofChurner, ofOther } = profitsOfRows(options);
  const ranking = rankScores(scores);
  const profits = new Float64Array(ranking.scores.length);
  for (let i = 0; i < labels.length; i++) {
    const profit = labels[i] === 1 ? ofChurner(i) : ofOther(i);
    profits[ranking.rankOfRow[i]] += (weights === undefined ? 1 : weights[i]) * profit;
  }
  return profitCurveOf(tallyRanking(ranking, labels, weights), profits);
}

/** A profit curve as plain lists that go to JSON; a threshold of null is above all scores. */
export interface ThinnedProfitCurve {
  readonly share: readonly number[];
  readonly contacted: readonly number[];
  readonly threshold: readonly (number | null)[];
  readonly profit: readonly number[];
  readonly best: { readonly share: number; readonly threshold: number | null; readonly profit: number };
}

/**
 * A profit curve thinned to what a picture needs, at most 200 of its points, as `evaluationCurves` thins curves: each point that is
 * left out is less than 0.2% of the range of profits above or below the line between its kept neighbours, wherever 200 points
 * suffice for that. `best` is that of the whole curve.
 * @example thinnedProfitCurve(profitCurve(labels, scores)).profit.length // at most 200
 * @throws HoldfastError for what is no profit curve.
 */
export function thinnedProfitCurve(curve: ProfitCurve): ThinnedProfitCurve {
  const isCurve =
    typeof curve === "object" && curve !== null && [curve.share, curve.profit].every(ArrayBuffer.isView);
  if (!isCurve) {
    const expected = "must be what profitCurve returns";
    invalidArgument("thinnedProfitCurve", "curve", expected, curve, "profitCurve(labels, scores) makes one");
  }
  const { share, contacted, threshold, profit, best } = curve;
  const kept = thinnedPoints(share, profit);
  const shown = (each: number) => (each === Number.POSITIVE_INFINITY ? null : each);
  return {
    share: valuesAt(share, kept),
    contacted: valuesAt(contacted, kept),
    threshold: valuesAt(threshold, kept).map(shown),
    profit: valuesAt(profit, kept),
    best: { ...best, threshold: shown(best.threshold) },
  };
}

/** {@link profitCurve} of a tally and what contacting everyone of each score brings. */
function profitCurveOf(tally: Tally, profits: Float64Array): ProfitCurve {
  const { threshold, positives, negatives } = cumulativeWeights(tally);
  const contacted = positives.map((above, point) => above + negatives[point]);
  const total = contacted[contacted.length - 1];
  const share = contacted.map((above) => above / total);

  // Scores without weight are no points of the curve.
  const gained = profits.filter((_, rank) => tally.positives[rank] + tally.negatives[rank] > 0);
  const profit = new Float64Array(threshold.length);
  const margin = profitMargin(gained.reduce((turnover, each) => turnover + Math.abs(each), 0));
  let best = 0;
  for (let point = 1; point < profit.length; point++) {
    profit[point] = profit[point - 1] + gained[point - 1];
    if (profit[point] > profit[best] + margin) best = point;
  }
  return {
    share,
    contacted,
    threshold,
    profit,
    best: { share: share[best], threshold: threshold[best], profit: profit[best] },
  };
}
