import { describe, expect, it } from "vitest";
import { normalCdf } from "../../src/math/normal-cdf.js";
import { normalQuantile } from "../../src/math/normal-quantile.js";

describe("normalCdf", () => {
  // mpmath 1.4.1 with 40 digits: erfc(−z / √2) / 2; scipy.special.ndtr is within 3e-13 of it.
  it.each([
    [-37.5, 4.605353009581955e-308],
    [-30, 4.906713927148187e-198],
    [-20.5, 1.076467325879096e-93],
    [-12, 1.776482112077679e-33],
    [-8.3, 5.205569744890254e-17],
    [-6, 9.86587645037698e-10],
    [-5.66, 7.568649751997714e-9],
    [-5.65, 8.022391850663497e-9],
    [-4.5, 3.3976731247300603e-6],
    [-3, 0.0013498980316300946],
    [-1.96, 0.024997895148220435],
    [-1, 0.15865525393145705],
    [-0.7, 0.24196365222307303],
    [-0.67, 0.2514288950953101],
    [-0.3, 0.3820885778110474],
    [-1e-9, 0.49999999960105773],
    [0, 0.5],
    [0.25, 0.5987063256829237],
    [0.675, 0.750162117528223],
    [1.5, 0.9331927987311419],
    [3, 0.9986501019683699],
    [5.7, 0.9999999940096286],
    [8, 0.9999999999999993],
  ])("of %d is right to 1e-15", (z, expected) => {
    expect(Math.abs(normalCdf(z) / expected - 1)).toBeLessThanOrEqual(1e-15);
  });
  it("is right down to the smallest numbers", () => {
    // Numbers this small have a spacing of 5e-324, of which the exponentials may lose some.
    expect(Math.abs(normalCdf(-38) * 1e300 - 2.8854283600687843e-16)).toBeLessThanOrEqual(2e-23);
    expect(normalCdf(-40)).toBe(0);
    expect(normalCdf(-Infinity)).toBe(0);
    expect(normalCdf(40)).toBe(1);
    expect(normalCdf(Infinity)).toBe(1);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });
  it("is the inverse of the quantile", () => {
    for (const probability of [1e-300, 1e-20, 1e-5, 0.02, 0.25, 0.5, 0.6, 0.9, 0.999]) {
      // The quantile's own 1e-15 grows by its slope, up to z² = 1400 times, in the tail.
      expect(Math.abs(normalCdf(normalQuantile(probability)) / probability - 1)).toBeLessThan(1e-12);
    }
  });
});
