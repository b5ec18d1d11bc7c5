import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { sum, tallySample } from "../sample/tally.js";

/**
 * Area under the ROC curve: the probability that a random churner scores above a random other, a tie counting one half
 * (Hanley and McNeil 1982). In [0, 1]; 0.5 is chance.
 * @example rocAuc([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) // 0.75
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite.
 */
export function rocAuc(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  sampleProblems("rocAuc", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
  }).throwIfAny();
  const { positives, negatives } = tallySample(labels, scores, options.weights);
  return rocAucOf(positives, negatives);
}

/**
 * The Gini coefficient of a ranking, 2 · AUC − 1. In [−1, 1]; 0 is chance.
 * @throws HoldfastError as {@link rocAuc}.
 */
export function gini(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  sampleProblems("gini", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
  }).throwIfAny();
  const { positives, negatives } = tallySample(labels, scores, options.weights);
  return 2 * rocAucOf(positives, negatives) - 1;
}

/** {@link rocAuc} of the weights of churners and others at falling scores. */
export function rocAucOf(positives: Float64Array, negatives: Float64Array): number {
  let positivesAbove = 0;
  let pairsWon = 0;
  for (let i = 0; i < positives.length; i++) {
    pairsWon += negatives[i] * (positivesAbove + positives[i] / 2);
    positivesAbove += positives[i];
  }
  return pairsWon / positivesAbove / sum(negatives);
}
