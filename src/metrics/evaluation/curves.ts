/**
 * The curves of an evaluation, thinned to what a picture needs (points that lie on the line between their neighbours are left
 * out), as plain lists of equal length that go to JSON. A threshold of null is above all probabilities.
 */
export interface EvaluationCurves {
  /** From (0, 0) to (1, 1). */
  readonly roc: {
    readonly threshold: readonly (number | null)[];
    readonly falsePositiveRate: readonly number[];
    readonly truePositiveRate: readonly number[];
  };
  readonly precisionRecall: {
    readonly threshold: readonly (number | null)[];
    readonly recall: readonly number[];
    readonly precision: readonly number[];
  };
  /** The share of all churners among the riskiest `share` of rows. */
  readonly gain: { readonly share: readonly number[]; readonly gain: readonly number[] };
  /** How many times as many churners are among the riskiest `share` of rows as among all. */
  readonly lift: { readonly share: readonly number[]; readonly lift: readonly number[] };
  /** Mean probability and observed churn rate with its 95% interval, in ten bins of equal mass (fewer where there are fewer rows). */
  readonly calibration: {
    readonly meanProbability: readonly number[];
    readonly observedRate: readonly number[];
    readonly low: readonly number[];
    readonly high: readonly number[];
    /** Rows, or weight where rows have weights. */
    readonly weight: readonly number[];
  };
  /** How probabilities are distributed: rows (or weight) that churned and that stayed by bands `from ≤ probability < to`, the last with its end. */
  readonly histogram: {
    readonly from: readonly number[];
    readonly to: readonly number[];
    readonly churned: readonly number[];
    readonly stayed: readonly number[];
  };
}
