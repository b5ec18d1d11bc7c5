import { expect, test } from "vitest";
import { meanAndError } from "../../src/math/mean-and-error.js";

test("meanAndError: the mean, and the sample deviation over the root of the count", () => {
  // Deviations −3, −1, 1, 3: variance 20/3, its mean's error √(20/3/4).
  const { mean, error } = meanAndError([2, 4, 6, 8]);
  expect(mean).toBe(5);
  expect(error).toBeCloseTo(Math.sqrt(20 / 12), 14);
  expect(meanAndError([7])).toEqual({ mean: 7, error: 0 });
});
