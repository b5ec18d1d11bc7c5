import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { tallyRows } from "../sample/tally.js";

/**
 * Brier score: the mean squared difference between probability and label (Brier 1950). In [0, 1], 0 is perfect.
 * @example brierScore([1, 0], [0.8, 0.4]) // 0.1
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, probabilities outside [0, 1].
 */
export function brierScore(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  sampleProblems("brierScore", labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: false,
  }).throwIfAny();
  const { scores, positives, negatives } = tallyRows(labels, probabilities, options.weights);
  return brierScoreOf(scores, positives, negatives);
}

/** {@link brierScore} of the weights of churners and others at each probability. */
export function brierScoreOf(
  probabilities: Float64Array,
  positives: Float64Array,
  negatives: Float64Array,
): number {
  let squares = 0;
  let mass = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const probability = probabilities[i];
    squares += positives[i] * (1 - probability) ** 2 + negatives[i] * probability ** 2;
    mass += positives[i] + negatives[i];
  }
  return squares / mass;
}
