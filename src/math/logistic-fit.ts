import { factorCholesky, solveCholesky } from "./cholesky.js";
import { halvedUntilNoHigher } from "./step-halving.js";

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
  readonly gradient: Float64Array;
  /** Its lower triangle, row by row. */
  readonly hessian: Float64Array;
}

const STEPS = 100;
const HALVINGS = 40;
/**
 * Limit of the squared Newton decrement per unit of weight: coefficients are then exact to about 1e-14 standard errors
 * of a row.
 */
const TOLERANCE = 1e-14;
/** A pivot below this, relative to its column, means that the columns are linearly dependent. */
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
    const step = point.gradient.slice();
    if (!factorCholesky(point.hessian, step.length, SINGULAR)) return undefined;
    solveCholesky(point.hessian, step.length, step);
    const decrement = step.reduce((total, value, j) => total + value * point.gradient[j], 0);
    const { coefficients, loss } = point;
    point = halvedUntilNoHigher(loss, HALVINGS, (share) =>
      evaluate(
        sample,
        coefficients.map((value, j) => value + share * step[j]),
      ),
    );
    if (!(decrement > TOLERANCE * mass)) break;
  }
  return point.coefficients.every(Number.isFinite) ? point.coefficients : undefined;
}

/** The loss with its negative gradient and its Hessian, in one pass over the sample. */
function evaluate({ columns, positives, negatives }: Sample, coefficients: readonly number[]): Point {
  const count = columns.length;
  const gradient = new Float64Array(count);
  const hessian = new Float64Array(count * count);
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
      for (let k = 0; k <= j; k++) hessian[j * count + k] += curvature * value * columns[k][i];
    }
  }
  return { coefficients, loss, gradient, hessian };
}
