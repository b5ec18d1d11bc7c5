import { logistic, softplus } from "../../math/logistic.js";
import { halvedUntilNoHigher } from "../../math/step-halving.js";

/** A sum of margins: an offset, and a weight ≥ 0 for each member. */
export interface Stacked {
  readonly offset: number;
  readonly weights: readonly number[];
}

/**
 * Pulls the weights towards the plain mean as strongly as some tens of rows would pull them away. On the twelve data sets
 * of `npm run bench -- bed`, 3 to 30 gave the same log loss, none and 1,000 a higher one.
 */
const RIDGE = 10;
const MOST_STEPS = 50;
const SWEEPS = 200;
const HALVINGS = 20;
/** A step that changes no weight by more than this is the last. */
const TOLERANCE = 1e-10;

/**
 * Stacking (Wolpert 1992; with weights that are not negative, Breiman 1996): the weighted sum of the members' log-odds
 * that has the least log loss, with a ridge towards the plain mean. Projected Newton steps; the problem is convex.
 * @param margins calibrated log-odds, one array per member, one number per row, of models that did not see the row.
 * @param rowWeights ≥ 0; their scale does not matter. Undefined: 1 each.
 */
export function stackMargins(
  margins: readonly Float64Array[],
  labels: Uint8Array,
  rowWeights: Float64Array | undefined,
): Stacked {
  const problem = new StackingProblem(margins, labels, rowWeights);
  const size = margins.length + 1;
  let point = Float64Array.from({ length: size }, (_, p) => (p === 0 ? 0 : 1 / margins.length));
  let loss = problem.lossAt(point);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = problem.curvatureAt(point);
    const direction = boundedStep(point, gradient, hessian);
    const next = halvedUntilNoHigher(loss, HALVINGS, (share) => {
      const moved = point.map((value, p) => value + share * direction[p]);
      return { moved, loss: problem.lossAt(moved) };
    });
    const change = next.moved.reduce((most, value, p) => Math.max(most, Math.abs(value - point[p])), 0);
    point = next.moved;
    loss = next.loss;
    if (change < TOLERANCE) break;
  }
  return { offset: point[0], weights: Array.from(point.subarray(1), (weight) => Math.max(0, weight)) };
}

class StackingProblem {
  private readonly scale: number;
  private readonly mean: number;

  constructor(
    private readonly margins: readonly Float64Array[],
    private readonly labels: Uint8Array,
    private readonly rowWeights: Float64Array | undefined,
  ) {
    this.mean = 1 / margins.length;
    let rows = 0;
    let total = 0;
    for (const weight of rowWeights ?? []) {
      if (weight > 0) rows++;
      total += weight;
    }
    this.scale = rowWeights === undefined ? 1 : rows / total;
  }

  lossAt(point: Float64Array): number {
    const { labels } = this;
    let loss = 0;
    for (let row = 0; row < labels.length; row++) {
      const margin = this.marginAt(point, row);
      loss += this.weightOf(row) * softplus(labels[row] === 1 ? -margin : margin);
    }
    for (let p = 1; p < point.length; p++) loss += RIDGE * (point[p] - this.mean) ** 2;
    return loss;
  }

  curvatureAt(point: Float64Array): { gradient: Float64Array; hessian: Float64Array } {
    const { labels, margins } = this;
    const size = point.length;
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    const terms = new Float64Array(size).fill(1);
    for (let row = 0; row < labels.length; row++) {
      const probability = logistic(this.marginAt(point, row));
      const weight = this.weightOf(row);
      for (let p = 1; p < size; p++) terms[p] = margins[p - 1][row];
      const slope = weight * (probability - labels[row]);
      const curvature = weight * probability * (1 - probability);
      for (let p = 0; p < size; p++) {
        gradient[p] += slope * terms[p];
        for (let q = 0; q <= p; q++) hessian[p * size + q] += curvature * terms[p] * terms[q];
      }
    }
    for (let p = 0; p < size; p++) {
      for (let q = 0; q < p; q++) hessian[q * size + p] = hessian[p * size + q];
      if (p === 0) continue;
      gradient[p] += 2 * RIDGE * (point[p] - this.mean);
      hessian[p * size + p] += 2 * RIDGE;
    }
    return { gradient, hessian };
  }

  private marginAt(point: Float64Array, row: number): number {
    let margin = point[0];
    for (let p = 1; p < point.length; p++) margin += point[p] * this.margins[p - 1][row];
    return margin;
  }

  private weightOf(row: number): number {
    return this.rowWeights === undefined ? 1 : this.scale * this.rowWeights[row];
  }
}

/** The step to the least of the quadratic model where no weight falls below 0, coordinate by coordinate. */
function boundedStep(point: Float64Array, gradient: Float64Array, hessian: Float64Array): Float64Array {
  const size = point.length;
  const step = new Float64Array(size);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let change = 0;
    for (let p = 0; p < size; p++) {
      const curvature = hessian[p * size + p];
      if (!(curvature > 0)) continue;
      let slope = gradient[p];
      for (let q = 0; q < size; q++) slope += hessian[p * size + q] * step[q];
      const free = step[p] - slope / curvature;
      const next = p === 0 ? free : Math.max(free, -point[p]);
      change = Math.max(change, Math.abs(next - step[p]));
      step[p] = next;
    }
    if (change < TOLERANCE / 10) break;
  }
  return step;
}
