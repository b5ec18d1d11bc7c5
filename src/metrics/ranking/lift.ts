import { argumentProblem } from "../../errors.js";
import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { cutMass, sum, tallySample } from "../sample/tally.js";

/**
 * Lift of the top share: the churn rate among the highest scores over the overall churn rate. The top is the first
 * ⌈share · rows⌉ rows (exactly `share` of the weight where weights are fractions); rows tied at its edge share the
 * places that are left evenly, so that the order of rows does not matter. In [0, 1 / churn rate]; 1 is chance.
 * @param share in (0, 1]
 * @example liftAt([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], 0.25) // 2
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite,
 * a share outside (0, 1].
 */
export function liftAt(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  share: number,
  options: MetricOptions = {},
): number {
  const problems = sampleProblems("liftAt", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
  });
  if (!(typeof share === "number" && share > 0 && share <= 1)) {
    problems.add(
      argumentProblem("liftAt", "share", "must be above 0 and at most 1", share, shareHint(share)),
    );
  }
  problems.throwIfAny();
  const { positives, negatives, isWhole } = tallySample(labels, scores, options.weights);
  return liftOf(positives, negatives, share, isWhole);
}

function shareHint(share: unknown): string | undefined {
  const written = (part: number | string) => `write liftAt(labels, scores, ${part})`;
  if (typeof share === "number") return share > 1 && share <= 100 ? written(share / 100) : undefined;
  const inside = (share as { readonly share?: unknown } | null | undefined)?.share;
  return typeof inside === "number" ? written(inside) : `for the top tenth ${written("0.1")}`;
}

/**
 * {@link liftAt} a share of one tenth.
 * @throws HoldfastError as {@link rocAuc}.
 */
export function topDecileLift(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  sampleProblems("topDecileLift", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
  }).throwIfAny();
  const { positives, negatives, isWhole } = tallySample(labels, scores, options.weights);
  return liftOf(positives, negatives, 0.1, isWhole);
}

/** {@link liftAt} of the weights of churners and others at falling scores. */
export function liftOf(
  positives: Float64Array,
  negatives: Float64Array,
  share: number,
  isWhole: boolean,
): number {
  const positiveTotal = sum(positives);
  const total = positiveTotal + sum(negatives);
  const top = Math.min(cutMass(share, total, isWhole), total);
  let filled = 0;
  let captured = 0;
  for (let i = 0; i < positives.length; i++) {
    const mass = positives[i] + negatives[i];
    if (filled + mass >= top) {
      if (mass > 0) captured += (positives[i] * (top - filled)) / mass;
      break;
    }
    captured += positives[i];
    filled += mass;
  }
  return ((captured / positiveTotal) * total) / top;
}
