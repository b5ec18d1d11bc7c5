import { sum } from "../metrics/sample/tally.js";

/** Margins are spread by `factor` around `centre` before they are calibrated. */
export interface Spread {
  readonly centre: number;
  /** At least 1. */
  readonly factor: number;
}

/** A margin further from the centre. Null: as it is. */
export function spreadMargin(spread: Spread | null, margin: number): number {
  return spread === null ? margin : spread.centre + spread.factor * (margin - spread.centre);
}

/** The margins of every row by cross-fitted models: the mean of those that did not see it, and of those that did. */
export interface FoldMargins {
  readonly outOfFold: Float64Array;
  readonly inFold: Float64Array;
}

/** A larger factor would be too unreliable as a correction. */
const MOST = 1.5;

/**
 * How much an average of fold models must be spread for a calibrator that was fitted on margins of single ones.
 *
 * A margin is signal plus the error of its model. Averaging K models reduces the variance of the errors to 1/K of it
 * and leaves the signal, so that a step of the average means more than a step of a single model's margin: to first
 * order by Var(m) / (Var(m) − (1 − 1/K) σ²), the ratio of the two slopes of regression (attenuation, Fuller 1987,
 * section 1.1). σ² is estimated from the difference between the mean of the models that have seen a row and the one
 * that has not, after removing the part that depends on the row's own label, which the former have learnt. Where
 * cross-fitting is repeated, the latter is the mean of one model of each repeat, and the rest is unchanged.
 * @param foldCount K.
 * @param weights of the rows; default 1 each.
 */
export function spreadOf(
  { outOfFold, inFold }: FoldMargins,
  foldCount: number,
  labels: Uint8Array,
  probabilities: Float64Array,
  weights?: Float64Array,
): Spread {
  const meanProduct = meanProductBy(weights);
  const differences = inFold.map((margin, row) => margin - outOfFold[row]);
  const residuals = Float64Array.from(labels, (label, row) => label - probabilities[row]);
  const surprise = meanProduct(residuals, residuals);
  const learnt = surprise > 0 ? meanProduct(differences, residuals) ** 2 / surprise : 0;
  const variance = meanProduct(outOfFold, outOfFold);
  // The variance of the difference between one model and the mean of K − 1.
  const errorVariance = Math.max(0, meanProduct(differences, differences) - learnt) * (1 - 1 / foldCount);
  const removed = errorVariance * (1 - 1 / foldCount);
  const factor = removed < variance * (1 - 1 / MOST) ? variance / (variance - removed) : MOST;
  const centre = meanOf(outOfFold, weights);
  return { centre, factor: variance > 0 ? factor : 1 };
}

/** Own code, as mean and weightedMean of simple-statistics compensate their sums: other last digits of frozen models. */
function meanOf(values: Float64Array, weights: Float64Array | undefined): number {
  const total = weights === undefined ? values.length : sum(weights);
  let mean = 0;
  for (let i = 0; i < values.length; i++) {
    mean += (weights === undefined ? values[i] : weights[i] * values[i]) / total;
  }
  return mean;
}

/** Mean product of the deviations from the means. */
function meanProductBy(weights: Float64Array | undefined) {
  return (a: Float64Array, b: Float64Array): number => {
    const total = weights === undefined ? a.length : sum(weights);
    let sumA = 0;
    let sumB = 0;
    let products = 0;
    for (let i = 0; i < a.length; i++) {
      const weight = weights === undefined ? 1 : weights[i];
      sumA += weight * a[i];
      sumB += weight * b[i];
      products += weight * a[i] * b[i];
    }
    return products / total - (sumA / total) * (sumB / total);
  };
}
