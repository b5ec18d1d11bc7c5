import { readFileSync } from "node:fs";

/*
 * The samples of sklearn-cases.json, and in reference-cases.json the results of scikit-learn 1.9.1, scipy 1.17.1 and
 * numpy 2.4.6, in Python (whole weights w as rows repeated, fractional ones as they are):
 *   auc, variance …         placement values by comparing all pairs, (a[:, None] > b) + (a[:, None] == b) / 2, weighted
 *                           means and covariances over them, divided by m − 1, m = 1 / Σ (w / Σw)² (numpy)
 *   calibrationInTheLarge   brentq of math.fsum(w * (y − expit(a + logit(p)))) over a (scipy)
 *   spiegelhalter           (Σ w (y − p)² − Σ w p (1 − p)) / √Σ w² (1 − 2p)² p (1 − p), p-value 2 ndtr(−|z|) (scipy)
 *   fScores                 fbeta_score(y, p >= 0.3, beta=beta, sample_weight=w)
 *   rocCurve                roc_curve(y, p, sample_weight=w, drop_intermediate=False)
 *   precisionRecallCurve    precision_recall_curve(y, p, sample_weight=w), turned round
 *   calibrationCurve        calibration_curve(y, p, n_bins=7, strategy="uniform")
 *   squaredCalibrationError 7 bins of sorted p, row r in bin 7r // n (numpy)
 */
interface Reference {
  readonly name: string;
  readonly otherScores: number[];
  readonly auc: number;
  readonly variance: number;
  readonly otherAuc: number;
  readonly differenceStandardError: number;
  readonly differencePValue: number;
  readonly calibrationInTheLarge: number;
  readonly spiegelhalterZ: number;
  readonly spiegelhalterPValue: number;
  readonly fScores: Record<string, number>;
  readonly rocCurve?: Record<"threshold" | "falsePositiveRate" | "truePositiveRate", number[]>;
  readonly precisionRecallCurve?: Record<"threshold" | "recall" | "precision", number[]>;
  readonly calibrationCurve?: Record<"meanProbability" | "observedRate", number[]>;
  readonly squaredCalibrationError?: Record<"plugIn" | "debiased", number>;
}

interface Sample {
  readonly name: string;
  readonly labels: number[];
  readonly probabilities: number[];
  readonly weights: number[] | null;
}

const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
const { cases: references } = read("reference-cases.json") as { cases: Reference[] };
const { cases: samples } = read("sklearn-cases.json") as { cases: Sample[] };

/** The samples with the results of the references. */
export const referenceCases = references.map((reference) => {
  const sample = samples.find(({ name }) => name === reference.name);
  if (sample === undefined) throw new Error(`sklearn-cases.json has no sample "${reference.name}"`);
  const { labels, probabilities, weights } = sample;
  return { ...reference, labels, probabilities, options: weights === null ? {} : { weights } };
});

/** The largest relative difference of two columns, absolute below 1. */
export function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  return Array.from(found).reduce(
    (largest, value, i) =>
      Math.max(largest, Math.abs(value - expected[i]) / Math.max(1, Math.abs(expected[i]))),
    0,
  );
}
