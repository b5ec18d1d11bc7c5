import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { tallyRows } from "../sample/tally.js";

/** Probabilities are kept this far from 0 and 1, so that one certain mistake costs 34.5 and not infinity. */
const PROBABILITY_CLIP = 1e-15;

/**
 * Mean negative log-likelihood of the labels, natural logarithm, probabilities clipped to [1e-15, 1 − 1e-15].
 * 0 is perfect; predicting the churn rate for every row gets its entropy.
 * @example logLoss([1, 0], [0.8, 0.4]) // 0.36698…
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, probabilities outside [0, 1].
 */
export function logLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  sampleProblems("logLoss", labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: false,
  }).throwIfAny();
  const { scores, positives, negatives } = tallyRows(labels, probabilities, options.weights);
  return logLossOver(scores)(positives, negatives);
}

/** {@link logLoss} for given probabilities, ready for any weights of churners and others at them. */
export function logLossOver(
  probabilities: Float64Array,
): (positives: Float64Array, negatives: Float64Array) => number {
  const lossOfPositive = new Float64Array(probabilities.length);
  const lossOfNegative = new Float64Array(probabilities.length);
  for (let i = 0; i < probabilities.length; i++) {
    const probability = clipProbability(probabilities[i]);
    lossOfPositive[i] = -Math.log(probability);
    lossOfNegative[i] = -Math.log1p(-probability);
  }
  return (positives, negatives) => {
    let loss = 0;
    let mass = 0;
    for (let i = 0; i < positives.length; i++) {
      loss += positives[i] * lossOfPositive[i] + negatives[i] * lossOfNegative[i];
      mass += positives[i] + negatives[i];
    }
    return loss / mass;
  };
}

/** The log loss of one row. @param label 0 or 1. */
export function logLossOfRow(label: number, probability: number): number {
  const clipped = clipProbability(probability);
  return label === 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
}

export function clipProbability(probability: number): number {
  return Math.min(Math.max(probability, PROBABILITY_CLIP), 1 - PROBABILITY_CLIP);
}
