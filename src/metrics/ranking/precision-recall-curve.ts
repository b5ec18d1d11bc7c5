import { cumulativeWeights } from "../sample/cumulative-weights.js";
import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { type Tally, tallySample } from "../sample/tally.js";

/** A precision-recall curve, a point per threshold: rows with `score ≥ threshold[i]` are decided positive. */
export interface PrecisionRecallCurve {
  /** Falling, from Infinity (nothing is decided positive). */
  readonly threshold: Float64Array;
  /** Of the churners, the share decided positive. */
  readonly recall: Float64Array;
  /** Of the rows decided positive, the share of churners. */
  readonly precision: Float64Array;
}

/**
 * The precision-recall curve, one point per distinct score. It begins at recall 0 with precision 1, which is a
 * convention (as in scikit-learn), and ends at recall 1 with the churn rate. Between points it is not linear (Davis
 * and Goadrich 2006): draw it as steps, under which lies `averagePrecision`.
 * @example precisionRecallCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]).precision // 1, 1, 0.5, 0.666…, 0.5
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite.
 */
export function precisionRecallCurve(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MetricOptions = {},
): PrecisionRecallCurve {
  sampleProblems("precisionRecallCurve", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
  }).throwIfAny();
  return precisionRecallCurveOf(tallySample(labels, scores, options.weights));
}

/** {@link precisionRecallCurve} of a tally. */
export function precisionRecallCurveOf(tally: Tally): PrecisionRecallCurve {
  const { threshold, positives, negatives } = cumulativeWeights(tally);
  const last = threshold.length - 1;
  return {
    threshold,
    recall: positives.map((above) => above / positives[last]),
    precision: positives.map((above, i) => (i === 0 ? 1 : above / (above + negatives[i]))),
  };
}
