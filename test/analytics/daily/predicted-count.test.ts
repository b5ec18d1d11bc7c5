import { describe, expect, test } from "vitest";
import { expectedCount, overdispersion, residualsOf } from "../../../src/analytics/daily/expected-count.js";
import { predictedCount, twoSided, usualRange } from "../../../src/analytics/daily/predicted-count.js";

describe("a predicted count", () => {
  // scipy 1.17: nbinom.cdf(k, r, p) and nbinom.sf(k - 1, r, p) with r = mean² / (variance − mean) and p = mean / variance.
  test.each([
    [3, 9, 0, 0.19245008972987523, 1],
    [3, 9, 7, 0.917107835009035, 0.11828357809715342],
    [3, 9, 30, 0.9999868495699887, 1.9430509502876208e-5],
    [217.5, 2500, 150, 0.07709485210956388, 0.9265038298629307],
    [217.5, 2500, 420, 0.9995419978974079, 0.0004801273773774582],
    [0.5, 0.7, 4, 0.9969774891323476, 0.010105578007112839],
    [20_000, 4e6, 27_000, 0.9992942099638196, 0.0007067936221757139],
  ])(
    "of mean %d and variance %d is negative binomial, as scipy says of %d",
    (mean, variance, count, atMost, atLeast) => {
      expect(twoSided({ mean, variance }, count)).toBeCloseTo(Math.min(1, 2 * Math.min(atMost, atLeast)), 9);
    },
  );

  // scipy 1.17: nbinom.ppf of 0.025 and 0.975.
  test.each([
    [3, 9, 0, 11],
    [217.5, 2500, 130, 325],
    [0.5, 0.7, 0, 3],
    [20_000, 4e6, 16_272, 24_105],
  ])(
    "of mean %d and variance %d has the quantiles of scipy as its usual range",
    (mean, variance, low, high) => {
      expect(usualRange({ mean, variance }, 0.05)).toEqual([low, high]);
    },
  );

  test("varies by the dispersion, and by the median of eight days with π/16 more", () => {
    expect(predictedCount(100, 3, 8)).toEqual({ mean: 100, variance: 300 * (1 + Math.PI / 16) });
  });
});

describe("expectedCount", () => {
  test("is the median of counts from 5 on, which a holiday does not move", () => {
    expect(expectedCount([[20, 22, 21, 19, 23, 20, 900, 21], [0]], 0, 1)).toBe(21);
  });

  test("of small counts is halfway between the weekday's mean and that of all, with half an event more", () => {
    // (3/4 + (5 + 1/2)/8) / 2
    expect(
      expectedCount(
        [
          [0, 1, 0, 2],
          [1, 0, 1, 0],
        ],
        0,
        1,
      ),
    ).toBeCloseTo((0.75 + 5.5 / 8) / 2, 12);
    // A burst counts as 6 √1 above the median 0.
    expect(expectedCount([[0, 0, 0, 500]], 0, 1)).toBeCloseTo((1.5 + 6.5 / 4) / 2, 12);
  });
});

describe("overdispersion", () => {
  const weeks = (...counts: number[]) => Array.from({ length: 7 }, () => counts);

  test("is 1 for counts that vary less than those of a Poisson distribution", () => {
    expect(overdispersion(residualsOf(weeks(100, 100, 101, 100)), 1)).toBe(1);
  });

  test("is the mean squared residual over its expectation, without the largest 5%", () => {
    // Residuals −20, −10, 10, 20 of 100: squares 4, 1, 1, 4 with 4/3 for the fit; of 28 the largest (16/3) is left out.
    const squares = [...Array(14).fill(16 / 3), ...Array(14).fill(4 / 3)].sort((a, b) => a - b);
    const kept = squares.slice(0, 27).reduce((sum, each) => sum + each, 0);
    expect(overdispersion(residualsOf(weeks(80, 90, 110, 120)), 1)).toBeCloseTo(kept / 28 / 0.7209, 10);
  });

  test("of small counts is at least that of the small counts of all regions", () => {
    expect(overdispersion(residualsOf(weeks(0, 1, 0, 1)), 3)).toBe(3);
    expect(overdispersion(residualsOf(weeks(100, 100, 101, 100)), 3)).toBe(1);
  });
});
