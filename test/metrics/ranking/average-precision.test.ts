import { expect, it } from "vitest";
import { averagePrecision } from "../../../src/metrics/ranking/average-precision.js";

it("averagePrecision sums precision over the steps of recall", () => {
  // By hand: recall ½ at precision 1, recall 1 at precision ⅔.
  expect(averagePrecision([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])).toBeCloseTo(0.5 + 0.5 * (2 / 3), 15);
});

it("averagePrecision gives rows of equal score one precision, so that row order does not matter", () => {
  expect(averagePrecision([1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5])).toBe(0.25);
  expect(averagePrecision([0, 0, 0, 1], [0.5, 0.5, 0.5, 0.5])).toBe(0.25);
});
