import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { sum, tallySample } from "../sample/tally.js";

/**
 * Kolmogorov–Smirnov distance: the largest difference between the share of churners and the share of others at or
 * above a score, over all scores. In [0, 1].
 * @example ks([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) // 0.5
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite.
 */
export function ks(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  sampleProblems("ks", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
  }).throwIfAny();
  const { positives, negatives } = tallySample(labels, scores, options.weights);
  return ksOf(positives, negatives);
}

/** {@link ks} of the weights of churners and others at falling scores. */
export function ksOf(positives: Float64Array, negatives: Float64Array): number {
  const positiveTotal = sum(positives);
  const negativeTotal = sum(negatives);
  let positivesAbove = 0;
  let negativesAbove = 0;
  let largest = 0;
  for (let i = 0; i < positives.length; i++) {
    positivesAbove += positives[i];
    negativesAbove += negatives[i];
    largest = Math.max(largest, Math.abs(positivesAbove * negativeTotal - negativesAbove * positiveTotal));
  }
  return largest / positiveTotal / negativeTotal;
}
