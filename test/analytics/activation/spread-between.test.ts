import { describe, expect, test } from "vitest";
import { medianSpread, spreadBetween } from "../../../src/analytics/activation/spread-between.js";

describe("spreadBetween", () => {
  test("is 0 where counts vary as Poisson counts do or less, and for none", () => {
    expect(spreadBetween([{ observed: 4, expected: 4 }])).toBe(0);
    expect(spreadBetween([])).toBe(0);
  });

  test("is ((10 − 4)² − 4 + (0 − 2)² − 2) / (4² + 2²) of two counts", () => {
    expect(
      spreadBetween([
        { observed: 10, expected: 4 },
        { observed: 0, expected: 2 },
      ]),
    ).toBeCloseTo(34 / 20, 12);
  });
});

describe("medianSpread", () => {
  test("is 0 where the median dealer is as expected, however far off others are, and for none", () => {
    const counts = [4, 5, 3, 80, 90].map((observed) => ({ observed, expected: 4 }));
    expect(medianSpread(counts)).toBe(0);
    expect(medianSpread([])).toBe(0);
  });

  test("is near the spread of gamma means where chance matters little", () => {
    // Quantiles of a gamma distribution of mean 1 and variance 0.25: scipy 1.17, gamma.ppf((i + ½) / 9, 4, scale=.25).
    const means = [0.354, 0.532, 0.666, 0.79, 0.918, 1.059, 1.228, 1.458, 1.899];
    const counts = means.map((mean) => ({ observed: 10_000 * mean, expected: 10_000 }));
    expect(medianSpread(counts)).toBeGreaterThan(0.12);
    expect(medianSpread(counts)).toBeLessThan(0.4);
  });
});
