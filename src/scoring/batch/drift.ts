import { normalQuantile } from "../../math/normal-quantile.js";
import { type BinCounts, populationStability } from "../../vectors/drift/population-stability.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";

/** How far one distribution has moved from training. */
export interface Drift {
  /** Population stability index: Σ (q − p) · ln(q / p) over bins, p the shares in training, q those now. 0 without any change. */
  readonly psi: number;
  /** Drift is a PSI > this: 0.1, the usual rule, or the value that chance alone reaches with so few rows, whichever is more. */
  readonly limit: number;
  readonly isDrift: boolean;
}

/** Scores and inputs compared with the training data. */
export interface DriftReport {
  /** Rows that were compared. */
  readonly rows: number;
  readonly trainingRows: number;
  readonly scores: Drift;
  /** Drift of each input, sorted by PSI divided by limit, the largest first. */
  readonly inputs: readonly (Drift & { readonly input: string })[];
}

/** Up to this there is "no significant shift", by the rule of thumb of credit scoring (Siddiqi 2006). */
const LEAST_LIMIT = 0.1;
/** Probability that chance exceeds any limit, over all comparisons of a run. */
const FALSE_ALARMS = 0.01;

/**
 * Compares counts with training by the population stability index. Of two samples of one population it is distributed
 * as (1/n + 1/m) · χ² with one degree of freedom less than bins (Yurdakul 2018, "Statistical properties of population
 * stability index"), so limits say which values chance reaches once in a hundred runs.
 * @param inputs names, and counts in the reference's bins.
 */
export function driftReport(
  reference: ReferenceDistribution,
  rows: number,
  scores: BinCounts,
  inputs: readonly (BinCounts & { readonly input: string })[],
): DriftReport {
  const comparisons = inputs.length + 1;
  const compare = (then: BinCounts, now: BinCounts) => compareBins(then, now, comparisons);
  return {
    rows,
    trainingRows: reference.rows,
    scores: compare(reference.scores, scores),
    inputs: inputs
      .map((now, i) => ({ input: now.input, ...compare(reference.inputs[i], now) }))
      .sort((a, b) => b.psi / b.limit - a.psi / a.limit),
  };
}

function compareBins(then: BinCounts, now: BinCounts, comparisons: number): Drift {
  const { psi, bins, rows } = populationStability(then, now);
  const [n, m] = rows;
  if (bins < 2 || n === 0 || m === 0) return { psi: 0, limit: LEAST_LIMIT, isDrift: false };
  const chance = (1 / n + 1 / m) * chiSquareQuantile(1 - FALSE_ALARMS / comparisons, bins - 1);
  const limit = Math.max(LEAST_LIMIT, chance);
  return { psi, limit, isDrift: psi > limit };
}

/** The quantile of χ², to about 1% from three degrees of freedom on (Wilson and Hilferty 1931); simple-statistics has a table. */
export function chiSquareQuantile(probability: number, degrees: number): number {
  const variance = 2 / (9 * degrees);
  return degrees * (1 - variance + normalQuantile(probability) * Math.sqrt(variance)) ** 3;
}
