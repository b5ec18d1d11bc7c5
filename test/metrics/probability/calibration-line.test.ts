import { describe, expect, it } from "vitest";
import {
  calibrationIntercept,
  calibrationSlope,
  calibrationSlopeAndIntercept,
} from "../../../src/metrics/probability/calibration-line.js";
import * as golden from "../golden.js";

const logistic = (margin: number) => 1 / (1 + Math.exp(-margin));

describe("calibrationSlopeAndIntercept", () => {
  it("is the maximum likelihood line", () => {
    // scikit-learn 1.9.1, LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-14) on logit(p).
    const { slope, intercept } = calibrationSlopeAndIntercept(golden.labels, golden.scores);
    expect(slope).toBeCloseTo(0.918026, 6);
    expect(intercept).toBeCloseTo(-1.443031, 6);
    expect(calibrationSlope(golden.labels, golden.scores)).toBe(slope);
    expect(calibrationIntercept(golden.labels, golden.scores)).toBe(intercept);
  });
  it("solves the score equations to machine precision", () => {
    const { slope, intercept } = calibrationSlopeAndIntercept(golden.labels, golden.scores);
    let residual = 0;
    let slopeResidual = 0;
    golden.scores.forEach((p, i) => {
      const x = Math.log(p / (1 - p));
      residual += golden.labels[i] - logistic(intercept + slope * x);
      slopeResidual += x * (golden.labels[i] - logistic(intercept + slope * x));
    });
    expect(Math.abs(residual)).toBeLessThan(1e-13);
    expect(Math.abs(slopeResidual)).toBeLessThan(1e-13);
  });
  it("finds 1 and 0 where observed rates equal probabilities", () => {
    // 1 of 4 at ¼, 3 of 4 at ¾, 1 of 2 at ½.
    const probabilities = [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75, 0.5, 0.5];
    const { slope, intercept } = calibrationSlopeAndIntercept([1, 0, 0, 0, 1, 1, 1, 0, 1, 0], probabilities);
    expect(slope).toBeCloseTo(1, 14);
    expect(intercept).toBeCloseTo(0, 14);
  });
  it("converges from absurd probabilities", () => {
    // Two scores: the line goes through both observed log-odds, log(1/3) at ±L = logit(1e-12) and log(3).
    const labels = [1, 0, 0, 0, 1, 1, 1, 0];
    const probabilities = [...new Array<number>(4).fill(1 - 1e-12), ...new Array<number>(4).fill(1e-12)];
    const { slope, intercept } = calibrationSlopeAndIntercept(labels, probabilities);
    const low = Math.log(1e-12 / (1 - 1e-12));
    const high = Math.log((1 - 1e-12) / (1 - (1 - 1e-12)));
    const expectedSlope = (-2 * Math.log(3)) / (high - low);
    expect(slope / expectedSlope).toBeCloseTo(1, 12);
    expect(intercept).toBeCloseTo(Math.log(3) - expectedSlope * low, 12);
  });
  it("converges where whole Newton steps diverge", () => {
    const logOdds = [
      -3.81, 0.97, -0.63, -1.06, 0.95, -0.23, -0.2, 0.84, -0.25, -1.21, -1.28, 0.87, -1.1, -1.67, -1.39,
      -5.12, 0.05, -0.38, -0.31, -0.22, 0.36, -0.15, -1.3,
    ];
    const labels = logOdds.map((_, i) => (i === 0 ? 1 : 0));
    const { slope, intercept } = calibrationSlopeAndIntercept(labels, logOdds.map(logistic));
    // scipy 1.17.1: minimize(log-likelihood, method="trust-exact"), gradient there below 2e-11.
    expect(slope).toBeCloseTo(-1.0250699748, 9);
    expect(intercept).toBeCloseTo(-5.1215376355, 9);
  });
  it("survives probabilities of exactly 0 and 1", () => {
    const { slope } = calibrationSlopeAndIntercept([1, 0, 1, 0], [0, 0, 1, 1]);
    expect(slope).toBeCloseTo(0, 12);
  });
  it.each([
    ["all probabilities are equal", [1, 0, 1], [0.4, 0.4, 0.4]],
    ["a threshold separates the classes", [1, 1, 0, 0], [0.9, 0.8, 0.3, 0.2]],
    ["a threshold separates them the wrong way", [1, 1, 0, 0], [0.1, 0.2, 0.3, 0.4]],
    ["the classes touch at one probability only", [1, 1, 0, 0], [0.9, 0.5, 0.5, 0.2]],
  ])("refuses where %s", (_, labels, probabilities) => {
    expect(() => calibrationSlope(labels, probabilities)).toThrow(
      /^calibrationSlope: probabilities: must overlap between the classes/,
    );
  });
});
