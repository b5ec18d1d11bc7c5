import { describe, expect, it } from "vitest";
import {
  calibrationInTheLarge,
  calibrationInTheLargeOver,
} from "../../../src/metrics/probability/calibration-in-the-large.js";
import * as golden from "../golden.js";
import { referenceCases } from "../reference.js";

describe("calibrationInTheLarge", () => {
  it("has the golden value", () => {
    expect(calibrationInTheLarge(golden.labels, golden.scores)).toBeCloseTo(-1.479873, 6);
  });
  it.each(referenceCases)("agrees with scipy on a sample with $name", (reference) => {
    const { labels, probabilities, options } = reference;
    // The root is as exact as the sum whose sign it is: some 100 roundings.
    expect(calibrationInTheLarge(labels, probabilities, options)).toBeCloseTo(
      reference.calibrationInTheLarge,
      13,
    );
  });
  it("is the difference of log-odds where all probabilities are equal", () => {
    // 1 of 4 at 0.5, and at 0.9.
    expect(calibrationInTheLarge([1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5])).toBeCloseTo(Math.log(1 / 3), 14);
    expect(calibrationInTheLarge([1, 0, 0, 0], [0.9, 0.9, 0.9, 0.9])).toBeCloseTo(Math.log(1 / 27), 14);
  });
  it("makes the mean probability the observed rate", () => {
    const intercept = calibrationInTheLarge(golden.labels, golden.scores);
    const shifted = golden.scores.map((p) => 1 / (1 + Math.exp(-intercept) * (1 / p - 1)));
    expect(shifted.reduce((a, b) => a + b)).toBeCloseTo(4, 13);
  });
  it("exists where one threshold separates the classes, and at 0 and 1", () => {
    expect(calibrationInTheLarge([1, 0], [0.8, 0.2])).toBeCloseTo(0, 14);
    expect(calibrationInTheLarge([1, 0], [1, 0])).toBeCloseTo(0, 14);
    expect(calibrationInTheLarge([0, 1], [1, 0])).toBeCloseTo(0, 14);
    // Of three certain churners one churns: the clipped log-odds 34.5 have to come down to log(1/2).
    const clipped = Math.log(1 - 1e-15) - Math.log1p(-(1 - 1e-15));
    expect(calibrationInTheLarge([1, 0, 0], [1, 1, 1])).toBeCloseTo(Math.log(1 / 2) - clipped, 12);
  });
  it("converges where whole Newton steps would leave the bracket", () => {
    // One churner among many at 1e-9, one other at 0.5: (n − 1) at log-odds −20.7.
    const labels = [0, ...new Array<number>(50).fill(1)];
    const probabilities = [0.5, ...new Array<number>(50).fill(1e-9)];
    const intercept = calibrationInTheLarge(labels, probabilities);
    const expected = probabilities.map((p) => 1 / (1 + Math.exp(-intercept) * (1 / p - 1)));
    expect(expected.reduce((a, b) => a + b)).toBeCloseTo(50, 12);
  });
  it("can be computed for other weights at the same probabilities, and is NaN where a class has none", () => {
    const over = calibrationInTheLargeOver(Float64Array.of(0.8, 0.5));
    const found = over(Float64Array.of(1, 2), Float64Array.of(3, 0));
    expect(found).toBeCloseTo(calibrationInTheLarge([1, 1, 1, 0, 0, 0], [0.8, 0.5, 0.5, 0.8, 0.8, 0.8]), 14);
    expect(over(Float64Array.of(0, 0), Float64Array.of(1, 1))).toBeNaN();
    expect(over(Float64Array.of(1, 1), Float64Array.of(0, 0))).toBeNaN();
  });
});
