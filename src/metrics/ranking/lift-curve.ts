import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { tallySample } from "../sample/tally.js";
import { type GainCurve, gainCurveOf } from "./gain-curve.js";

/** A lift curve: the top `share[i]` of rows has `lift[i]` times the churn rate of all. */
export interface LiftCurve {
  readonly share: Float64Array;
  readonly lift: Float64Array;
}

/**
 * The lift curve, gain / share at the points of `gainCurve`: one per distinct score, to (1, 1). Its first point, at
 * share 0, has the lift of the highest score, as has any share within that tie. Between later points it is the gain
 * that is linear, so that rows of a tie share its churners evenly: `liftAt` gives the lift there.
 * @example liftCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]).lift // 2, 2, 1, 1.333…, 1
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite.
 */
export function liftCurve(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MetricOptions = {},
): LiftCurve {
  sampleProblems("liftCurve", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
  }).throwIfAny();
  return liftCurveOf(gainCurveOf(tallySample(labels, scores, options.weights)));
}

/** {@link liftCurve} of a gain curve. */
export function liftCurveOf({ share, gain }: GainCurve): LiftCurve {
  const lift = gain.map((value, i) => value / share[i]);
  lift[0] = lift[1];
  return { share, lift };
}
