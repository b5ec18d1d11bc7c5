import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../src/math/normal-quantile.js";
import { wilsonInterval } from "../../src/math/wilson-interval.js";

describe("normalQuantile", () => {
  // scipy 1.17.1: norm.ppf(p), in the three regions of the algorithm.
  it.each([
    [0.5, 0],
    [0.3, -0.5244005127080409],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [1e-9, -5.9978070150076865],
    [1e-300, -37.0470962993612],
  ])("of %d is that of scipy", (probability, expected) => {
    expect(Math.abs(normalQuantile(probability) - expected)).toBeLessThanOrEqual(1e-14 * Math.abs(expected));
  });
});

describe("wilsonInterval", () => {
  // scipy 1.17.1: binomtest(k, n).proportion_ci(0.95, method="wilson").
  it.each([
    [0, 20, 0, 0.16112515805281935],
    [7, 50, 0.06950833427016292, 0.26186193710585537],
    [30, 30, 0.8864866068260312, 1],
  ])("of %d in %d is that of scipy", (successes, trials, low, high) => {
    const interval = wilsonInterval(successes / trials, trials, 0.95);
    expect(interval.low).toBeCloseTo(low, 14);
    expect(interval.high).toBeCloseTo(high, 14);
  });
  it("lies in [0, 1] and holds the rate, to the last bit", () => {
    for (let trials = 1; trials <= 60; trials++) {
      for (let successes = 0; successes <= trials; successes++) {
        const rate = successes / trials;
        const { low, high } = wilsonInterval(rate, trials, 0.95);
        expect(low >= 0 && low <= rate && rate <= high && high <= 1).toBe(true);
      }
    }
  });
});
