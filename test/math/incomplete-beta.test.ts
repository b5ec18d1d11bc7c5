import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { betaPower, incompleteBeta } from "../../src/math/incomplete-beta.js";

// scipy.special.betainc (Boost) of scipy 1.17.1, for parameters from 0.01 to 10,000 and values down to 1e-60.
const { cases } = JSON.parse(
  readFileSync(new URL("incomplete-beta-cases.json", import.meta.url), "utf8"),
) as { cases: [alpha: number, beta: number, x: number, value: number][] };

describe("incompleteBeta", () => {
  it("agrees with scipy from parameter 0.01 to 10,000", () => {
    // Tails lose some precision: of 1e-60 the logarithm, 138, is a double to 1e-14 only, and its terms are larger.
    const isOff = ([alpha, beta, x, value]: (typeof cases)[number]) =>
      !(Math.abs(incompleteBeta(alpha, beta, x) / value - 1) < 2e-13);
    expect(cases).toHaveLength(90);
    expect(cases.filter(isOff)).toEqual([]);
  });
  it("is 0 at 0 and 1 at 1", () => {
    expect(incompleteBeta(6, 14, 0)).toBe(0);
    expect(incompleteBeta(6, 14, 1)).toBe(1);
  });
  it("is a binomial tail for whole parameters", () => {
    // DLMF 8.17.5: I_x(2, 3) is the probability of at least 2 of 4, 1 − (1 − x)⁴ − 4 x (1 − x)³ = 0.5248 at x = 0.4.
    expect(incompleteBeta(2, 3, 0.4)).toBeCloseTo(0.5248, 15);
  });
});

it("betaPower is x^alpha (1 − x)^beta / B(alpha, beta)", () => {
  // B(2, 3) = 1! · 2! / 4! = 1 / 12: 12 · 0.4² · 0.6³ = 0.41472.
  expect(betaPower(2, 3, 0.4)).toBeCloseTo(0.41472, 15);
  // B(½, ½) = π: √(0.1 · 0.9) / π = 0.3 / π.
  expect(betaPower(0.5, 0.5, 0.1)).toBeCloseTo(0.3 / Math.PI, 15);
});
