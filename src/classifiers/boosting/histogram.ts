import type { BinnedMatrix } from "./binning.js";

/** Sums per bin: gradient, hessian, rows, one after the other; bins of all features side by side. */
export type Histogram = Float64Array;
export const SUMS = 3;

/** What the loss says of each row at the current margins. */
export interface Gradients {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Adds up rows `rows[from … to − 1]` for the given features. */
export function fillHistogram(
  histogram: Histogram,
  matrix: BinnedMatrix,
  features: Int32Array,
  rows: Int32Array,
  from: number,
  to: number,
  gradients: Gradients,
): void {
  const count = to - from;
  const gradient = new Float64Array(count);
  const hessian = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    gradient[i] = gradients.gradient[rows[from + i]];
    hessian[i] = gradients.hessian[rows[from + i]];
  }
  for (const feature of features) {
    const start = matrix.offsets[feature] * SUMS;
    const { bins, binCount } = matrix.features[feature];
    histogram.fill(0, start, start + binCount * SUMS);
    // The hot loop: flat, one column of bytes, sums side by side.
    for (let i = 0; i < count; i++) {
      const at = start + bins[rows[from + i]] * SUMS;
      histogram[at] += gradient[i];
      histogram[at + 1] += hessian[i];
      histogram[at + 2] += 1;
    }
  }
}

/** Turns a parent's histogram into that of one child, given the other's. */
export function subtractHistogram(
  parent: Histogram,
  child: Histogram,
  matrix: BinnedMatrix,
  features: Int32Array,
): void {
  for (const feature of features) {
    const start = matrix.offsets[feature] * SUMS;
    const end = start + matrix.features[feature].binCount * SUMS;
    for (let at = start; at < end; at++) parent[at] -= child[at];
  }
}
