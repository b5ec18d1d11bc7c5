import { normalCdf } from "../math/normal-cdf.js";
import { areWhole, squaredWeight } from "../metrics/sample/effective-rows.js";
import type { TrainingReport } from "../model-file/churn/content.js";
import { percent } from "../printing/numbers.js";
import { printable } from "../printing/printable.js";

/** The share of rows in a tier, compared with the share for which it was drawn. */
export interface TierDrift {
  readonly tier: string;
  /** Of the rows. */
  readonly share: number;
  /** Of the training rows. */
  readonly drawn: number;
  /**
   * Of the test of two proportions with Yates's correction, both sides with their sampling error, times the number of tiers
   * (Bonferroni), at most 1. Rows count as independent.
   */
  readonly pValue: number;
  /** Whether p < 0.001 and the smaller share is less than four fifths of the larger. */
  readonly isDrift: boolean;
}

/** The probability that chance alone makes any tier of a run drift. */
const SIGNIFICANCE = 0.001;
/**
 * Of millions of rows every difference is beyond chance. One that matters is by the four-fifths rule for selection rates (US
 * Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D, 1978).
 */
const LEAST_RATIO = 0.8;

/**
 * Compares the shares of rows in tiers with those of training: two samples, as a limit that was drawn on training rows is
 * a sample quantile (test of two proportions with continuity correction: Yates 1934; Fleiss, Levin & Paik 2003, section
 * 3.3).
 * @param training what the model holds of its training.
 * @param shares of each tier, in the order of the model's tiers.
 * @param rows how many equally weighted rows the shares are of.
 * @returns null without rows, and for a model whose tier table does not have its tiers.
 */
export function tierDrift(
  training: Pick<TrainingReport, "rows" | "tierTable">,
  shares: readonly { readonly tier: string; readonly share: number }[],
  rows: number,
): TierDrift[] | null {
  const drawnOf = new Map(training.tierTable.map(({ tier, share }) => [tier, share]));
  if (!(rows > 0 && training.rows > 0) || !shares.every(({ tier }) => drawnOf.has(tier))) return null;
  return shares.map(({ tier, share }) => {
    const drawn = drawnOf.get(tier) ?? 0;
    const pValue = Math.min(1, shares.length * pValueOf(drawn, training.rows, share, rows));
    const isLarge = Math.min(share, drawn) < LEAST_RATIO * Math.max(share, drawn);
    return { tier, share, drawn, pValue, isDrift: isLarge && pValue < SIGNIFICANCE };
  });
}

/** Two-sided, of shares p and q of n and m rows being one. */
export function pValueOf(p: number, n: number, q: number, m: number): number {
  const pooled = (p * n + q * m) / (n + m);
  const perRow = 1 / n + 1 / m;
  const error = Math.sqrt(pooled * (1 - pooled) * perRow);
  const difference = Math.max(0, Math.abs(p - q) - perRow / 2);
  return error > 0 ? Math.min(1, 2 * normalCdf(-difference / error)) : 1;
}

/** How many equally weighted rows some weights are worth: Kish's number (1965); whole weights are that many rows. */
export function worthOfRows(weights: ArrayLike<number> | undefined, rows: number): number {
  if (weights === undefined) return rows;
  const isWhole = areWhole(weights, rows);
  let mass = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    mass += weights[row];
    squares += squaredWeight(weights, row, isWhole);
  }
  return mass * (mass / squares);
}

/** `tier high: 18.2% of rows, drawn for 10.0%`, for each tier that drifts. */
export function tierDriftLines(tiers: readonly TierDrift[] | null | undefined): string[] {
  return (tiers ?? []).flatMap(({ tier, share, drawn, isDrift }) =>
    isDrift ? [`tier ${printable(tier)}: ${percent(share)} of rows, drawn for ${percent(drawn)}`] : [],
  );
}
