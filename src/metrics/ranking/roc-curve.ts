import { cumulativeWeights } from "../sample/cumulative-weights.js";
import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { type Tally, tallySample } from "../sample/tally.js";

/** A ROC curve, a point per threshold: rows with `score ≥ threshold[i]` are decided positive. */
export interface RocCurve {
  /** Falling, from Infinity (nothing is decided positive). */
  readonly threshold: Float64Array;
  /** Of the others, the share decided positive. */
  readonly falsePositiveRate: Float64Array;
  /** Of the churners, the share decided positive. */
  readonly truePositiveRate: Float64Array;
}

/**
 * The ROC curve, one point per distinct score from (0, 0) to (1, 1); between points (within a tie) it is linear.
 * @example rocCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]).truePositiveRate // 0, 0.5, 0.5, 1, 1
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite.
 */
export function rocCurve(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MetricOptions = {},
): RocCurve {
  sampleProblems("rocCurve", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
  }).throwIfAny();
  return rocCurveOf(tallySample(labels, scores, options.weights));
}

/** {@link rocCurve} of a tally. */
export function rocCurveOf(tally: Tally): RocCurve {
  const { threshold, positives, negatives } = cumulativeWeights(tally);
  const last = threshold.length - 1;
  return {
    threshold,
    falsePositiveRate: negatives.map((above) => above / negatives[last]),
    truePositiveRate: positives.map((above) => above / positives[last]),
  };
}
