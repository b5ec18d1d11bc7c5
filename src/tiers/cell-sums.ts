import { wilsonInterval } from "../math/wilson-interval.js";

/** A rate with its 95% Wilson interval. */
export interface ObservedRate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The sums over the rows of one cell (a tier, or a tier and value band). */
export interface CellSum {
  rows: number;
  churners: number;
  probability: number;
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
}

export function sumCells(
  cellCount: number,
  { probabilities, labels, values }: CellColumns,
  cellOf: (row: number) => number,
): readonly CellSum[] {
  const cells: CellSum[] = Array.from({ length: cellCount }, () => ({
    rows: 0,
    churners: 0,
    probability: 0,
    value: 0,
    churnerValue: 0,
    expectedLoss: 0,
  }));
  for (let row = 0; row < probabilities.length; row++) {
    const cell = cells[cellOf(row)];
    const label = labels === undefined ? 0 : labels[row];
    const value = values === undefined ? 0 : values[row];
    cell.rows++;
    cell.churners += label;
    cell.probability += probabilities[row];
    cell.value += value;
    cell.churnerValue += label * value;
    cell.expectedLoss += probabilities[row] * value;
  }
  return cells;
}

/** Null when the cell is empty. */
export function meanProbabilityOf({ rows, probability }: CellSum): number | null {
  return rows === 0 ? null : probability / rows;
}

/** Null when the cell is empty. */
export function observedRateOf({ rows, churners }: CellSum): ObservedRate | null {
  if (rows === 0) return null;
  const value = churners / rows;
  return { value, ...wilsonInterval(value, rows, 0.95) };
}
