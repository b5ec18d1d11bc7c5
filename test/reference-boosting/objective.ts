import { invalidArgument } from "../../src/errors.js";
import type { ObjectiveName } from "../../src/trees/growing/settings.js";

/** A loss as boosting sees it: functions of one row's margin and label. */
export interface Objective {
  /** The margin at which the summed loss is least, given the weighted mean of the labels. */
  bestConstant(mean: number): number;
  loss(margin: number, label: number): number;
  /** The first derivative of the loss by the margin. */
  gradient(margin: number, label: number): number;
  /** The second derivative of the loss by the margin. */
  hessian(margin: number, label: number): number;
  /**
   * Variance of the gradient over the hessian where the margin is right, as one row shows it: 1 where the hessian is
   * that variance (log loss, Poisson), else the squared residual.
   */
  noise(margin: number, label: number): number;
}

const logLoss: Objective = {
  bestConstant: (mean) => Math.log(mean / (1 - mean)),
  // log(1 + exp(m)) − y m, without overflow.
  loss: (margin, label) => Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))) - label * margin,
  gradient: (margin, label) => probabilityOf(margin) - label,
  hessian: (margin) => probabilityOf(margin) * (1 - probabilityOf(margin)),
  noise: () => 1,
};

const squaredError: Objective = {
  bestConstant: (mean) => mean,
  loss: (margin, label) => (margin - label) ** 2 / 2,
  gradient: (margin, label) => margin - label,
  hessian: () => 1,
  noise: (margin, label) => (margin - label) ** 2,
};

/** The margin is the logarithm of the rate; the loss is half the deviance up to a constant. */
const poisson: Objective = {
  bestConstant: (mean) => Math.log(mean),
  loss: (margin, label) => Math.exp(margin) - label * margin,
  gradient: (margin, label) => Math.exp(margin) - label,
  hessian: (margin) => Math.exp(margin),
  noise: () => 1,
};

export const OBJECTIVES: Readonly<Record<ObjectiveName, Objective>> = { logLoss, squaredError, poisson };

/** The best constant margin of some rows. @throws HoldfastError when it is not finite, as of labels of one class. */
export function bestConstantOf(
  objective: Objective,
  labels: ArrayLike<number>,
  weights: ArrayLike<number>,
  rows: Int32Array,
): number {
  const margin = objective.bestConstant(weightedMean(rows, weights, (row) => labels[row]));
  if (!Number.isFinite(margin)) {
    invalidArgument("referenceBoost", "labels", "must have a finite best constant margin", margin);
  }
  return margin;
}

/** Σ w · value / Σ w over some rows; NaN of rows without weight. */
export function weightedMean(
  rows: Int32Array,
  weights: ArrayLike<number>,
  of: (row: number) => number,
): number {
  let sum = 0;
  let weight = 0;
  for (const row of rows) {
    sum += weights[row] * of(row);
    weight += weights[row];
  }
  return sum / weight;
}

function probabilityOf(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}
