import { factorCholesky, solveCholesky } from "../../math/cholesky.js";
import type { LinearDesign } from "../../vectors/linear-design.js";
import type { Curvature } from "./curvature.js";
import { LogisticObjective } from "./objective.js";

export interface LogisticPenalty {
  /** λ ≥ 0: strength, on the scale of the mean log loss (scikit-learn's C is 1 / (rows · λ)). */
  readonly lambda: number;
  /** α in [0, 1]: 0 = L2 (ridge), 1 = L1 (lasso), between = elastic net. */
  readonly l1Ratio: number;
}

export interface SolveOptions {
  /** Largest violation of the optimality conditions that counts as converged. Default 1e-11. */
  readonly tolerance?: number;
  /** Coefficients followed by the intercept to start from; default zeros. */
  readonly start?: Float64Array;
  /** One per row of the design, ≥ 0; default 1. */
  readonly weights?: Float64Array | undefined;
  /** The Hessian of nearby solutions, used first and updated; worth it for some hundred parameters under L2. */
  readonly curvature?: Curvature | undefined;
}

const MOST_STEPS = 200;
/** With more parameters the Hessian is not formed; conjugate gradients only use products with it. */
const MOST_IN_MATRIX = 1000;
const MOST_PRODUCTS = 250;
/** After this many products a reused Hessian is no longer a help. */
const FEW_PRODUCTS = 15;
/** A step that leaves more than this share of the violation requires a fresh Hessian. */
const SLOW = 0.15;

/**
 * Minimises the penalised log loss by Newton steps: Cholesky for L2, coordinate descent on the quadratic model for L1
 * and elastic net (proximal Newton; Lee, Sun & Saunders 2014). A Hessian is kept as long as it makes good
 * steps, which is most of the time along a path of penalties.
 * @returns the coefficients followed by the intercept.
 */
export function solveLogistic(
  design: LinearDesign,
  labels: Uint8Array,
  rows: Int32Array,
  penalty: LogisticPenalty,
  options: SolveOptions = {},
): Float64Array {
  const { tolerance = 1e-11 } = options;
  const objective = new LogisticObjective(design, labels, rows, options.weights);
  const { size } = objective;
  const ridge = penalty.lambda * (1 - penalty.l1Ratio);
  const lasso = penalty.lambda * penalty.l1Ratio;
  let parameters: Float64Array = options.start?.slice() ?? new Float64Array(size);
  let value = objective.loss(parameters) + penaltyOf(parameters, ridge, lasso);
  const gradient = new Float64Array(size);
  const usesProducts = lasso === 0 && (size > MOST_IN_MATRIX || options.curvature !== undefined);
  const hessian = new Float64Array(usesProducts ? 0 : size * size);
  let hessianIsFresh = false;
  let hessianIsThere = false;
  let previousViolation = Number.POSITIVE_INFINITY;

  for (let step = 0; step < MOST_STEPS; step++) {
    objective.gradient(gradient);
    for (let j = 0; j < size - 1; j++) gradient[j] += ridge * parameters[j];
    const violation = violationOf(parameters, gradient, lasso);
    if (violation <= tolerance) break;
    if (usesProducts) hessianIsFresh = true;
    else if (!hessianIsThere || violation > SLOW * previousViolation) {
      objective.hessian(hessian);
      for (let j = 0; j < size - 1; j++) hessian[j * size + j] += ridge;
      if (lasso === 0) factorCholesky(hessian, size);
      hessianIsThere = true;
      hessianIsFresh = true;
    }
    previousViolation = violation;
    const direction = usesProducts
      ? conjugateGradientStep(objective, gradient, ridge, options.curvature)
      : lasso === 0
        ? newtonStep(hessian, gradient)
        : proximalStep(hessian, gradient, parameters, lasso, violation);
    const next = descend(objective, parameters, direction, value, ridge, lasso);
    if (next === undefined) {
      objective.loss(parameters);
      if (hessianIsFresh) break; // no further descent within rounding
      hessianIsThere = false;
      continue;
    }
    ({ parameters, value } = next);
    hessianIsFresh = false;
  }
  return parameters;
}

function newtonStep(factor: Float64Array, gradient: Float64Array): Float64Array {
  const direction = gradient.map((value) => -value);
  solveCholesky(factor, gradient.length, direction);
  return direction;
}

/**
 * Solves (H + ridge) · d = −g by conjugate gradients, until the residual is a tenth of the gradient (Nash 2000), or with a
 * curvature to precondition by, which makes products few, a hundredth.
 */
function conjugateGradientStep(
  objective: LogisticObjective,
  gradient: Float64Array,
  ridge: number,
  curvature: Curvature | undefined,
): Float64Array {
  const size = gradient.length;
  const direction = new Float64Array(size);
  const residual = gradient.map((value) => -value);
  const product = new Float64Array(size);
  curvature?.prepare(objective, ridge);
  const preconditioned = () => {
    const solved = residual.slice();
    curvature?.solve(solved);
    return solved;
  };
  let steepest = preconditioned();
  const search = steepest.slice();
  let slope = dot(residual, steepest);
  const enough = dot(residual, residual) * (curvature === undefined ? 1e-2 : 1e-4);
  let products = 0;
  while (products < MOST_PRODUCTS && dot(residual, residual) > enough) {
    objective.hessianTimes(search, product);
    products++;
    for (let j = 0; j < size - 1; j++) product[j] += ridge * search[j];
    const bend = dot(search, product);
    if (!(bend > 0)) break;
    const length = slope / bend;
    for (let j = 0; j < size; j++) {
      direction[j] += length * search[j];
      residual[j] -= length * product[j];
    }
    steepest = preconditioned();
    const next = dot(residual, steepest);
    for (let j = 0; j < size; j++) search[j] = steepest[j] + (next / slope) * search[j];
    slope = next;
  }
  if (products > FEW_PRODUCTS) curvature?.forget();
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Minimises gᵀd + dᵀHd/2 + lasso·‖β + d‖₁ over d by cyclic coordinate descent. */
function proximalStep(
  hessian: Float64Array,
  gradient: Float64Array,
  parameters: Float64Array,
  lasso: number,
  violation: number,
): Float64Array {
  const size = gradient.length;
  const direction = new Float64Array(size);
  const slope = gradient.slice();
  const enough = violation * 1e-3;
  for (let sweep = 0; sweep < 1000; sweep++) {
    let largest = 0;
    for (let j = size - 1; j >= 0; j--) {
      const curvature = hessian[j * size + j];
      if (curvature <= 0) continue;
      const at = parameters[j] + direction[j];
      const wanted = at - slope[j] / curvature;
      const target = j === size - 1 ? wanted : softThreshold(wanted, lasso / curvature);
      const move = target - at;
      if (move === 0) continue;
      direction[j] += move;
      for (let k = 0; k < size; k++)
        slope[k] += move * (k <= j ? hessian[j * size + k] : hessian[k * size + j]);
      largest = Math.max(largest, Math.abs(move) * curvature);
    }
    if (largest <= enough) break;
  }
  return direction;
}

/** Halves the step until the objective does not rise; undefined when it never does. */
function descend(
  objective: LogisticObjective,
  parameters: Float64Array,
  direction: Float64Array,
  value: number,
  ridge: number,
  lasso: number,
): { parameters: Float64Array; value: number } | undefined {
  for (let scale = 1; scale > 1e-9; scale /= 2) {
    const next = parameters.map((parameter, j) => parameter + scale * direction[j]);
    const nextValue = objective.loss(next) + penaltyOf(next, ridge, lasso);
    // The last steps move the objective by less than its rounding.
    if (nextValue <= value + 1e-15 * Math.abs(value)) return { parameters: next, value: nextValue };
  }
  return undefined;
}

function penaltyOf(parameters: Float64Array, ridge: number, lasso: number): number {
  let squares = 0;
  let absolutes = 0;
  for (let j = 0; j < parameters.length - 1; j++) {
    squares += parameters[j] ** 2;
    absolutes += Math.abs(parameters[j]);
  }
  return (ridge / 2) * squares + lasso * absolutes;
}

/** The violation of the optimality conditions: the largest distance of zero from the subdifferential. */
function violationOf(parameters: Float64Array, gradient: Float64Array, lasso: number): number {
  const last = parameters.length - 1;
  let violation = Math.abs(gradient[last]);
  for (let j = 0; j < last; j++) {
    const beta = parameters[j];
    const missed =
      beta === 0
        ? Math.max(0, Math.abs(gradient[j]) - lasso)
        : Math.abs(gradient[j] + lasso * Math.sign(beta));
    violation = Math.max(violation, missed);
  }
  return violation;
}

function softThreshold(value: number, threshold: number): number {
  return value > threshold ? value - threshold : value < -threshold ? value + threshold : 0;
}
