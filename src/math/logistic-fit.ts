/** What to fit: the weight of churners and of others at each value of the variables. */
interface Sample {
  /** One array per coefficient; a constant column gives an intercept. */
  readonly columns: readonly Float64Array[];
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

interface Point {
  readonly coefficients: readonly number[];
  readonly loss: number;
  readonly gradient: readonly number[];
  readonly hessian: readonly (readonly number[])[];
}

const STEPS = 100;
const HALVINGS = 40;
/** Of the squared Newton decrement per unit of weight: coefficients are then right to about 1e-14 standard errors of a row. */
const TOLERANCE = 1e-14;
/** A pivot below this, relative to its column, says that the columns depend on one another. */
const SINGULAR = 1e-12;

/**
 * Maximum likelihood of a logistic regression with few coefficients, by Newton's method with halved steps.
 * @returns one coefficient per column, or undefined where the columns do not determine them.
 */
export function fitLogistic(sample: Sample): readonly number[] | undefined {
  let mass = 0;
  for (let i = 0; i < sample.positives.length; i++) mass += sample.positives[i] + sample.negatives[i];
  let point = evaluate(
    sample,
    sample.columns.map(() => 0),
  );
  for (let iteration = 0; iteration < STEPS; iteration++) {
    const step = solve(point.hessian, point.gradient);
    if (step === undefined) return undefined;
    const decrement = step.reduce((total, value, j) => total + value * point.gradient[j], 0);
    let share = 1;
    let next = evaluate(sample, moved(point.coefficients, step, share));
    // The slack is for rounding: near the best fit the loss is flat.
    for (let halving = 0; halving < HALVINGS && !(next.loss <= point.loss * (1 + 1e-12)); halving++) {
      share /= 2;
      next = evaluate(sample, moved(point.coefficients, step, share));
    }
    point = next;
    if (!(decrement > TOLERANCE * mass)) break;
  }
  return point.coefficients.every(Number.isFinite) ? point.coefficients : undefined;
}

function moved(from: readonly number[], step: readonly number[], share: number): number[] {
  return from.map((value, j) => value + share * step[j]);
}

/** The loss with its falling gradient and its Hessian, in one pass over the sample. */
function evaluate({ columns, positives, negatives }: Sample, coefficients: readonly number[]): Point {
  const count = columns.length;
  const gradient = new Array<number>(count).fill(0);
  const hessian = columns.map(() => new Array<number>(count).fill(0));
  let loss = 0;
  for (let i = 0; i < positives.length; i++) {
    let margin = 0;
    for (let j = 0; j < count; j++) margin += coefficients[j] * columns[j][i];
    const small = Math.exp(-Math.abs(margin));
    const probability = margin >= 0 ? 1 / (1 + small) : small / (1 + small);
    const mass = positives[i] + negatives[i];
    loss += mass * (Math.max(margin, 0) + Math.log1p(small)) - positives[i] * margin;
    const residual = positives[i] - mass * probability;
    const curvature = (mass * small) / (1 + small) ** 2;
    for (let j = 0; j < count; j++) {
      const value = columns[j][i];
      gradient[j] += residual * value;
      for (let k = 0; k <= j; k++) hessian[j][k] += curvature * value * columns[k][i];
    }
  }
  return { coefficients, loss, gradient, hessian };
}

/** Solves a symmetric positive system, given by its lower triangle, by Cholesky's method. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const lower = matrix.map((row) => [...row]);
  for (let j = 0; j < right.length; j++) {
    for (let k = 0; k <= j; k++) {
      let value = matrix[j][k];
      for (let l = 0; l < k; l++) value -= lower[j][l] * lower[k][l];
      if (k < j) lower[j][k] = value / lower[k][k];
      else if (value > SINGULAR * matrix[j][j]) lower[j][j] = Math.sqrt(value);
      else return undefined;
    }
  }
  const solution = [...right];
  for (let j = 0; j < solution.length; j++) {
    for (let k = 0; k < j; k++) solution[j] -= lower[j][k] * solution[k];
    solution[j] /= lower[j][j];
  }
  for (let j = solution.length - 1; j >= 0; j--) {
    for (let k = j + 1; k < solution.length; k++) solution[j] -= lower[k][j] * solution[k];
    solution[j] /= lower[j][j];
  }
  return solution;
}
