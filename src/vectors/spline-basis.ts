import { RisingValues } from "./rising-values.js";

/** How a numeric feature bends in a linear model: not at all, in natural cubic splines, or in straight pieces. */
export type BasisKind = "spline" | "piecewise";

/**
 * Columns of one bending feature beside its standardised self c₀. Column j ≥ 1 is `(h_j(u) − m_j − Σ_{i<j} p_ji · c_i) / s_j`
 * with u = c₀: functions h are made uncorrelated one after the other (Gram and Schmidt over the training rows), so that a
 * ridge shrinks the bends before the straight part.
 */
export interface SplineBasis {
  readonly kind: BasisKind;
  /** Ascending, on the scale of u. */
  readonly knots: readonly number[];
  readonly means: readonly number[];
  /** One list a column: the shares of c₀ … c_{j−1}. */
  readonly projections: readonly (readonly number[])[];
  readonly deviations: readonly number[];
}

/** Quantiles of five knots (Harrell 2015, Regression Modeling Strategies, table 2.3). */
const QUANTILES = [0.05, 0.275, 0.5, 0.725, 0.95];
/** A function whose uncorrelated remainder is below this share of its spread is left out. */
const LEAST_SHARE = 1e-6;

/**
 * A basis from the standardised training values (missing: NaN); undefined where there are too few distinct values for
 * it.
 * @param weights of the rows, above 0; default 1 each.
 */
export function fitSplineBasis(
  values: Float64Array,
  kind: BasisKind,
  weights?: Float64Array,
): SplineBasis | undefined {
  const rising = RisingValues.of(values, weights);
  // As many weights of less than a row in all have no quantile below the last row.
  const last = Math.max(0, rising.total - 1);
  const knots = [...new Set(QUANTILES.map((q) => rising.beyond(q * last)))];
  if (knots.length < 3 || knots.some((knot) => !(Math.abs(knot) < 1e6))) return undefined;
  const isPresent = (_: number, row: number) => !Number.isNaN(values[row]);
  const rows = values.filter(isPresent);
  const weightOf = weights?.filter(isPresent);
  const total = rising.total;
  const columns: Float64Array[] = [rows];
  const basis = {
    kind,
    knots,
    means: [] as number[],
    projections: [] as number[][],
    deviations: [] as number[],
  };
  const functions = functionCount(kind, knots.length);
  for (let j = 0; j < functions; j++) {
    const raw = rows.map((u) => bend(kind, knots, j, u));
    const mean = raw.reduce((sum, value, i) => sum + weighed(value, i, weightOf), 0) / total;
    const column = raw.map((value) => value - mean);
    const spread = rootMeanSquare(column, weightOf, total);
    const projections = columns.map((before) => {
      let product = 0;
      let square = 0;
      for (let i = 0; i < column.length; i++) {
        product += weighed(column[i] * before[i], i, weightOf);
        square += weighed(before[i] * before[i], i, weightOf);
      }
      const share = square > 0 ? product / square : 0;
      for (let i = 0; i < column.length; i++) column[i] -= share * before[i];
      return share;
    });
    const deviation = rootMeanSquare(column, weightOf, total);
    if (!(deviation > LEAST_SHARE * spread)) return j === 0 ? undefined : { ...basis, knots };
    columns.push(column.map((value) => value / deviation));
    basis.means.push(mean);
    basis.projections.push(projections);
    basis.deviations.push(deviation);
  }
  return basis;
}

/** Writes c₁ … into `into` from `at` on; u is c₀. */
export function evaluateBasis(basis: SplineBasis, u: number, into: Float64Array, at: number): void {
  for (let j = 0; j < basis.deviations.length; j++) {
    const projections = basis.projections[j];
    let value = bend(basis.kind, basis.knots, j, u) - basis.means[j] - projections[0] * u;
    for (let i = 1; i <= j; i++) value -= projections[i] * into[at + i - 1];
    into[at + j] = value / basis.deviations[j];
  }
}

function functionCount(kind: BasisKind, knots: number): number {
  return kind === "spline" ? knots - 2 : knots;
}

/** The j-th bending function. Both kinds are straight outside the outermost knots. */
function bend(kind: BasisKind, knots: readonly number[], j: number, u: number): number {
  return kind === "piecewise" ? Math.max(0, u - knots[j]) : naturalCubic(knots, j, u);
}

/**
 * d_j − d_{K−1} with d_j(u) = ((u − k_j)₊³ − (u − k_K)₊³) / (k_K − k_j) (Hastie, Tibshirani & Friedman 2009, eq. 5.4 and
 * 5.5); beyond the last knot its straight line, which the formula would lose to rounding.
 */
function naturalCubic(knots: readonly number[], j: number, u: number): number {
  const last = knots[knots.length - 1];
  const before = knots[knots.length - 2];
  if (u > last) {
    const slope = 3 * (last - knots[j]) - 3 * (last - before);
    return naturalCubic(knots, j, last) + slope * (u - last);
  }
  return cube(u - knots[j]) / (last - knots[j]) - cube(u - before) / (last - before);
}

function cube(value: number): number {
  return value > 0 ? value * value * value : 0;
}

function rootMeanSquare(values: Float64Array, weights: Float64Array | undefined, total: number): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += weighed(values[i] * values[i], i, weights);
  return Math.sqrt(squares / total);
}

function weighed(value: number, row: number, weights: Float64Array | undefined): number {
  return weights === undefined ? value : weights[row] * value;
}
