import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isotonic, poolAdjacentViolators } from "../../src/calibration/isotonic.js";
import reference from "./sklearn-calibration.json" with { type: "json" };

/*
 * sklearn-calibration.json, "isotonic": scikit-learn 1.9.1,
 *   IsotonicRegression(out_of_bounds="clip").fit(margins, labels).predict(grid)
 */
const MARGINS = Float64Array.from(reference.margins);
const LABELS = Uint8Array.from(reference.labels);
const SAMPLE = fc
  .array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.nat(1)), { minLength: 2, maxLength: 80 })
  .map((rows) => ({
    margins: Float64Array.from(rows, ([margin]) => margin / 8),
    labels: Uint8Array.from(rows, ([, label]) => label),
  }));

describe("isotonic", () => {
  test("is scikit-learn's isotonic regression, kept within [1/(n + 2), (n + 1)/(n + 2)]", () => {
    const fitted = isotonic().fit(MARGINS, LABELS);
    const least = 1 / (LABELS.length + 2);
    const { margins, probabilities } = poolAdjacentViolators(MARGINS, LABELS);
    const isClipped = (probability: number) => probability < least || probability > 1 - least;
    let compared = 0;
    reference.grid.forEach((margin, i) => {
      const expected = Math.min(Math.max(reference.isotonic[i], least), 1 - least);
      // Between a clipped pool and the next one the line starts from the clipped value.
      const next = margins.findIndex((knot) => knot > margin);
      const inSlope = next > 0 && isClipped(probabilities[next]) !== isClipped(probabilities[next - 1]);
      if (inSlope) return;
      compared++;
      expect(fitted.probabilityOf(margin)).toBeCloseTo(expected, 13);
    });
    expect(compared).toBeGreaterThan(80);
  });

  test("never falls and stays within its bounds, whatever the data", () => {
    fc.assert(
      fc.property(SAMPLE, ({ margins, labels }) => {
        const fitted = isotonic().fit(margins, labels);
        const least = 1 / (labels.length + 2);
        let before = least;
        for (let margin = -6; margin <= 6; margin += 0.05) {
          const probability = fitted.probabilityOf(margin);
          expect(probability).toBeGreaterThanOrEqual(before - 1e-15);
          expect(probability).toBeLessThanOrEqual(1 - least);
          before = probability;
        }
      }),
      { seed: 1 },
    );
  });

  test("is constant outside the margins it saw, and everywhere where they are equal", () => {
    const fitted = isotonic().fit(Float64Array.of(1, 2, 3, 4), Uint8Array.of(0, 1, 0, 1));
    expect(fitted.probabilityOf(-100)).toBe(fitted.probabilityOf(1));
    expect(fitted.probabilityOf(100)).toBe(fitted.probabilityOf(4));
    const flat = isotonic().fit(Float64Array.of(2, 2, 2, 2), Uint8Array.of(0, 1, 0, 0));
    expect([-1, 2, 9].map((margin) => flat.probabilityOf(margin))).toEqual([0.25, 0.25, 0.25]);
  });
});

describe("poolAdjacentViolators", () => {
  test("pools by hand: 0 1 0 0 1 over 1 2 3 4 5 is 0, a third over 2 to 4, 1", () => {
    const { margins, probabilities } = poolAdjacentViolators(
      Float64Array.of(5, 1, 4, 2, 3),
      Uint8Array.of(1, 0, 0, 1, 0),
    );
    expect(margins).toEqual([1, 2, 4, 5]);
    expect(probabilities).toEqual([0, 1 / 3, 1 / 3, 1]);
  });

  test("counts rows of equal margin as one", () => {
    expect(poolAdjacentViolators(Float64Array.of(1, 1, -0, 0), Uint8Array.of(1, 0, 0, 0))).toEqual({
      margins: [0, 1],
      probabilities: [0, 0.5],
    });
  });

  test("keeps the mean: calibrated probabilities of the rows add up to the churners", () => {
    fc.assert(
      fc.property(SAMPLE, ({ margins, labels }) => {
        const pools = poolAdjacentViolators(margins, labels);
        const sum = margins.reduce((total, margin) => {
          const knot = pools.margins.findIndex((each) => each >= margin);
          return total + pools.probabilities[knot];
        }, 0);
        expect(sum).toBeCloseTo(
          labels.reduce((total, label) => total + label, 0),
          9,
        );
      }),
      { seed: 2 },
    );
  });
});
