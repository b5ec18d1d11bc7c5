import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { sum, tallySample } from "../sample/tally.js";

/**
 * Average precision: Σ (Rₖ − Rₖ₋₁) · Pₖ over the distinct scores as falling thresholds, without interpolation, which is
 * scikit-learn's `average_precision_score`. In (0, 1]; the churn rate is chance.
 * @example averagePrecision([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) // 0.8333…
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite.
 */
export function averagePrecision(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  sampleProblems("averagePrecision", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
  }).throwIfAny();
  const { positives, negatives } = tallySample(labels, scores, options.weights);
  return averagePrecisionOf(positives, negatives);
}

/** {@link averagePrecision} of the weights of churners and others at falling scores. */
export function averagePrecisionOf(positives: Float64Array, negatives: Float64Array): number {
  let positivesAbove = 0;
  let massAbove = 0;
  let area = 0;
  for (let i = 0; i < positives.length; i++) {
    positivesAbove += positives[i];
    massAbove += positives[i] + negatives[i];
    if (positives[i] > 0) area += positives[i] * (positivesAbove / massAbove);
  }
  return area / sum(positives);
}
