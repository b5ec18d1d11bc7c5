import { expect, it } from "vitest";
import { averagePrecision } from "../../src/metrics/average-precision.js";
import { brierScore } from "../../src/metrics/brier-score.js";
import { calibrationSlopeAndIntercept } from "../../src/metrics/calibration-line.js";
import { confusionAt } from "../../src/metrics/confusion.js";
import { expectedCalibrationError } from "../../src/metrics/expected-calibration-error.js";
import { gainCurve } from "../../src/metrics/gain-curve.js";
import { ks } from "../../src/metrics/kolmogorov-smirnov.js";
import { liftAt } from "../../src/metrics/lift.js";
import { liftTable } from "../../src/metrics/lift-table.js";
import { logLoss } from "../../src/metrics/log-loss.js";
import { rocAuc } from "../../src/metrics/roc-auc.js";

const labels = [1, 0, 1, 0];
const scores = [0.9, 0.8, 0.7, 0.1];

it("the examples in the documentation hold", () => {
  expect(rocAuc(labels, scores)).toBe(0.75);
  expect(averagePrecision(labels, scores)).toBeCloseTo(0.8333, 4);
  expect(ks(labels, scores)).toBe(0.5);
  expect(logLoss([1, 0], [0.8, 0.4])).toBeCloseTo(0.36698, 5);
  expect(brierScore([1, 0], [0.8, 0.4])).toBeCloseTo(0.1, 14);
  expect(expectedCalibrationError(labels, scores, { bins: 2 })).toBeCloseTo(0.225, 14);
  const { slope, intercept } = calibrationSlopeAndIntercept(labels, scores);
  expect(Math.trunc(slope * 1000) / 1000).toBe(1.105);
  expect(Math.trunc(intercept * 1000) / 1000).toBe(-0.928);
  expect(confusionAt(labels, scores, 0.8)).toMatchObject({ precision: 0.5, recall: 0.5 });
  expect(liftAt(labels, scores, 0.25)).toBe(2);
  expect(liftTable(labels, scores, { groupCount: 2 })[0].gain).toBe(0.5);
  expect([...gainCurve(labels, scores).gain]).toEqual([0, 0.5, 0.5, 1, 1]);
});
