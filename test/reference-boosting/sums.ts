/** The derivatives of the loss of each row at the current margins, times the row's weight. */
export interface Gradients {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Sums over some rows: gradients, hessians, and the number of rows whatever their weights. */
export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

export const NO_SUMS: Sums = { gradient: 0, hessian: 0, rows: 0 };

export function addSums(a: Sums, b: Sums): Sums {
  return { gradient: a.gradient + b.gradient, hessian: a.hessian + b.hessian, rows: a.rows + b.rows };
}

export function subtractSums(a: Sums, b: Sums): Sums {
  return { gradient: a.gradient - b.gradient, hessian: a.hessian - b.hessian, rows: a.rows - b.rows };
}

export function sumsOf(rows: Int32Array, { gradient, hessian }: Gradients): Sums {
  return rows.reduce(
    (sums, row) => addSums(sums, { gradient: gradient[row], hessian: hessian[row], rows: 1 }),
    NO_SUMS,
  );
}

/** The histogram of a node: the sums of its rows in each bin. */
export function sumsPerBin(
  bins: Int32Array,
  binCount: number,
  rows: Int32Array,
  { gradient, hessian }: Gradients,
): Sums[] {
  const sums = new Array<Sums>(binCount).fill(NO_SUMS);
  for (const row of rows) {
    const bin = bins[row];
    sums[bin] = addSums(sums[bin], { gradient: gradient[row], hessian: hessian[row], rows: 1 });
  }
  return sums;
}

/**
 * The values rounded to multiples of a power of two so small that it does not matter (about 2^-52 of what they may add
 * up to) and so large that every sum and difference of them is exact. Then two splits that divide the rows alike gain
 * the same to the last bit, in whatever order the rows were added, and ties are decided by rule, not by rounding.
 */
export function onExactGrid(values: Float64Array): Float64Array {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return values;
  const unit = 2 ** (Math.ceil(Math.log2(largest * values.length)) - 52);
  return values.map((value) => Math.round(value / unit) * unit);
}
