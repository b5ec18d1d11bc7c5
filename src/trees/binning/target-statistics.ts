import { createRandom } from "../../random.js";
import type { CategoricalFeature } from "../../vectors/vectors.js";

/** The number of parts of the training rows: a row's statistic is computed from the other parts. */
const PARTS = 5;
/** The maximum weight, in rows, of the rate towards which levels shrink: beyond it all levels are practically equal. */
const MOST_PRIOR_ROWS = 1e6;

/** The labelled rows that statistics are taken from. */
export interface StatisticRows {
  /** 1 = churned, or a value or count: one for every row of the feature. */
  readonly labels: ArrayLike<number>;
  readonly weights: ArrayLike<number> | undefined;
  /** Whether a row is trained on; the others get a statistic without contributing to it. */
  readonly isTraining: (row: number) => boolean;
  readonly seed: number;
}

/** A categorical feature as a number per row, and the value of each code when new rows are scored. */
export interface TargetStatistics {
  /** Missing: NaN. */
  readonly values: Float64Array;
  /** By code, *other* last. */
  readonly ofCode: Float64Array;
}

/**
 * Replaces categories by the mean label of their level, shrunk towards the overall mean (Micci-Barreca 2001) by the
 * empirical Bayes estimate of how much levels differ beyond chance, from the moments of their means.
 *
 * A row that is trained on gets the statistic of rows of other parts than its own, so that no row's label is in its own
 * feature: in-sample statistics leak the labels of rare levels to a booster and ruin it on new rows (Prokhorenkova et
 * al. 2018). All other rows, and new ones, get the statistic of all training rows.
 */
export function targetStatistics(feature: CategoricalFeature, rows: StatisticRows): TargetStatistics {
  const { codes, levels, name } = feature;
  const codeCount = levels.length + 1;
  const random = createRandom(rows.seed, "target statistics", name);
  const parts = Uint8Array.from(codes, () => random.integer(PARTS));
  const weight = new Float64Array(codeCount * PARTS);
  const label = new Float64Array(codeCount * PARTS);
  let squares = 0;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] < 0 || !rows.isTraining(row)) continue;
    const at = codes[row] * PARTS + parts[row];
    const w = rows.weights === undefined ? 1 : rows.weights[row];
    weight[at] += w;
    label[at] += w * rows.labels[row];
    squares += w * rows.labels[row] * rows.labels[row];
  }
  const without = Array.from({ length: PARTS }, (_, part) => shrunkMeans(weight, label, squares, part));
  const ofCode = shrunkMeans(weight, label, squares, -1);
  const values = Float64Array.from(codes, (code, row) => {
    if (code < 0) return Number.NaN;
    return rows.isTraining(row) ? without[parts[row]][code] : ofCode[code];
  });
  return { values, ofCode };
}

/** The shrunk mean label of every code over all parts but one (−1: over all). */
function shrunkMeans(weight: Float64Array, label: Float64Array, squares: number, left: number): Float64Array {
  const codeCount = weight.length / PARTS;
  const weights = new Float64Array(codeCount);
  const labels = new Float64Array(codeCount);
  let totalWeight = 0;
  let totalLabel = 0;
  let allWeight = 0;
  for (let at = 0; at < weight.length; at++) {
    allWeight += weight[at];
    if (at % PARTS === left) continue;
    const code = Math.floor(at / PARTS);
    weights[code] += weight[at];
    labels[code] += label[at];
    totalWeight += weight[at];
    totalLabel += label[at];
  }
  if (totalWeight === 0) return new Float64Array(codeCount);
  const mean = totalLabel / totalWeight;
  const variance = Math.max(0, squares / allWeight - mean * mean);
  const prior = priorRows(weights, labels, totalWeight, mean, variance);
  return weights.map((w, code) => (labels[code] + prior * mean) / (w + prior));
}

/**
 * How many rows the overall mean is worth: the variance within levels divided by that between them, where the latter is
 * the spread of the levels' means beyond chance (one-way random effects by moments; Searle, Casella & McCulloch 1992,
 * ch. 3).
 */
function priorRows(
  weights: Float64Array,
  labels: Float64Array,
  total: number,
  mean: number,
  variance: number,
): number {
  let between = 0;
  let squaredWeights = 0;
  let levels = 0;
  for (let code = 0; code < weights.length; code++) {
    const w = weights[code];
    if (w === 0) continue;
    levels++;
    between += w * (labels[code] / w - mean) ** 2;
    squaredWeights += w * w;
  }
  const excess = (between - (levels - 1) * variance) / (total - squaredWeights / total);
  return excess > variance / MOST_PRIOR_ROWS ? Math.max(1, variance / excess) : MOST_PRIOR_ROWS;
}
