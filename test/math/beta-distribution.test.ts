import { describe, expect, it } from "vitest";
import { expectedExcess } from "../../src/math/beta-distribution.js";

describe("expectedExcess", () => {
  it("of a uniform variable over a limit is (1 − limit)² / 2", () => {
    for (const limit of [0, 0.2, 0.5, 0.9, 1]) {
      expect(expectedExcess({ alpha: 1, beta: 1 }, limit)).toBeCloseTo((1 - limit) ** 2 / 2, 15);
    }
  });
  it("of Beta(6, 14) over 0.3 is what scipy integrates", () => {
    // scipy 1.17.1: quad(lambda x: (x - 0.3) * beta.pdf(x, 6, 14), 0.3, 1, epsabs=0, epsrel=1e-13)
    expect(expectedExcess({ alpha: 6, beta: 14 }, 0.3)).toBeCloseTo(0.04024418637822296, 15);
    expect(expectedExcess({ alpha: 6, beta: 14 }, 0.6)).toBeCloseTo(9.906469199255972e-5, 15);
  });
  it("is the mean over a limit of 0, nothing over 1, and never negative", () => {
    expect(expectedExcess({ alpha: 6, beta: 14 }, 0)).toBe(0.3);
    expect(expectedExcess({ alpha: 6, beta: 14 }, 1)).toBe(0);
    for (let limit = 0.5; limit < 1; limit += 0.001) {
      expect(expectedExcess({ alpha: 600, beta: 1400 }, limit)).toBeGreaterThanOrEqual(0);
    }
  });
});
