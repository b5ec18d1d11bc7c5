import { wilsonInterval } from "../../math/wilson-interval.js";
import { areWhole, squaredWeight } from "../../metrics/sample/effective-rows.js";

/** A rate with its 95% Wilson interval. */
export interface ObservedRate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The sums over the rows of one cell (a tier, or a tier and value band). */
export interface CellSum {
  /** Of weight above 0. */
  rows: number;
  churners: number;
  /** Sums of weights: of all rows, and of churners. */
  mass: number;
  churnerMass: number;
  /** Sums of what counts as squared weights, of others and of churners. */
  squares: [number, number];
  probability: number;
  /** In money for as many subscribers as there are rows. */
  value: number;
  /** The value of those who churned. */
  churnerValue: number;
  /** Probability × value. */
  expectedLoss: number;
}

/** Columns of one length; without labels the number of churners is 0, without values all values are 0. */
export interface CellColumns {
  readonly probabilities: ArrayLike<number>;
  readonly labels: ArrayLike<number> | undefined;
  readonly values: ArrayLike<number> | undefined;
  /** Default: 1 each. */
  readonly weights?: ArrayLike<number> | undefined;
}

export function sumCells(
  cellCount: number,
  { probabilities, labels, values, weights }: CellColumns,
  cellOf: (row: number) => number,
): readonly CellSum[] {
  const cells: CellSum[] = Array.from({ length: cellCount }, () => ({
    rows: 0,
    churners: 0,
    mass: 0,
    churnerMass: 0,
    squares: [0, 0],
    probability: 0,
    value: 0,
    churnerValue: 0,
    expectedLoss: 0,
  }));
  const isWhole = areWhole(weights, probabilities.length);
  const perMass = subscribersPerMass(weights, probabilities.length);
  for (let row = 0; row < probabilities.length; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    if (weight === 0) continue;
    const cell = cells[cellOf(row)];
    const label = labels === undefined ? 0 : labels[row];
    const value = values === undefined ? 0 : weight * perMass * values[row];
    cell.rows++;
    cell.churners += label;
    cell.mass += weight;
    cell.churnerMass += weight * label;
    cell.squares[label === 1 ? 1 : 0] += squaredWeight(weights, row, isWhole);
    cell.probability += weight * probabilities[row];
    cell.value += value;
    cell.churnerValue += label * value;
    cell.expectedLoss += probabilities[row] * value;
  }
  return cells;
}

/** How many subscribers a unit of weight is, where all weights together are the number of rows. */
function subscribersPerMass(weights: ArrayLike<number> | undefined, rows: number): number {
  if (weights === undefined) return 1;
  let mass = 0;
  for (let row = 0; row < rows; row++) mass += weights[row];
  return rows / mass;
}

/** Null when the cell is empty. */
export function meanProbabilityOf({ rows, mass, probability }: CellSum): number | null {
  // Rounding may take a mean of weights just outside.
  return rows === 0 ? null : Math.min(probability / mass, 1);
}

/** Null when the cell is empty. */
export function observedRateOf(cell: CellSum): ObservedRate | null {
  if (cell.rows === 0) return null;
  const value = Math.min(cell.churnerMass / cell.mass, 1);
  return { value, ...wilsonInterval(value, effectiveRowsOf(cell, value), 0.95) };
}

/**
 * How many equally weighted rows would give the rate of a cell as surely: its variance, Σ w² (y − p)² / (Σ w)², is that of
 * p (1 − p) / n (linearization of a ratio; Särndal, Swensson & Wretman 1992, section 5.6). Where the weights are those of
 * churners and others, as in a case-control sample, that is far more than Kish's number; where only one label occurs, it is
 * Kish's.
 */
export function effectiveRowsOf(
  { mass, squares: [others, churners] }: Pick<CellSum, "mass" | "squares">,
  rate: number,
): number {
  // Rows of weight 1, and whole weights, are as many rows as they say.
  if (others + churners === mass) return mass;
  const spread = churners * (1 - rate) ** 2 + others * rate ** 2;
  return spread > 0 ? (rate * (1 - rate) * mass * mass) / spread : (mass * mass) / (others + churners);
}
