import { normalQuantile } from "../../../math/normal-quantile.js";
import type { LossOfPermutation } from "../explanation.js";

/** What the loss of permutations is measured by. */
export interface LossSample {
  /** One array per permutation: how much worse each row is predicted. */
  readonly increases: readonly Float64Array[];
  /** One per permutation: the row whose value each row got. */
  readonly donors: readonly Int32Array[];
  readonly weights: Float64Array | undefined;
  /** The number of the subscriber of each row, where subscribers have several; undefined: each row counts alone. */
  readonly groups: Int32Array | undefined;
}

/**
 * The mean increase with an interval over rows and permutations.
 *
 * It is a mean over pairs of a row and the row that it gets its value from, a U-statistic of two rows (Fisher, Rudin & Dominici
 * 2019, section 3), of which each permutation takes some pairs. Its variance is that of its projection on single rows
 * (Hoeffding 1948): a row counts by its own increases, and by those that its value causes in others. Both means
 * over few permutations hold noise, 2 σ²/(n R) with n rows and R permutations; sampling pairs adds σ²/(n R). So the variance
 * is that of the row sums minus one σ²/(n R), which the residuals estimate, and never less than half of it.
 * Rows of one subscriber are summed before they are squared.
 */
export function lossInterval(sample: LossSample, level: number): LossOfPermutation {
  const { increases, donors, weights, groups } = sample;
  const repeats = increases.length;
  const rowCount = increases[0].length;
  const own = new Float64Array(rowCount);
  const given = new Float64Array(rowCount);
  const givenWeight = new Float64Array(rowCount);
  let total = 0;
  let value = 0;
  for (let row = 0; row < rowCount; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    total += weight;
    for (let r = 0; r < repeats; r++) {
      const increase = increases[r][row];
      own[row] += increase / repeats;
      given[donors[r][row]] += weight * increase;
      givenWeight[donors[r][row]] += weight;
    }
    value += weight * own[row];
  }
  value /= total;
  const sums = groupSums(rowCount, groups, (row) => {
    const weight = weights === undefined ? 1 : weights[row];
    return weight * (own[row] - value) + (given[row] - givenWeight[row] * value) / repeats;
  });
  const count = sums.length;
  if (count < 2) return { value, low: null, high: null };
  const ofRows = (sums.reduce((sum, each) => sum + each * each, 0) * count) / (count - 1) / total ** 2;
  let residuals = 0;
  if (repeats > 2) {
    for (let r = 0; r < repeats; r++) {
      for (let row = 0; row < rowCount; row++) {
        const donor = donors[r][row];
        const residual = increases[r][row] - own[row] - given[donor] / givenWeight[donor] + value;
        residuals += ((weights === undefined ? 1 : weights[row]) * residual) ** 2;
      }
    }
    residuals /= total ** 2 * repeats * (repeats - 2);
  }
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(Math.max(ofRows - residuals, ofRows / 2));
  return { value, low: value - half, high: value + half };
}

function groupSums(rowCount: number, groups: Int32Array | undefined, of: (row: number) => number): number[] {
  if (groups === undefined) return Array.from({ length: rowCount }, (_, row) => of(row));
  const sums = new Map<number, number>();
  for (let row = 0; row < rowCount; row++) sums.set(groups[row], (sums.get(groups[row]) ?? 0) + of(row));
  return [...sums.values()];
}
