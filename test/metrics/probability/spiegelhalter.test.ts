import { describe, expect, it } from "vitest";
import { spiegelhalterZ } from "../../../src/metrics/probability/spiegelhalter.js";
import * as golden from "../golden.js";
import { referenceCases } from "../reference.js";

describe("spiegelhalterZ", () => {
  it("has the golden values", () => {
    const { z, pValue } = spiegelhalterZ(golden.labels, golden.scores);
    expect(z).toBeCloseTo(0.249608, 7);
    expect(pValue).toBeCloseTo(0.8028905, 7);
  });
  it.each(referenceCases)("agrees with scipy on a sample with $name", (reference) => {
    const { labels, probabilities, options } = reference;
    const { z, pValue } = spiegelhalterZ(labels, probabilities, options);
    // The reference takes the numerator from a difference of sums.
    expect(z).toBeCloseTo(reference.spiegelhalterZ, 12);
    expect(pValue).toBeCloseTo(reference.spiegelhalterPValue, 12);
  });
  it("is what a hand calculation gives", () => {
    // One row at 0.8 that does not churn: −0.8 · −0.6 / √(0.36 · 0.16) = 2.
    expect(spiegelhalterZ([0], [0.8]).z).toBeCloseTo(2, 14);
    // scipy 1.17.1: 2 · ndtr(−2).
    expect(spiegelhalterZ([0], [0.8]).pValue).toBeCloseTo(0.04550026389635842, 14);
  });
  it("is above 0 for probabilities too extreme and below 0 for those not extreme enough", () => {
    const labels = Array.from({ length: 100 }, (_, i) => (i % 10 < (i < 50 ? 7 : 3) ? 1 : 0));
    const saying = (p: number) =>
      spiegelhalterZ(
        labels,
        labels.map((_, i) => (i < 50 ? p : 1 - p)),
      ).z;
    expect(saying(0.95)).toBeGreaterThan(3);
    expect(saying(0.55)).toBeLessThan(-0.4);
    expect(saying(0.7)).toBeCloseTo(0, 12);
  });
  it("refuses probabilities that leave the Brier score no variance", () => {
    expect(() => spiegelhalterZ([1, 0, 1], [0, 0.5, 1])).toThrow(
      /^spiegelhalterZ: probabilities: must give the Brier score a variance, received "probabilities of 0, ½ and 1 only"/,
    );
    expect(() => spiegelhalterZ([1, 0], [0.5, 0.3], { weights: [1, 0] })).toThrow(/a variance/);
  });
});
