import { expect, it } from "vitest";
import { brierScore } from "../../../src/metrics/probability/brier-score.js";
import * as golden from "../golden.js";

it("brierScore is the mean squared difference", () => {
  expect(brierScore(golden.labels, golden.scores)).toBeCloseTo(0.174395, 14);
  expect(brierScore([1], [0.25])).toBe(0.5625);
});

it("brierScore weighs rows and is defined for one class", () => {
  expect(brierScore([0, 0], [1, 0], { weights: [1, 3] })).toBe(0.25);
});
