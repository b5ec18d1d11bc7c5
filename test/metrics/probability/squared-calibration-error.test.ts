import { mean } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { squaredCalibrationError } from "../../../src/metrics/probability/squared-calibration-error.js";
import { createRandom } from "../../../src/random.js";
import * as golden from "../golden.js";
import { referenceCases } from "../reference.js";

describe("squaredCalibrationError", () => {
  it("has the golden values in 5 bins of equal mass", () => {
    const { plugIn, debiased } = squaredCalibrationError(golden.labels, golden.scores, { bins: 5 });
    expect(plugIn).toBeCloseTo(0.05434875, 12);
    expect(debiased).toBeCloseTo(0.01268208333, 10);
  });
  it("agrees with numpy on rows without ties", () => {
    const [{ labels, probabilities, squaredCalibrationError: expected }] = referenceCases;
    const found = squaredCalibrationError(labels, probabilities, { bins: 7 });
    expect(found.plugIn).toBeCloseTo(expected?.plugIn ?? Number.NaN, 14);
    expect(found.debiased).toBeCloseTo(expected?.debiased ?? Number.NaN, 14);
  });
  it("is unbiased for calibrated probabilities, where the plug-in estimate is not", () => {
    const random = createRandom(8, "debiased calibration error");
    const samples = 600;
    const found = Array.from({ length: samples }, () => {
      const probabilities = Float64Array.from({ length: 100 }, () => random.next());
      const labels = Uint8Array.from(probabilities, (p) => (random.next() < p ? 1 : 0));
      return squaredCalibrationError(labels, probabilities, { bins: 10 });
    });
    const debiased = found.map((each) => each.debiased ?? Number.NaN);
    const error = Math.sqrt(mean(debiased.map((value) => value ** 2)) / samples);
    expect(Math.abs(mean(debiased))).toBeLessThan(3 * error);
    // Each bin of 10 rows adds p (1 − p) / 10, whose mean is 1/60.
    expect(mean(found.map(({ plugIn }) => plugIn))).toBeGreaterThan(10 * error);
  });
  it("puts p in bin ⌊bins · p⌋ where bins are of equal width, and leaves bins of one row out of debiased", () => {
    // Bins [0, ½) of one row and [½, 1] of two: (¼ − 1)² and (¾ − ½)², the latter less ½ · ½ / 1.
    const options = { bins: 2, binning: "width" } as const;
    const { plugIn, debiased } = squaredCalibrationError([1, 0, 1], [0.25, 0.5, 1], options);
    expect(plugIn).toBeCloseTo((0.75 ** 2 + 2 * 0.25 ** 2) / 3, 15);
    expect(debiased).toBeCloseTo(0.25 ** 2 - 0.25, 15);
  });
  it("has no debiased estimate where no bin has two rows", () => {
    expect(squaredCalibrationError([1], [0.75])).toEqual({ plugIn: 0.0625, debiased: null });
    expect(squaredCalibrationError([1, 0], [0.5, 0.5], { bins: 2 }).debiased).toBeNull();
    // Weights that are not whole: rows count once, by Kish's effective number.
    expect(squaredCalibrationError([1], [0.75], { weights: [2.5] }).debiased).toBeNull();
  });
  it("uses 15 bins, or half the number of rows when there are fewer than 30", () => {
    const found = squaredCalibrationError(golden.labels, golden.scores);
    expect(found).toEqual(squaredCalibrationError(golden.labels, golden.scores, { bins: 10 }));
    const [{ labels, probabilities }] = referenceCases;
    expect(squaredCalibrationError(labels, probabilities)).toEqual(
      squaredCalibrationError(labels, probabilities, { bins: 15 }),
    );
  });
});
