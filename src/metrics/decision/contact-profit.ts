import type { OptionNames } from "../../arguments.js";
import type { MetricInterval } from "../bootstrap/bootstrap-options.js";
import { areWhole } from "../sample/effective-rows.js";
import { addGroupProblems } from "../sample/groups.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { addLevelProblem } from "../sample/level.js";
import {
  addCampaignOfRowsProblems,
  CAMPAIGN_OF_ROWS,
  type CampaignOfRows,
  profitsOfRows,
} from "./campaign-of-rows.js";
import { type AmountSample, totalInterval } from "./total-interval.js";

/** Options of {@link contactProfit}. */
export interface ContactProfitOptions extends MetricOptions, CampaignOfRows {
  /** Rows of one number count as one cluster in the intervals: snapshots of one subscriber. Default: each row is its own. */
  readonly groups?: ArrayLike<number> | undefined;
  /** Level of the intervals, in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
}

const CONTACT_PROFIT_OPTIONS: OptionNames<ContactProfitOptions> = {
  ...METRIC_OPTIONS,
  ...CAMPAIGN_OF_ROWS,
  groups: "optional",
  level: "optional",
};

/** What a way of choosing whom to contact brings, on the rows that were measured. */
export interface ContactResult {
  /** Rows, by weight. */
  readonly contacted: number;
  /** Churners among them. */
  readonly churners: number;
  /** In total, with its interval; null with fewer than two rows (or clusters). */
  readonly profit: MetricInterval | null;
}

/** What contacting by a model's probabilities brings. */
export interface ContactProfit extends ContactResult {
  /** Of all rows. */
  readonly share: number;
  /** Per row contacted; null where fewer than two are. */
  readonly profitPerContact: MetricInterval | null;
  /** In total, by the model's probabilities alone: near `profit` where they are calibrated. */
  readonly expectedProfit: number;
  /** Contacting everyone. */
  readonly all: ContactResult;
  /** Contacting as many at random, on average. */
  readonly random: ContactResult;
  /** How much more it brings than as many at random; null with fewer than two rows. */
  readonly overRandom: MetricInterval | null;
  readonly level: number;
}

/**
 * What a retention campaign brings that contacts each subscriber whose expected profit by the model is above 0,
 * p · [acceptance · (lifetimeValue − offerCost) − contactCost] − (1 − p) · (offerCost + contactCost), measured on labels: a churner
 * brings the first bracket, any other costs the second, as in `profitCurve`. How many are contacted depends on probabilities and
 * amounts only, not on labels, so that the profit is what acting by the model would have earned (the largest value of `profitCurve`
 * is chosen on the labels, and is too good).
 *
 * Intervals are normal, of the variance between rows, or between clusters where `groups` are given (Liang and Zeger 1986): what
 * other rows of the same number would give. All amounts are those of the rows that were measured; divide by rows for a rate.
 * @param labels 1 churned, 0 stayed
 * @param probabilities of churn, calibrated
 * @example contactProfit(labels, probabilities, { lifetimeValue: 200, offerCost: 10 }).profit // { value, low, high }
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, probabilities outside [0, 1], options out of their
 * ranges.
 */
export function contactProfit(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: ContactProfitOptions = {},
): ContactProfit {
  check(labels, probabilities, options);
  const { weights, groups, level = 0.95 } = options;
  const rows = labels.length;
  const sample = { weights, groups, rows, isWhole: areWhole(weights, rows) };
  const { ofChurner, ofOther } = profitsOfRows(options);
  const profits = new Float64Array(rows);
  const isContacted = new Uint8Array(rows);
  let expectedProfit = 0;
  for (let row = 0; row < rows; row++) {
    const [gain, loss] = [ofChurner(row), ofOther(row)];
    profits[row] = labels[row] === 1 ? gain : loss;
    const expected = probabilities[row] * gain + (1 - probabilities[row]) * loss;
    if (!(expected > 0)) continue;
    isContacted[row] = 1;
    expectedProfit += (weights === undefined ? 1 : weights[row]) * expected;
  }
  const everyone = massOf(labels, sample, () => true);
  const chosen = massOf(labels, sample, (row) => isContacted[row] === 1);
  const share = chosen.contacted / everyone.contacted;
  const total = (amountOf: (row: number) => number) => totalInterval(sample, amountOf, level);
  const all = total((row) => profits[row]);
  const perRow = all === null ? 0 : all.value / everyone.contacted;
  return {
    ...chosen,
    share,
    profit: total((row) => isContacted[row] * profits[row]),
    profitPerContact: scaled(
      totalInterval(
        sample,
        (row) => profits[row],
        level,
        (row) => isContacted[row] === 1,
      ),
      1 / chosen.contacted,
    ),
    expectedProfit,
    all: { ...everyone, profit: all },
    random: {
      contacted: chosen.contacted,
      churners: share * everyone.churners,
      profit: scaled(all, share),
    },
    // With the part of the share contacted that is due to chance (delta method).
    overRandom: total((row) => (isContacted[row] - share) * (profits[row] - perRow)),
    level,
  };
}

function check(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: ContactProfitOptions,
): void {
  const name = "contactProfit";
  const problems = sampleProblems(name, labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: false,
    optionNames: CONTACT_PROFIT_OPTIONS,
  });
  const { groups, level = 0.95 } = options;
  addCampaignOfRowsProblems(problems, name, labels.length, options);
  addLevelProblem(problems, name, level);
  if (groups !== undefined) addGroupProblems(problems, name, labels.length, groups);
  problems.throwIfAny();
}

function massOf(
  labels: ArrayLike<number>,
  { weights, rows }: AmountSample,
  isContacted: (row: number) => boolean,
): { contacted: number; churners: number } {
  let contacted = 0;
  let churners = 0;
  for (let row = 0; row < rows; row++) {
    if (!isContacted(row)) continue;
    const weight = weights === undefined ? 1 : weights[row];
    contacted += weight;
    churners += weight * labels[row];
  }
  return { contacted, churners };
}

function scaled(interval: MetricInterval | null, factor: number): MetricInterval | null {
  if (interval === null) return null;
  // Adding 0 turns −0 into 0.
  const times = (amount: number) => factor * amount + 0;
  return { value: times(interval.value), low: times(interval.low), high: times(interval.high) };
}
