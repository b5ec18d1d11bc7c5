import { describe, expect, it } from "vitest";
import { confusionAt } from "../../../src/metrics/decision/confusion.js";
import { evaluateScores } from "../../../src/metrics/evaluation/evaluate-scores.js";
import { METRIC_NAMES, METRICS } from "../../../src/metrics/metrics.js";
import { brierDecomposition } from "../../../src/metrics/probability/brier-decomposition.js";
import { squaredCalibrationError } from "../../../src/metrics/probability/squared-calibration-error.js";
import { liftTable } from "../../../src/metrics/ranking/lift-table.js";
import { createRandom } from "../../../src/random.js";
import * as golden from "../golden.js";

describe("evaluateScores", () => {
  const random = createRandom(1, "evaluate");
  const fractional = golden.labels.map(() => random.next());

  it.each([
    ["no weights", undefined],
    ["whole weights", golden.labels.map((_, i) => i % 4)],
    ["fractional weights", fractional],
  ])("gives each metric the value of its function, with %s", (_, weights) => {
    const { metrics } = evaluateScores(golden.labels, golden.scores, { replicates: 20, weights });
    expect(Object.keys(metrics)).toEqual(METRIC_NAMES);
    for (const { name, value } of METRICS) {
      // Up to sums in another order.
      expect(metrics[name]?.value, name).toBeCloseTo(value(golden.labels, golden.scores, { weights }), 13);
    }
  });

  it("checks calibration as the functions do", () => {
    const { calibration } = evaluateScores(golden.labels, golden.scores, { replicates: 1 });
    // The golden values of 20 rows: inTheLarge −1.479873, Spiegelhalter z 0.2496080 and p 0.8028905.
    expect(calibration?.inTheLarge).toBeCloseTo(-1.479873, 6);
    expect(calibration?.spiegelhalter?.z).toBeCloseTo(0.249608, 6);
    expect(calibration?.spiegelhalter?.pValue).toBeCloseTo(0.8028905, 6);
    expect(calibration?.brier).toEqual(brierDecomposition(golden.labels, golden.scores, { bins: 10 }));
    expect(calibration?.squaredError).toEqual(squaredCalibrationError(golden.labels, golden.scores));
  });

  it("has no Spiegelhalter test where all probabilities are 0, ½ or 1", () => {
    const { calibration } = evaluateScores([1, 0, 1, 0], [1, 0, 0.5, 0.5], { replicates: 1 });
    expect(calibration?.spiegelhalter).toBeNull();
    expect(Number.isFinite(calibration?.inTheLarge)).toBe(true);
  });

  it("puts value, low and high in order where the metric is an average", () => {
    const { metrics } = evaluateScores(golden.labels, golden.scores, { seed: 5 });
    for (const { value, low, high } of [metrics.rocAuc, metrics.logLoss, metrics.brierScore]) {
      expect(low).toBeLessThan(value);
      expect(value).toBeLessThan(high);
    }
  });

  it("ranks rows by `ranking` where it is given, and takes everything else from the probabilities", () => {
    // Two folds of one ranking, whose calibrators differ: the pooled probabilities rank them differently.
    const margins = golden.scores.map((score) => Math.log(score / (1 - score)));
    const probabilities = golden.scores.map((score, i) => (i % 2 === 0 ? score : 0.8 * score));
    const ranked = evaluateScores(golden.labels, probabilities, { replicates: 50, ranking: margins });
    const plain = evaluateScores(golden.labels, golden.scores, { replicates: 50 });
    const pooled = evaluateScores(golden.labels, probabilities, { replicates: 50 });
    for (const { name, needs } of METRICS) {
      expect(ranked.metrics[name], name).toEqual((needs === "scores" ? plain : pooled).metrics[name]);
    }
    expect(ranked.deciles).toEqual(pooled.deciles);
    expect(Object.keys(ranked.metrics)).toEqual(METRIC_NAMES);
  });

  it.each([
    ["a text", "margins", /ranking/u],
    ["one number too few", golden.scores.slice(1), /one number per row, 20/u],
    ["not a number", golden.scores.map((score, i) => (i === 3 ? Number.NaN : score)), /ranking\[3\]/u],
  ])("refuses a ranking that is %s", (_, ranking, message) => {
    expect(() => evaluateScores(golden.labels, golden.scores, { ranking: ranking as number[] })).toThrow(
      message,
    );
  });

  it("decides at the churn rate by default", () => {
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

  it("reports how its intervals were made", () => {
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
