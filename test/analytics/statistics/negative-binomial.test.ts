import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  negativeBinomialAtLeast,
  negativeBinomialAtMost,
} from "../../../src/analytics/statistics/negative-binomial.js";

describe("negativeBinomialAtLeast", () => {
  // scipy 1.17: nbinom.sf(count - 1, 1 / spread, (1 / spread) / (1 / spread + mean))
  it.each([
    [5, 1, 0.1, 0.006161513123423431],
    [1, 0.2, 0.1, 0.17965170012484413],
    [12, 3, 0.5, 0.012625337548799995],
    [59, 0.1337, 0.1, 5.534380254537553e-101],
    [3, 2.5, 0.01, 0.4546010428252816],
    [40, 30, 0.25, 0.23930560049270524],
  ])("of %d or more at mean %d, size 1 / %d is that of scipy", (count, mean, spread, expected) => {
    // The incomplete beta function is exact to about 1e-13 relative.
    expect(negativeBinomialAtLeast({ mean, size: 1 / spread }, count) / expected).toBeCloseTo(1, 10);
  });
  it("falls with the count, and rises with the mean", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0.2, max: 100, noNaN: true }),
        (count, mean, size) => {
          const tail = negativeBinomialAtLeast({ mean, size }, count);
          const further = negativeBinomialAtLeast({ mean, size }, count + 1);
          const ofMore = negativeBinomialAtLeast({ mean: mean * 1.5, size }, count);
          expect(tail).toBeGreaterThanOrEqual(further * (1 - 1e-9));
          expect(tail).toBeLessThanOrEqual(ofMore * (1 + 1e-9));
          expect(tail).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe("negativeBinomialAtMost", () => {
  // scipy 1.17: nbinom.cdf(k, r, p) and nbinom.sf(k - 1, r, p) with r = mean² / (variance − mean) and p = mean / variance.
  it.each([
    [3, 9, 0, 0.19245008972987523, 1],
    [3, 9, 7, 0.917107835009035, 0.11828357809715342],
    [3, 9, 30, 0.9999868495699887, 1.9430509502876208e-5],
    [217.5, 2500, 150, 0.07709485210956388, 0.9265038298629307],
    [217.5, 2500, 420, 0.9995419978974079, 0.0004801273773774582],
    [0.5, 0.7, 4, 0.9969774891323476, 0.010105578007112839],
    [20_000, 4e6, 27_000, 0.9992942099638196, 0.0007067936221757139],
  ])(
    "of mean %d and variance %d, and the tail above, are those of scipy at %d",
    (mean, variance, count, atMost, atLeast) => {
      const counts = { mean, size: mean ** 2 / (variance - mean) };
      // Both sides differ in the last digits of the incomplete beta function.
      expect(negativeBinomialAtMost(counts, count) / atMost).toBeCloseTo(1, 9);
      expect(negativeBinomialAtLeast(counts, count) / atLeast).toBeCloseTo(1, 9);
    },
  );
  it("is 0 below no count, where the tail above is 1", () => {
    expect(negativeBinomialAtMost({ mean: 0.01, size: 10 }, -1)).toBe(0);
    expect(negativeBinomialAtLeast({ mean: 0.01, size: 10 }, 0)).toBe(1);
  });
  it("leaves to the tail above what it has not", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0.01, max: 200, noNaN: true }),
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        (count, mean, size) => {
          const [below, above] = [
            negativeBinomialAtMost({ mean, size }, count),
            negativeBinomialAtLeast({ mean, size }, count + 1),
          ];
          expect(below + above).toBeCloseTo(1, 12);
        },
      ),
    );
  });
});
