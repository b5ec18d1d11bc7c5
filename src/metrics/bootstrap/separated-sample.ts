import { type ClassRows, effectiveRows } from "../sample/effective-rows.js";
import type { Masses } from "../sample/resample.js";
import { type Separation, separationOf } from "../sample/separation.js";
import { sum } from "../sample/tally.js";
import type { MetricInterval } from "./bootstrap-options.js";
import type { BootstrapSample } from "./bootstrap-sample.js";

/** Bootstrap values that differ by no more than this, relative to the metric's value, differ by rounding only. */
const ROUNDING = 1e-9;

/** A sample that scores separate perfectly: no bootstrap sample of it shows that its ranking is uncertain. */
export interface SeparatedSample {
  readonly separation: Separation;
  readonly rows: ClassRows;
  /**
   * The least favourable masses that the sample allows. Where all n rows of a class lie on its side, the true share of
   * rows there is at least (α/2)^(1/n), the lower limit of Clopper and Pearson (1934), α = 1 − level; the rest of each
   * class is scored as the other class is.
   */
  readonly leastFavourable: Masses;
}

/** Undefined where the scores of churners and others overlap. */
export function separatedSample(
  sample: BootstrapSample,
  masses: Masses,
  level: number,
): SeparatedSample | undefined {
  const separation = separationOf(masses);
  if (separation === null) return undefined;
  const rows = independentRows(sample);
  return {
    separation,
    rows,
    leastFavourable: {
      positives: partlyLike(masses.negatives, masses.positives, rows.positives, level),
      negatives: partlyLike(masses.positives, masses.negatives, rows.negatives, level),
    },
  };
}

/** An interval that is a point, widened to the metric's value at the least favourable masses. */
export function widenedToLeastFavourable(interval: MetricInterval, leastFavourable: number): MetricInterval {
  const { value, low, high } = interval;
  if (high - low > ROUNDING * Math.max(1, Math.abs(value)) || Number.isNaN(leastFavourable)) return interval;
  return { value, low: Math.min(low, leastFavourable), high: Math.max(high, leastFavourable) };
}

/** The masses of a class of so many rows, with the share that all of them could have missed scored as the others are. */
function partlyLike(others: Float64Array, masses: Float64Array, rows: number, level: number): Float64Array {
  const stays = ((1 - level) / 2) ** (1 / rows);
  const moved = (1 - stays) * (sum(masses) / sum(others));
  return masses.map((mass, place) => stays * mass + moved * others[place]);
}

/** What each class counts for: its rows, where weights are fractions their effective number; a group counts once. */
function independentRows({ labels, weights, groups }: BootstrapSample): ClassRows {
  const rows = effectiveRows(labels, weights);
  if (groups === undefined) return rows;
  const groupsOf = [new Set<number>(), new Set<number>()];
  for (let row = 0; row < labels.length; row++) {
    if (weights?.[row] !== 0) groupsOf[labels[row]].add(groups[row]);
  }
  return {
    positives: Math.min(rows.positives, groupsOf[1].size),
    negatives: Math.min(rows.negatives, groupsOf[0].size),
  };
}
