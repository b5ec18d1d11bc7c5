import type { OptionNames } from "../../arguments.js";
import type { Problems } from "../../errors.js";
import { argumentProblem } from "../../errors.js";
import { cumulativeWeights } from "../sample/cumulative-weights.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { addRowProblems, hintOfType, listProblem } from "../sample/number-list.js";
import { rankScores } from "../sample/ranking.js";
import { type Tally, tallyRanking } from "../sample/tally.js";
import {
  addAcceptanceProblem,
  addAmountProblem,
  addLifetimeValueProblem,
  defaultAcceptance,
  defaultCampaign,
  profitMargin,
  profitOfChurner,
  profitOfOther,
} from "./profit.js";

/** An amount for all customers, or one for each row. */
/** An amount of money: one for all subscribers, or one per subscriber. */
export type Amount = number | ArrayLike<number>;

/** Options of {@link profitCurve}. */
export interface ProfitCurveOptions extends MetricOptions {
  /** What a customer who is kept is worth: above 0 for all, or not negative for each row. Default 200. */
  readonly lifetimeValue?: Amount | undefined;
  /** What the offer costs when a customer takes it, for all or for each row; not negative. Default 10. */
  readonly offerCost?: Amount | undefined;
  /** What it costs to reach a customer, not negative. Default 1. */
  readonly contactCost?: number | undefined;
  /** The share of contacted churners who take the offer and stay, between 0 and 1. Default 0.3. */
  readonly acceptance?: number | undefined;
}

const PROFIT_CURVE_OPTIONS: OptionNames<ProfitCurveOptions> = {
  ...METRIC_OPTIONS,
  lifetimeValue: "optional",
  offerCost: "optional",
  contactCost: "optional",
  acceptance: "optional",
};

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
  const {
    weights,
    lifetimeValue = defaultCampaign.lifetimeValue,
    offerCost = defaultCampaign.offerCost,
    contactCost = defaultCampaign.contactCost,
    acceptance = defaultAcceptance,
  } = options;
  if (typeof lifetimeValue === "number") addLifetimeValueProblem(problems, name, lifetimeValue);
  else addProblemsOfRows(problems, name, "lifetimeValue", lifetimeValue, labels.length);
  if (typeof offerCost === "number") addAmountProblem(problems, name, "offerCost", offerCost);
  else addProblemsOfRows(problems, name, "offerCost", offerCost, labels.length);
  addAmountProblem(problems, name, "contactCost", contactCost);
  addAcceptanceProblem(problems, name, acceptance);
  problems.throwIfAny();

  const ranking = rankScores(scores);
  const profits = new Float64Array(ranking.scores.length);
  for (let i = 0; i < labels.length; i++) {
    const campaign = {
      lifetimeValue: typeof lifetimeValue === "number" ? lifetimeValue : lifetimeValue[i],
      offerCost: typeof offerCost === "number" ? offerCost : offerCost[i],
      contactCost,
    };
    const profit = labels[i] === 1 ? profitOfChurner(campaign, acceptance) : profitOfOther(campaign);
    profits[ranking.rankOfRow[i]] += (weights === undefined ? 1 : weights[i]) * profit;
  }
  return profitCurveOf(tallyRanking(ranking, labels, weights), profits);
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

function addProblemsOfRows(
  problems: Problems,
  functionName: string,
  argument: string,
  amounts: ArrayLike<number>,
  rows: number,
): void {
  const problem = listProblem(functionName, argument, amounts);
  if (problem !== undefined) {
    const expected = "must be a number, or a list of one per row";
    problems.add({ ...problem, expected });
    return;
  }
  if (amounts.length !== rows) {
    const expected = `must have the length of labels, ${rows}`;
    problems.add(argumentProblem(functionName, argument, expected, amounts.length));
  }
  addRowProblems(problems, functionName, argument, amounts, {
    expected: "must be finite and not negative",
    isRight: (amount) => Number.isFinite(amount) && (amount as number) >= 0,
    hint: (amount) => hintOfType(argument, amount),
  });
}
