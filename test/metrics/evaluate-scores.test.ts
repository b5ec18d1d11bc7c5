import { describe, expect, it } from "vitest";
import { averagePrecision } from "../../src/metrics/average-precision.js";
import { brierScore } from "../../src/metrics/brier-score.js";
import { calibrationIntercept, calibrationSlope } from "../../src/metrics/calibration-line.js";
import { confusionAt } from "../../src/metrics/confusion.js";
import { evaluateScores } from "../../src/metrics/evaluate-scores.js";
import { expectedCalibrationError } from "../../src/metrics/expected-calibration-error.js";
import { ks } from "../../src/metrics/kolmogorov-smirnov.js";
import { topDecileLift } from "../../src/metrics/lift.js";
import { liftTable } from "../../src/metrics/lift-table.js";
import { logLoss } from "../../src/metrics/log-loss.js";
import { rocAuc } from "../../src/metrics/roc-auc.js";
import { createRandom } from "../../src/random.js";
import * as golden from "./golden.js";

const functions = {
  rocAuc,
  averagePrecision,
  logLoss,
  brierScore,
  expectedCalibrationError,
  calibrationSlope,
  calibrationIntercept,
  ks,
  topDecileLift,
};

describe("evaluateScores", () => {
  const random = createRandom(1, "evaluate");
  const fractional = golden.labels.map(() => random.next());

  it.each([
    ["no weights", undefined],
    ["whole weights", golden.labels.map((_, i) => i % 4)],
    ["fractional weights", fractional],
  ])("gives each metric the value of its function, with %s", (_, weights) => {
    const { metrics } = evaluateScores(golden.labels, golden.scores, { replicates: 20, weights });
    expect(Object.keys(metrics)).toEqual(Object.keys(functions));
    for (const [name, metric] of Object.entries(functions)) {
      // Up to sums in another order.
      expect(metrics[name as keyof typeof functions]?.value, name).toBeCloseTo(
        metric(golden.labels, golden.scores, { weights }),
        13,
      );
    }
  });

  it("puts value, low and high in order where the metric is an average", () => {
    const { metrics } = evaluateScores(golden.labels, golden.scores, { seed: 5 });
    for (const { value, low, high } of [metrics.rocAuc, metrics.logLoss, metrics.brierScore]) {
      expect(low).toBeLessThan(value);
      expect(value).toBeLessThan(high);
    }
  });

  it("decides at the churn rate unless told", () => {
    const evaluation = evaluateScores(golden.labels, golden.scores, { replicates: 1 });
    expect(evaluation.baseRate).toBe(0.2);
    expect(evaluation.confusion).toEqual(confusionAt(golden.labels, golden.scores, 0.2));
    const told = evaluateScores(golden.labels, golden.scores, { replicates: 1, threshold: 0.5 });
    expect(told.confusion).toEqual(confusionAt(golden.labels, golden.scores, 0.5));
  });

  it("counts rows and churners, and weighs the churn rate", () => {
    const weights = golden.labels.map((label) => (label === 1 ? 1 : 3));
    expect(evaluateScores(golden.labels, golden.scores, { replicates: 1, weights })).toMatchObject({
      rows: 20,
      positives: 4,
      baseRate: 4 / 52,
    });
  });

  it("holds the lift table", () => {
    const { deciles } = evaluateScores(golden.labels, golden.scores, { replicates: 1, level: 0.9 });
    expect(deciles).toEqual(liftTable(golden.labels, golden.scores, { level: 0.9 }));
    expect(deciles).toHaveLength(10);
  });

  it("says what its intervals were made with", () => {
    expect(evaluateScores(golden.labels, golden.scores)).toMatchObject({
      replicates: 500,
      level: 0.95,
      seed: 0,
    });
    const options = { replicates: 7, level: 0.8, seed: 9 };
    expect(evaluateScores(golden.labels, golden.scores, options)).toMatchObject(options);
  });

  it("survives a round trip through JSON", () => {
    const evaluation = evaluateScores(golden.labels, golden.scores, { replicates: 20 });
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
    const constant = evaluateScores([1, 0, 0], [0.3, 0.3, 0.3], { replicates: 5 });
    expect(JSON.parse(JSON.stringify(constant))).toEqual(constant);
  });

  it("leaves the calibration line null where there is none", () => {
    const { metrics } = evaluateScores([1, 0, 0], [0.3, 0.3, 0.3], { replicates: 5 });
    expect(metrics.calibrationSlope).toBeNull();
    expect(metrics.calibrationIntercept).toBeNull();
    expect(metrics.rocAuc).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
  });
});
