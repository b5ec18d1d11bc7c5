import type { OptionNames } from "../../arguments.js";
import { logistic } from "../../math/logistic.js";
import { normalQuantile } from "../../math/normal-quantile.js";
import { addVarianceProblems, type ClassRows, effectiveRows } from "../sample/effective-rows.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { addLevelProblem } from "../sample/level.js";
import { separationOf } from "../sample/separation.js";
import { sum, tallySample } from "../sample/tally.js";
import { rocAucOf } from "./roc-auc.js";
import { separatedRocAucInterval } from "./roc-auc-score-interval.js";

/** Options of {@link rocAucInterval}. */
export interface RocAucIntervalOptions extends MetricOptions {
  /** Level of the interval, in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
}

/** The names of {@link RocAucIntervalOptions}. */
export const ROC_AUC_INTERVAL_OPTIONS: OptionNames<RocAucIntervalOptions> = {
  ...METRIC_OPTIONS,
  level: "optional",
};

/** An area under the ROC curve with its uncertainty. */
export interface RocAucInterval {
  /** The area, as `rocAuc` gives it. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** DeLong's variance of the area. */
  readonly variance: number;
}

/**
 * The area under the ROC curve with the variance of DeLong, DeLong and Clarke-Pearson (1988), in the O(n log n) of Sun
 * and Xu (2014); ties count one half. The interval is normal on the log-odds of the area and turned back, so it stays
 * within [0, 1]. Whole weights count as that many rows; other weights are scaled so that those of each class sum to
 * Kish's effective number of its rows, (Σw)² / Σw².
 *
 * An area of exactly 0 or 1 has a variance of 0, which does not mean that it is certain: its interval is the score
 * interval of Newcombe (2006), method 5, and ends at the area. One score for all rows ranks nothing: its area is ½ in
 * every sample, and `low` and `high` are ½ too.
 * @example rocAucInterval([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) // { value: 0.75, low: 0.0693…, high: 0.9917…, variance: 0.125 }
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, scores that are not finite, a class of fewer
 * than two (effective) rows, a level outside (0, 1).
 */
export function rocAucInterval(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: RocAucIntervalOptions = {},
): RocAucInterval {
  const problems = sampleProblems("rocAucInterval", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
    optionNames: ROC_AUC_INTERVAL_OPTIONS,
  });
  const { weights, level = 0.95 } = options;
  addLevelProblem(problems, "rocAucInterval", level);
  problems.throwIfAny();
  const rows = effectiveRows(labels, weights);
  addVarianceProblems(problems, "rocAucInterval", rows);
  problems.throwIfAny();
  const { positives, negatives } = tallySample(labels, scores, weights);
  return rocAucIntervalOf(positives, negatives, rows, level);
}

/** {@link rocAucInterval} of the weights of churners and others at falling scores, worth `rows` of each class. */
export function rocAucIntervalOf(
  positives: Float64Array,
  negatives: Float64Array,
  rows: ClassRows,
  level: number,
): RocAucInterval {
  const auc = rocAucOf(positives, negatives);
  const positiveTotal = sum(positives);
  const negativeTotal = sum(negatives);
  let positivesAbove = 0;
  let negativesAbove = 0;
  let positiveSquares = 0;
  let negativeSquares = 0;
  // The placements of `placementsOf`, without keeping them: segments call this for many millions of scores.
  for (let i = 0; i < positives.length; i++) {
    const ofPositive = (negativeTotal - negativesAbove - negatives[i] / 2) / negativeTotal;
    const ofNegative = (positivesAbove + positives[i] / 2) / positiveTotal;
    positiveSquares += positives[i] * (ofPositive - auc) ** 2;
    negativeSquares += negatives[i] * (ofNegative - auc) ** 2;
    positivesAbove += positives[i];
    negativesAbove += negatives[i];
  }
  const variance =
    positiveSquares / positiveTotal / (rows.positives - 1) +
    negativeSquares / negativeTotal / (rows.negatives - 1);
  const separation = separationOf({ positives, negatives });
  const interval =
    separation === null
      ? logOddsInterval(auc, variance, level)
      : separatedRocAucInterval(separation, rows, level);
  return { value: auc, ...interval, variance };
}

function logOddsInterval(share: number, variance: number, level: number): { low: number; high: number } {
  const spread = share * (1 - share);
  // One score for all rows; rounding may leave a variance of some 1e-33.
  if (!(spread > 0 && variance > 0)) return { low: share, high: share };
  const logOdds = Math.log(share / (1 - share));
  const half = (normalQuantile(0.5 + level / 2) * Math.sqrt(variance)) / spread;
  return { low: logistic(logOdds - half), high: logistic(logOdds + half) };
}
