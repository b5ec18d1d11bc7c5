import { cumulativeWeights } from "../sample/cumulative-weights.js";
import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { type Tally, tallySample } from "../sample/tally.js";

/** A cumulative gains curve: point i says that the top `share[i]` of rows holds `gain[i]` of all churners. */
export interface GainCurve {
  readonly share: Float64Array;
  readonly gain: Float64Array;
}

/**
 * The cumulative gains curve, one point per distinct score from (0, 0) to (1, 1); between points (within a tie) it is
 * linear.
 * @example gainCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]).gain // 0, 0.5, 0.5, 1, 1
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite.
 */
export function gainCurve(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MetricOptions = {},
): GainCurve {
  sampleProblems("gainCurve", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
  }).throwIfAny();
  return gainCurveOf(tallySample(labels, scores, options.weights));
}

/** {@link gainCurve} of a tally. */
export function gainCurveOf(tally: Tally): GainCurve {
  const { positives, negatives } = cumulativeWeights(tally);
  const last = positives.length - 1;
  const total = positives[last] + negatives[last];
  return {
    share: positives.map((above, i) => (above + negatives[i]) / total),
    gain: positives.map((above) => above / positives[last]),
  };
}
