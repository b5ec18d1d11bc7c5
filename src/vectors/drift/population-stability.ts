import type { CategoryBins, NumberBins } from "../reference-distribution.js";

/** Counts in the bins of a reference distribution. */
export type BinCounts = Pick<NumberBins | CategoryBins, "counts" | "missing">;

/** How far a distribution has moved. */
export interface PopulationStability {
  /** Σ (q − p) · ln(q / p) over bins, p the shares in training, q those now. 0 without any change. */
  readonly psi: number;
  /** Its expected value where nothing has changed, (bins − 1)(1/n + 1/m) of n and m rows: what chance alone gives. */
  readonly expectedPsi: number;
  /** Bins that hold a row of either, with the missing as a bin. */
  readonly bins: number;
  /** Rows of both. */
  readonly rows: readonly [then: number, now: number];
}

/**
 * The population stability index (Siddiqi 2006) of two counts of the same bins. The missing are a bin; bins that are empty in
 * both are none; each has half a row more, because an empty bin would need the logarithm of 0. Of two samples of one
 * population the index is distributed as (1/n + 1/m) · χ² with one degree of freedom less than bins (Yurdakul 2018,
 * "Statistical properties of population stability index").
 * @returns 0 where there are fewer than two bins, or no rows.
 */
export function populationStability(then: BinCounts, now: BinCounts): PopulationStability {
  const pairs = [
    ...then.counts.map((count, bin) => [count, now.counts[bin]]),
    [then.missing, now.missing],
  ].filter(([before, after]) => before > 0 || after > 0);
  const n = pairs.reduce((total, [before]) => total + before, 0);
  const m = pairs.reduce((total, [, after]) => total + after, 0);
  const bins = pairs.length;
  if (bins < 2 || n === 0 || m === 0) return { psi: 0, expectedPsi: 0, bins, rows: [n, m] };
  let psi = 0;
  for (const [before, after] of pairs) {
    const p = (before + 0.5) / (n + 0.5 * bins);
    const q = (after + 0.5) / (m + 0.5 * bins);
    psi += (q - p) * Math.log(q / p);
  }
  return { psi, expectedPsi: (bins - 1) * (1 / n + 1 / m), bins, rows: [n, m] };
}
