import { logLossOfRow } from "../../metrics/probability/log-loss.js";

/** By how much each step of a learning curve lowers the log loss. */
export interface PairedGains {
  /** One per step, above 0 where more rows helped. */
  readonly gains: Float64Array;
  /** Of the gains, row-major: steps share rows and models, so that neighbours are correlated. */
  readonly covariance: Float64Array;
}

/** The log loss of each row of a subset, at the row's place in the whole table; NaN for other rows. */
export function rowLosses(rows: Int32Array, probabilities: Float64Array, labels: Uint8Array): Float64Array {
  const losses = new Float64Array(labels.length).fill(Number.NaN);
  rows.forEach((row, i) => {
    losses[row] = logLossOfRow(labels[row], probabilities[i]);
  });
  return losses;
}

/**
 * The gain of every step of the curve, on the rows of its smaller subset, which the larger one holds too: on the same rows
 * the noise of the rows themselves cancels. The covariance is that of weighted means by linearization, summed by group
 * (Liang & Zeger 1986).
 * @param losses of each subset by {@link rowLosses}, the smallest first.
 */
export function pairedGains(
  losses: readonly Float64Array[],
  groups: Int32Array | undefined,
  weights: Float64Array | undefined,
): PairedGains {
  const steps = losses.slice(1).map((larger, step) => pairedStep(losses[step], larger, groups, weights));
  const covariance = steps.flatMap((a) => steps.map((b) => dot(a.influence, b.influence)));
  return {
    gains: Float64Array.from(steps, ({ gain }) => gain),
    covariance: Float64Array.from(covariance),
  };
}

/** The mean difference of two losses, and how far each group moves it. */
function pairedStep(
  smaller: Float64Array,
  larger: Float64Array,
  groups: Int32Array | undefined,
  weights: Float64Array | undefined,
): { readonly gain: number; readonly influence: Float64Array } {
  let sum = 0;
  let mass = 0;
  for (let row = 0; row < smaller.length; row++) {
    if (Number.isNaN(smaller[row])) continue;
    const weight = weights?.[row] ?? 1;
    sum += weight * (smaller[row] - larger[row]);
    mass += weight;
  }
  const gain = sum / mass;
  // Groups are numbered from 0, so that there are never more of them than rows.
  const influence = new Float64Array(smaller.length);
  for (let row = 0; row < smaller.length; row++) {
    if (Number.isNaN(smaller[row])) continue;
    const weight = weights?.[row] ?? 1;
    influence[groups?.[row] ?? row] += (weight * (smaller[row] - larger[row] - gain)) / mass;
  }
  return { gain, influence };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
