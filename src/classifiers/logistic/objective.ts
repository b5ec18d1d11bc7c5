import type { LinearDesign } from "../../vectors/linear-design.js";

/**
 * The penalised log loss of a linear model on some rows of a design:
 * `(1/Σw) Σ w log(1 + exp(−±margin)) + λ · ((1 − α)/2 · ‖β‖² + α · ‖β‖₁)`, the intercept unpenalised
 * (Friedman, Hastie & Tibshirani 2010, eq. 13). Parameters are β followed by the intercept.
 */
export class LogisticObjective {
  /** Number of parameters: columns plus intercept. */
  readonly size: number;
  private readonly probabilities: Float64Array;
  private readonly totalWeight: number;

  constructor(
    private readonly design: LinearDesign,
    private readonly labels: Uint8Array,
    private readonly rows: Int32Array,
    /** One per row of the design; default 1. */
    private readonly weights?: Float64Array,
  ) {
    this.size = design.columnCount + 1;
    this.probabilities = new Float64Array(rows.length);
    this.totalWeight = weights === undefined ? rows.length : rows.reduce((sum, row) => sum + weights[row], 0);
  }

  /** Mean log loss at `parameters`, without penalty; keeps the probabilities for the derivatives. */
  loss(parameters: Float64Array): number {
    const { rows, labels, probabilities } = this;
    let sum = 0;
    for (let i = 0; i < rows.length; i++) {
      const margin = marginOfRow(this.design, rows[i], parameters);
      const odds = Math.exp(-Math.abs(margin));
      probabilities[i] = margin >= 0 ? 1 / (1 + odds) : odds / (1 + odds);
      const loss = Math.log1p(odds) + (labels[rows[i]] === 1 ? Math.max(-margin, 0) : Math.max(margin, 0));
      sum += this.weightOf(rows[i]) * loss;
    }
    return sum / this.totalWeight;
  }

  /** Gradient of the mean log loss where {@link loss} was last called. */
  gradient(into: Float64Array): void {
    const { design, rows, labels, probabilities } = this;
    const scale = 1 / this.totalWeight;
    into.fill(0);
    for (let i = 0; i < rows.length; i++) {
      const residual = (probabilities[i] - labels[rows[i]]) * scale * this.weightOf(rows[i]);
      into[this.size - 1] += residual;
      addRow(design, rows[i], residual, into);
    }
  }

  /** Lower triangle of the Hessian of the mean log loss where {@link loss} was last called. */
  hessian(into: Float64Array): void {
    const { design, rows, probabilities, size } = this;
    const { slots, dense, columns, values } = design;
    const scale = 1 / this.totalWeight;
    const intercept = (size - 1) * size;
    into.fill(0);
    for (let i = 0; i < rows.length; i++) {
      const weight = probabilities[i] * (1 - probabilities[i]) * scale * this.weightOf(rows[i]);
      const start = rows[i] * slots;
      into[intercept + size - 1] += weight;
      for (let a = start; a < start + slots; a++) {
        const column = columns[a];
        if (column < 0 || values[a] === 0) continue;
        const weighted = weight * values[a];
        into[intercept + column] += weighted;
        // Slots are in ascending column order, so this fills the lower triangle only.
        const line = column * size;
        const end = Math.min(a + 1, start + dense);
        for (let b = start, to = line; b < end; b++, to++) into[to] += weighted * values[b];
        for (let b = start + dense; b <= a; b++)
          if (columns[b] >= 0) into[line + columns[b]] += weighted * values[b];
      }
    }
  }

  /**
   * The Hessian of the mean log loss where {@link loss} was last called, times a vector, without forming the matrix.
   */
  hessianTimes(vector: Float64Array, into: Float64Array): void {
    const { design, rows, probabilities, size } = this;
    const scale = 1 / this.totalWeight;
    into.fill(0);
    for (let i = 0; i < rows.length; i++) {
      const weight = probabilities[i] * (1 - probabilities[i]) * scale * this.weightOf(rows[i]);
      const product = weight * marginOfRow(design, rows[i], vector);
      into[size - 1] += product;
      addRow(design, rows[i], product, into);
    }
  }

  private weightOf(row: number): number {
    return this.weights === undefined ? 1 : this.weights[row];
  }
}

/** The margin of one row of a design; `parameters` are the coefficients followed by the intercept. */
export function marginOfRow(design: LinearDesign, row: number, parameters: Float64Array): number {
  const { slots, dense, columns, values } = design;
  const start = row * slots;
  // Four sums at a time: each addition to a single sum would wait for the previous one.
  let a = parameters[design.columnCount];
  let b = 0;
  let c = 0;
  let d = 0;
  let s = 0;
  for (; s + 3 < dense; s += 4) {
    const at = start + s;
    a += parameters[s] * values[at];
    b += parameters[s + 1] * values[at + 1];
    c += parameters[s + 2] * values[at + 2];
    d += parameters[s + 3] * values[at + 3];
  }
  for (; s < dense; s++) a += parameters[s] * values[start + s];
  for (let at = start + dense, end = start + slots; at < end; at++) {
    if (columns[at] >= 0) b += parameters[columns[at]] * values[at];
  }
  return a + b + (c + d);
}

/** Adds a multiple of one row of a design. */
function addRow(design: LinearDesign, row: number, factor: number, into: Float64Array): void {
  const { slots, dense, columns, values } = design;
  const start = row * slots;
  for (let s = 0; s < dense; s++) into[s] += factor * values[start + s];
  for (let at = start + dense, end = start + slots; at < end; at++) {
    if (columns[at] >= 0) into[columns[at]] += factor * values[at];
  }
}
