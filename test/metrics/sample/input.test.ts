import { describe, expect, it } from "vitest";
import { HoldfastError } from "../../../src/errors.js";
import { bootstrapIntervals } from "../../../src/metrics/bootstrap/bootstrap-intervals.js";
import { confusionAt, fScoreAt, precisionAt, recallAt } from "../../../src/metrics/decision/confusion.js";
import { evaluateScores } from "../../../src/metrics/evaluation/evaluate-scores.js";
import { brierDecomposition } from "../../../src/metrics/probability/brier-decomposition.js";
import { brierScore } from "../../../src/metrics/probability/brier-score.js";
import { calibrationCurve } from "../../../src/metrics/probability/calibration-curve.js";
import { calibrationInTheLarge } from "../../../src/metrics/probability/calibration-in-the-large.js";
import {
  calibrationIntercept,
  calibrationSlope,
  calibrationSlopeAndIntercept,
} from "../../../src/metrics/probability/calibration-line.js";
import { expectedCalibrationError } from "../../../src/metrics/probability/expected-calibration-error.js";
import { logLoss } from "../../../src/metrics/probability/log-loss.js";
import { spiegelhalterZ } from "../../../src/metrics/probability/spiegelhalter.js";
import { squaredCalibrationError } from "../../../src/metrics/probability/squared-calibration-error.js";
import { averagePrecision } from "../../../src/metrics/ranking/average-precision.js";
import { gainCurve } from "../../../src/metrics/ranking/gain-curve.js";
import { ks } from "../../../src/metrics/ranking/kolmogorov-smirnov.js";
import { liftAt, topDecileLift } from "../../../src/metrics/ranking/lift.js";
import { liftCurve } from "../../../src/metrics/ranking/lift-curve.js";
import { liftTable } from "../../../src/metrics/ranking/lift-table.js";
import { precisionRecallCurve } from "../../../src/metrics/ranking/precision-recall-curve.js";
import { gini, rocAuc } from "../../../src/metrics/ranking/roc-auc.js";
import { rocAucInterval } from "../../../src/metrics/ranking/roc-auc-interval.js";
import { rocCurve } from "../../../src/metrics/ranking/roc-curve.js";
import type { MetricOptions } from "../../../src/metrics/sample/input.js";

type Metric = (labels: number[], scores: number[], options?: MetricOptions) => unknown;

const needsBothClasses: Record<string, Metric> = {
  rocAuc,
  gini,
  averagePrecision,
  ks,
  topDecileLift,
  liftTable,
  gainCurve,
  liftCurve,
  rocCurve,
  precisionRecallCurve,
  rocAucInterval,
  calibrationInTheLarge,
  calibrationSlope,
  calibrationIntercept,
  calibrationSlopeAndIntercept,
  evaluateScores,
  liftAt: (labels, scores, options) => liftAt(labels, scores, 0.5, options),
  bootstrapIntervals: (labels, scores, options) => bootstrapIntervals(labels, scores, ["rocAuc"], options),
};
const needsProbabilities: Record<string, Metric> = {
  logLoss,
  brierScore,
  expectedCalibrationError,
  squaredCalibrationError,
  brierDecomposition,
  calibrationCurve,
  spiegelhalterZ,
  calibrationInTheLarge,
  calibrationSlope,
  calibrationIntercept,
  calibrationSlopeAndIntercept,
  evaluateScores,
};
const all: Record<string, Metric> = {
  ...needsBothClasses,
  ...needsProbabilities,
  confusionAt: (labels, scores, options) => confusionAt(labels, scores, 0.5, options),
  precisionAt: (labels, scores, options) => precisionAt(labels, scores, 0.5, options),
  recallAt: (labels, scores, options) => recallAt(labels, scores, 0.5, options),
  fScoreAt: (labels, scores, options) => fScoreAt(labels, scores, 0.5, options),
};

function problemsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return error.problems.map(({ path, expected }) => `${path.function} ${path.argument} ${expected}`);
  }
  return [];
}

describe.each(Object.entries(all))("%s", (name, metric) => {
  it("refuses an empty sample", () => {
    expect(problemsOf(() => metric([], []))).toEqual([`${name} labels must not be empty`]);
  });
  it("collects everything wrong with labels, scores and weights, each with its index", () => {
    const scoresName = name in needsProbabilities ? "probabilities" : "scores";
    const work = () => metric([1, 2, 0], [0.5, Number.NaN, 0.1, Infinity], { weights: [1, -1, Number.NaN] });
    expect(problemsOf(work)).toEqual([
      `${name} ${scoresName} must have the length of labels, 3`,
      `${name} labels[1] must be 0 or 1`,
      `${name} ${scoresName}[1] must be finite`,
      `${name} ${scoresName}[3] must be finite`,
      `${name} weights[1] must be finite and not negative`,
      `${name} weights[2] must be finite and not negative`,
    ]);
  });
  it("refuses weights that are all zero or of another length", () => {
    expect(problemsOf(() => metric([1, 0], [0.5, 0.1], { weights: [0, 0] }))).toEqual([
      `${name} weights must not all be zero`,
    ]);
    expect(problemsOf(() => metric([1, 0], [0.5, 0.1], { weights: [1] }))).toContain(
      `${name} weights must have the length of labels, 2`,
    );
  });
});

describe.each(Object.entries(needsBothClasses))("%s", (name, metric) => {
  it("refuses a sample of one class", () => {
    expect(problemsOf(() => metric([1, 1], [0.5, 0.1]))).toEqual([`${name} labels must hold both classes`]);
    expect(problemsOf(() => metric([0], [0.5]))).toEqual([`${name} labels must hold both classes`]);
    const weightless = () => metric([1, 0, 0], [0.5, 0.1, 0.2], { weights: [0, 1, 1] });
    expect(problemsOf(weightless)).toEqual([`${name} labels must hold both classes`]);
  });
});

describe.each(Object.entries(needsProbabilities))("%s", (name, metric) => {
  it("refuses probabilities outside [0, 1]", () => {
    expect(problemsOf(() => metric([1, 0], [1.5, -0.1]))).toEqual([
      `${name} probabilities[0] must be in [0, 1]`,
      `${name} probabilities[1] must be in [0, 1]`,
    ]);
  });
});

it("an error reads as a sentence with function, argument and value", () => {
  expect(() => topDecileLift([1, 0, 0, 1], [0.1, 0.2, 0.3, Number.NaN])).toThrow(
    "topDecileLift: scores[3]: must be finite, received NaN",
  );
});

it.each<[string, () => unknown]>([
  ["liftAt share must be above 0 and at most 1", () => liftAt([1, 0], [1, 0], 0)],
  ["liftAt share must be above 0 and at most 1", () => liftAt([1, 0], [1, 0], Number.NaN)],
  ["confusionAt threshold must be finite", () => confusionAt([1, 0], [1, 0], Number.NaN)],
  ["precisionAt threshold must be finite", () => precisionAt([1, 0], [1, 0], Number.NaN)],
  ["recallAt threshold must be finite", () => recallAt([1, 0], [1, 0], Infinity)],
  ["fScoreAt threshold must be finite", () => fScoreAt([1, 0], [1, 0], -Infinity)],
  ["fScoreAt beta must be finite and not negative", () => fScoreAt([1, 0], [1, 0], 0.5, { beta: -1 })],
  [
    "confusionAt beta must be finite and not negative",
    () => confusionAt([1, 0], [1, 0], 0.5, { beta: Number.NaN }),
  ],
  ["rocAucInterval level must be between 0 and 1", () => rocAucInterval([1, 0], [1, 0], { level: 0 })],
  ["calibrationCurve level must be between 0 and 1", () => calibrationCurve([1, 0], [1, 0], { level: 95 })],
  [
    "calibrationCurve bins must be a whole number from 1 to the number of rows, 2",
    () => calibrationCurve([1, 0], [1, 0], { bins: 2.5 }),
  ],
  [
    "calibrationCurve binning must be one of mass, width",
    () => calibrationCurve([1, 0], [1, 0], { binning: "other" as "mass" }),
  ],
  [
    "squaredCalibrationError bins must be a whole number from 1 to the number of rows, 2",
    () => squaredCalibrationError([1, 0], [1, 0], { bins: 3 }),
  ],
  [
    "squaredCalibrationError binning must be one of mass, width",
    () => squaredCalibrationError([1, 0], [1, 0], { binning: "other" as "mass" }),
  ],
  [
    "brierDecomposition bins must be a whole number from 1 to the number of rows, 2",
    () => brierDecomposition([1, 0], [1, 0], { bins: Number.NaN }),
  ],
  [
    "expectedCalibrationError bins must be a whole number from 1 to the number of rows, 2",
    () => expectedCalibrationError([1, 0], [1, 0], { bins: 0 }),
  ],
  [
    "expectedCalibrationError bins must be a whole number from 1 to the number of rows, 2",
    () => expectedCalibrationError([1, 0], [1, 0], { bins: 3 }),
  ],
  [
    "expectedCalibrationError binning must be one of mass, width",
    () => expectedCalibrationError([1, 0], [1, 0], { binning: "other" as "mass" }),
  ],
  [
    "liftTable groupCount must be a whole number from 1 to the number of rows, 2",
    () => liftTable([1, 0], [1, 0], { groupCount: 1.5 }),
  ],
  ["liftTable level must be between 0 and 1", () => liftTable([1, 0], [1, 0], { level: 1 })],
  [
    "evaluateScores replicates must be a whole number of at least 1",
    () => evaluateScores([1, 0], [1, 0], { replicates: 0 }),
  ],
  ["evaluateScores level must be between 0 and 1", () => evaluateScores([1, 0], [1, 0], { level: 95 })],
  ["evaluateScores seed must be a whole number", () => evaluateScores([1, 0], [1, 0], { seed: 0.5 })],
  [
    "evaluateScores groups must have the length of labels, 2",
    () => evaluateScores([1, 0], [1, 0], { groups: [1] }),
  ],
  ["evaluateScores threshold must be finite", () => evaluateScores([1, 0], [1, 0], { threshold: Infinity })],
])("refuses an option: %s", (problem, work) => {
  expect(problemsOf(work)).toEqual([problem]);
});
