import { describe, expect, test } from "vitest";
import { fitPowerLaw, gainOfTwice } from "../../../src/training/learning-curve/power-law.js";

const ROWS = [100, 200, 400, 700, 1000];
const ERRORS = [0.006, 0.003, 0.0015, 0.001];

/** Of errors, where neighbours have that correlation. */
function covarianceOf(errors: readonly number[], correlation = 0): Float64Array {
  const cells = errors.flatMap((a, i) =>
    errors.map((b, j) => (i === j ? a * b : Math.abs(i - j) === 1 ? correlation * a * b : 0)),
  );
  return Float64Array.from(cells);
}

/** Gains of the law 0.4 + excess × (rows / 1000)^(−exponent). */
function gainsOf(excess: number, exponent: number): Float64Array {
  const levels = ROWS.map((rows) => excess * (rows / 1000) ** -exponent);
  return Float64Array.from(levels.slice(1), (level, step) => levels[step] - level);
}

describe("fitPowerLaw(rows, gains)", () => {
  // scipy 1.17.1: curve_fit of the gains with sigma = the covariance, absolute_sigma, bounds 0.5 to 1.5 for the exponent.
  test.each([
    {
      gains: [0.03, 0.016, 0.007, 0.004],
      correlation: 0,
      excess: 0.00981769,
      exponent: 0.82753537,
      misfit: 0.70342,
    },
    {
      gains: [0.041, 0.012, 0.006, 0.0021],
      correlation: -0.4,
      excess: 0.00312094,
      exponent: 1.30139394,
      misfit: 1.2326,
    },
    {
      gains: [0.014, 0.01, 0.0055, 0.0033],
      correlation: -0.4,
      excess: 0.01517877,
      exponent: 0.5,
      misfit: 0.128,
    },
  ])("is that of scipy for gains of $gains", ({ gains, correlation, excess, exponent, misfit }) => {
    const law = fitPowerLaw(ROWS, {
      gains: Float64Array.from(gains),
      covariance: covarianceOf(ERRORS, correlation),
    });
    // Exponents are tried in steps of 0.01; what twice the rows gain depends little on it.
    expect(Math.abs(law.exponent - exponent)).toBeLessThanOrEqual(0.005);
    expect(Math.abs(law.excess / excess - 1)).toBeLessThan(0.025);
    const twice = (b: number, c: number) => b * (1 - 2 ** -c);
    expect(Math.abs(twice(law.excess, law.exponent) / twice(excess, exponent) - 1)).toBeLessThan(0.01);
    expect(law.misfit).toBeCloseTo(misfit, 3);
  });

  test("finds the law that gains without noise follow", () => {
    const law = fitPowerLaw(ROWS, { gains: gainsOf(0.02, 0.8), covariance: covarianceOf(ERRORS) });
    expect(law.excess).toBeCloseTo(0.02, 8);
    expect(law.exponent).toBeCloseTo(0.8, 8);
    expect(law.misfit).toBeCloseTo(0, 6);
  });

  test("fits losses that rise with the rows by an excess below 0", () => {
    const law = fitPowerLaw(ROWS, { gains: gainsOf(-0.01, 1), covariance: covarianceOf(ERRORS) });
    expect(law.excess).toBeCloseTo(-0.01, 8);
  });

  test("equal predictions of two subsets do not break it", () => {
    const law = fitPowerLaw(ROWS, { gains: new Float64Array(4), covariance: new Float64Array(16) });
    expect(law.excess).toBe(0);
  });
});

describe("gainOfTwice(rows, gains, seed)", () => {
  test("is the law at twice the rows, with an interval that holds it", () => {
    const paired = { gains: gainsOf(0.02, 0.8), covariance: covarianceOf(ERRORS) };
    const { value, low, high } = gainOfTwice(ROWS, paired, 0);
    expect(value).toBeCloseTo(0.02 * (1 - 2 ** -0.8), 8);
    expect(low > 0 && low < value && value < high).toBe(true);
    expect(gainOfTwice(ROWS, paired, 0)).toEqual({ value, low, high });
  });

  test("is narrower with smaller errors, and wider where the gains follow no power law", () => {
    const widthOf = (gains: Float64Array, scale: number) => {
      const errors = ERRORS.map((error) => scale * error);
      const { low, high } = gainOfTwice(ROWS, { gains, covariance: covarianceOf(errors) }, 0);
      return high - low;
    };
    const smooth = gainsOf(0.02, 0.8);
    expect(widthOf(smooth, 0.1)).toBeLessThan(0.2 * widthOf(smooth, 1));
    expect(widthOf(Float64Array.of(0.03, -0.02, 0.02, -0.01), 1)).toBeGreaterThan(3 * widthOf(smooth, 1));
  });
});
