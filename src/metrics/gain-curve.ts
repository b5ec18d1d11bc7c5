import { type MetricOptions, sampleProblems } from "./input.js";
import { sum, tallySample } from "./tally.js";

/** A cumulative gains curve: point i says that the top `share[i]` of rows holds `gain[i]` of all churners. */
export interface GainCurve {
  readonly share: Float64Array;
  readonly gain: Float64Array;
}

/**
 * The cumulative gains curve, one point per distinct score from (0, 0) to (1, 1); between points (within a tie) it is
 * straight.
 * @example gainCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]).gain // 0, 0.5, 0.5, 1, 1
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite.
 */
export function gainCurve(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MetricOptions = {},
): GainCurve {
  sampleProblems("gainCurve", labels, scores, options.weights, {
    scoresAre: "scores",
    bothLabels: true,
  }).throwIfAny();
  const { positives, negatives } = tallySample(labels, scores, options.weights);
  const positiveTotal = sum(positives);
  const total = positiveTotal + sum(negatives);
  const share = new Float64Array(positives.length + 1);
  const gain = new Float64Array(positives.length + 1);
  let points = 1;
  let positivesAbove = 0;
  let massAbove = 0;
  for (let i = 0; i < positives.length; i++) {
    if (positives[i] + negatives[i] === 0) continue;
    positivesAbove += positives[i];
    massAbove += positives[i] + negatives[i];
    share[points] = massAbove / total;
    gain[points++] = positivesAbove / positiveTotal;
  }
  // Sums in another order may miss 1 by a unit of the last place.
  share[points - 1] = 1;
  gain[points - 1] = 1;
  return { share: share.slice(0, points), gain: gain.slice(0, points) };
}
