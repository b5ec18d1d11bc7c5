import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { confusionAt } from "../../src/metrics/decision/confusion.js";
import { brierScore } from "../../src/metrics/probability/brier-score.js";
import { calibrationIntercept, calibrationSlope } from "../../src/metrics/probability/calibration-line.js";
import { logLoss } from "../../src/metrics/probability/log-loss.js";
import { averagePrecision } from "../../src/metrics/ranking/average-precision.js";
import { ks } from "../../src/metrics/ranking/kolmogorov-smirnov.js";
import { rocAuc } from "../../src/metrics/ranking/roc-auc.js";

/*
 * sklearn-cases.json holds random samples and the results of scikit-learn 1.9.1, in Python:
 *   rocAuc            roc_auc_score(y, p, sample_weight=w)
 *   averagePrecision  average_precision_score(y, p, sample_weight=w)
 *   logLoss           log_loss(y, p, sample_weight=w)
 *   brierScore        brier_score_loss(y, p, sample_weight=w)
 *   ks                max |tpr − fpr| of roc_curve(y, p, sample_weight=w, drop_intermediate=False)
 *   calibration…      LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-14).fit(logit(p), y, w)
 *   confusion         confusion_matrix, precision_recall_fscore_support(average="binary"), accuracy_score at p >= 0.3
 */
interface Case {
  readonly name: string;
  readonly labels: number[];
  readonly probabilities: number[];
  readonly weights: number[] | null;
  readonly expected: Record<keyof typeof functions, number>;
  readonly confusion: Record<"threshold" | "precision" | "recall" | "f1" | "accuracy", number> &
    Record<"truePositives" | "falsePositives" | "trueNegatives" | "falseNegatives", number>;
}

const functions = {
  rocAuc,
  averagePrecision,
  logLoss,
  brierScore,
  ks,
  calibrationSlope,
  calibrationIntercept,
};

const { cases } = JSON.parse(readFileSync(new URL("sklearn-cases.json", import.meta.url), "utf8")) as {
  cases: Case[];
};

describe.each(cases)("on a sample with $name", ({ labels, probabilities, weights, expected, confusion }) => {
  const options = weights === null ? {} : { weights };

  it.each(Object.entries(functions))("%s agrees with scikit-learn", (name, metric) => {
    const reference = expected[name as keyof typeof functions];
    // Sums of some 100 terms in another order differ by some 1e-15; Newton's method adds the condition of its matrix.
    const tolerance = name.startsWith("calibration") ? 1e-10 : 1e-12;
    expect(Math.abs(metric(labels, probabilities, options) / reference - 1)).toBeLessThan(tolerance);
  });

  it("confusionAt agrees with scikit-learn", () => {
    const found = confusionAt(labels, probabilities, confusion.threshold, options);
    for (const [name, reference] of Object.entries(confusion)) {
      expect(found[name as keyof typeof confusion], name).toBeCloseTo(reference, 12);
    }
  });
});
