import type { ObservedRate } from "./cell-sums.js";

/**
 * The summary of one tier on labelled rows. In what a training reports, `rows`, `share`, `value` and `expectedLoss` are of the
 * rows that the kept model puts into the tier; the rest is of those that out-of-fold probabilities put there.
 */
export interface TierSummary {
  readonly tier: string;
  /** Lowest probability (or expected loss, where `by` says so) in the tier, by its definition. */
  readonly from: number;
  /** Present when `from` is money, a limit on probability × value. */
  readonly by?: "expectedLoss";
  /** Of weight above 0. */
  readonly rows: number;
  /** Of all rows; of the population where rows have weights. */
  readonly share: number;
  /** Mean predicted probability; null when the tier is empty. */
  readonly meanProbability: number | null;
  /** Share that churned, with its 95% Wilson interval; null when the tier is empty. */
  readonly observedRate: ObservedRate | null;
  /**
   * Whether the mean predicted probability lies in the interval of the observed rate; null when the tier is empty. A
   * perfect model fails in about one tier of twenty.
   */
  readonly isCalibrated: boolean | null;
  /** Observed rate divided by the rate of all rows; null when the tier is empty. */
  readonly lift: number | null;
  /** How many churned. */
  readonly churners: number;
  /** Share of all churners who are in this tier. */
  readonly captured: number;
  /** The total value of the subscribers of the tier; null when no values were given. */
  readonly value: number | null;
  /** The total value of those who churned; null when no values were given. */
  readonly capturedValue: number | null;
  /** Sum of probability × value; null when no values were given. */
  readonly expectedLoss: number | null;
}
