import { expect, it } from "vitest";
import { logLoss } from "../../../src/metrics/probability/log-loss.js";

it("logLoss takes the natural logarithm", () => {
  expect(logLoss([1, 0], [0.8, 0.4])).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 15);
});

it("logLoss clips at 1e-15, so that a certain mistake is finite", () => {
  expect(logLoss([1], [0])).toBeCloseTo(15 * Math.LN10, 12);
  // 1 − 1e-15 is not a float64: its neighbour 1 − 9.99e-16 is, 3·10⁻⁵ of the logarithm away.
  expect(logLoss([0], [1])).toBeCloseTo(15 * Math.LN10, 2);
});

it("logLoss of a right and certain row is 0 to 1e-15, also for one class", () => {
  expect(logLoss([1], [1])).toBeLessThan(2e-15);
  expect(logLoss([0, 0], [0, 0])).toBeLessThan(2e-15);
});

it("logLoss weighs rows", () => {
  const expected = -(3 * Math.log(0.8) + Math.log(0.6)) / 4;
  expect(logLoss([1, 0], [0.8, 0.4], { weights: [3, 1] })).toBeCloseTo(expected, 15);
});
