import { normalQuantile } from "../../math/normal-quantile.js";
import type { MetricInterval } from "../bootstrap/bootstrap-options.js";
import { squaredWeight } from "../sample/effective-rows.js";

/** Whose amounts are added up. */
export interface AmountSample {
  readonly weights: ArrayLike<number> | undefined;
  /** Whether weights count as rows. */
  readonly isWhole: boolean;
  /** Rows of one number are one cluster; undefined: each row is its own. */
  readonly groups: ArrayLike<number> | undefined;
  readonly rows: number;
}

/**
 * The total of amounts of rows of weight, Σ w x, with its normal interval: what other rows of the same number (or weight) would give.
 * Its variance is n / (n − 1) Σ (x − mean)² of n rows, or of n clusters the same of their sums of x − mean (Liang and Zeger 1986,
 * with the usual correction for few clusters). Where weights are fractions, n is what they are worth (Kish 1965).
 * @param isCounted which rows; default: all.
 * @returns null with fewer than two rows or clusters.
 */
export function totalInterval(
  { weights, isWhole, groups, rows }: AmountSample,
  amountOf: (row: number) => number,
  level: number,
  isCounted: (row: number) => boolean = () => true,
): MetricInterval | null {
  let mass = 0;
  let squares = 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    if (weight === 0 || !isCounted(row)) continue;
    mass += weight;
    squares += squaredWeight(weights, row, isWhole);
    total += weight * amountOf(row);
  }
  const mean = total / mass;
  let spread = 0;
  const ofGroups = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    if (weight === 0 || !isCounted(row)) continue;
    const excess = amountOf(row) - mean;
    if (groups === undefined) spread += squaredWeight(weights, row, isWhole) * excess * excess;
    else ofGroups.set(groups[row], (ofGroups.get(groups[row]) ?? 0) + weight * excess);
  }
  for (const sum of ofGroups.values()) spread += sum * sum;
  const count = groups === undefined ? (mass * mass) / squares : ofGroups.size;
  // Of two equal fractions rounding may give less than two; of no rows it is NaN.
  if (!(count >= 2 - 1e-9)) return null;
  const half = normalQuantile(0.5 + level / 2) * Math.sqrt((count / (count - 1)) * spread);
  return { value: total, low: total - half, high: total + half };
}
