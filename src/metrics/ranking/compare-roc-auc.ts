import { Problems } from "../../errors.js";
import { normalCdf } from "../../math/normal-cdf.js";
import { normalQuantile } from "../../math/normal-quantile.js";
import { addVarianceProblems, effectiveRows } from "../sample/effective-rows.js";
import { sampleProblems } from "../sample/input.js";
import { addLevelProblem } from "../sample/level.js";
import { rankScores } from "../sample/ranking.js";
import { tallyRanking } from "../sample/tally.js";
import { placementsOf } from "./placements.js";
import { ROC_AUC_INTERVAL_OPTIONS, type RocAucIntervalOptions } from "./roc-auc-interval.js";

/** Two areas under the ROC curve, of two scores of the same rows. */
export interface RocAucComparison {
  readonly a: number;
  readonly b: number;
  /** a − b. */
  readonly difference: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** The difference in standard errors. */
  readonly z: number;
  /** Of the two-sided test that the areas are equal. */
  readonly pValue: number;
}

/**
 * The paired test of two scores of the same rows by their areas under the ROC curve (DeLong, DeLong and Clarke-Pearson
 * 1988): the interval and the p-value of the difference are normal, the interval kept within [−1, 1]. Ties and weights
 * count as in {@link rocAucInterval}. Scores that rank alike give a difference and a z of 0 and a p-value of 1; a
 * difference without variance (one score perfect, the other perfectly wrong) gives an infinite z and a p-value of 0,
 * which is no evidence when there are only a few rows.
 * @example compareRocAuc([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], [0.2, 0.8, 0.7, 0.1]).difference // 0.25
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, scores that are not finite, a class of fewer
 * than two (effective) rows, a level outside (0, 1).
 */
export function compareRocAuc(
  labels: ArrayLike<number>,
  scoresA: ArrayLike<number>,
  scoresB: ArrayLike<number>,
  options: RocAucIntervalOptions = {},
): RocAucComparison {
  const name = "compareRocAuc";
  const problems = new Problems();
  for (const [scoresName, scores] of [
    ["scoresA", scoresA],
    ["scoresB", scoresB],
  ] as const) {
    sampleProblems(name, labels, scores, options, {
      scoresAre: "scores",
      scoresName,
      bothLabels: true,
      optionNames: ROC_AUC_INTERVAL_OPTIONS,
    }).moveTo(problems);
  }
  const { weights, level = 0.95 } = options;
  addLevelProblem(problems, name, level);
  problems.throwIfAny();
  const rows = effectiveRows(labels, weights);
  addVarianceProblems(problems, name, rows);
  problems.throwIfAny();

  const a = rowPlacements(labels, scoresA, weights);
  const b = rowPlacements(labels, scoresB, weights);
  const difference = a.auc - b.auc;
  // By label: the weights, and the squared deviations of the difference of a row's placements from the mean difference.
  const mass = [0, 0];
  const squares = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    mass[labels[i]] += weight;
    squares[labels[i]] += weight * (a.placements[i] - b.placements[i] - difference) ** 2;
  }
  const variance = squares[1] / mass[1] / (rows.positives - 1) + squares[0] / mass[0] / (rows.negatives - 1);
  const standardError = Math.sqrt(variance);
  const half = normalQuantile(0.5 + level / 2) * standardError;
  const z = difference === 0 ? 0 : difference / standardError;
  return {
    a: a.auc,
    b: b.auc,
    difference,
    standardError,
    low: Math.max(difference - half, -1),
    high: Math.min(difference + half, 1),
    z,
    pValue: 2 * normalCdf(-Math.abs(z)),
  };
}

/** The placement of each row in the class other than its own. */
function rowPlacements(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): { auc: number; placements: Float64Array } {
  const ranking = rankScores(scores);
  const { positives, negatives } = tallyRanking(ranking, labels, weights);
  const { auc, ofPositives, ofNegatives } = placementsOf(positives, negatives);
  const placements = new Float64Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const rank = ranking.rankOfRow[i];
    placements[i] = labels[i] === 1 ? ofPositives[rank] : ofNegatives[rank];
  }
  return { auc, placements };
}
