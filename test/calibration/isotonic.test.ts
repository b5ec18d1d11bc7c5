import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tallyMargins } from "../../src/calibration/calibrator.js";
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

function poolsOf(margins: ArrayLike<number>, labels: ArrayLike<number>) {
  return poolAdjacentViolators(tallyMargins("isotonic", margins, labels, undefined));
}

describe("isotonic", () => {
  test("takes the probability of a pool at the mean of its margins, and straight lines between", () => {
    const fitted = isotonic().fit([0, 1, 1, 5, 6, 10, 11], [0, 1, 0, 1, 1, 0, 1]);
    // Pools: 0 at 0, 1/2 at 1, 2/3 over 5, 6, 10 with mean 7, 1 at 11; the ends become 1/3 and 2/3 by Laplace's rule.
    expect(fitted.toJSON()).toEqual({
      method: "isotonic",
      margins: [0, 1, 7, 11],
      probabilities: [1 / 3, 1 / 2, 2 / 3, 2 / 3],
    });
    expect(fitted.probabilityOf(4)).toBeCloseTo((1 / 2 + 2 / 3) / 2, 15);
  });

  test("keeps a pool of n rows of one label from 0 and 1 by Laplace's rule, and from its neighbour's far side", () => {
    const { probabilities } = isotonic()
      .fit([0, 0, 0, 1, 1, 2, 2, 2, 2], [0, 0, 0, 1, 0, 1, 1, 1, 1])
      .toJSON();
    expect(probabilities).toEqual([1 / 5, 1 / 2, 5 / 6]);
    // One row alone says at least a third, more than the tenth of those above it.
    const crossed = isotonic()
      .fit([0, ...new Array<number>(10).fill(1)], [0, 1, ...new Array<number>(9).fill(0)])
      .toJSON();
    expect(crossed.probabilities).toEqual([1 / 10, 1 / 10]);
  });

  test("never falls and stays inside (0, 1), whatever the data", () => {
    fc.assert(
      fc.property(SAMPLE, ({ margins, labels }) => {
        const fitted = isotonic().fit(margins, labels);
        let before = 0;
        for (let margin = -6; margin <= 6; margin += 0.05) {
          const probability = fitted.probabilityOf(margin);
          expect(probability).toBeGreaterThanOrEqual(before - 1e-15);
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThan(1);
          before = probability;
        }
      }),
      { seed: 1 },
    );
  });

  test("is constant outside the points, and everywhere where margins are equal", () => {
    const fitted = isotonic().fit(Float64Array.of(1, 2, 3, 4), Uint8Array.of(0, 1, 0, 1));
    expect(fitted.probabilityOf(-100)).toBe(fitted.probabilityOf(1));
    expect(fitted.probabilityOf(100)).toBe(fitted.probabilityOf(4));
    const flat = isotonic().fit(Float64Array.of(2, 2, 2, 2), Uint8Array.of(0, 1, 0, 0));
    expect([-1, 2, 9].map((margin) => flat.probabilityOf(margin))).toEqual([0.25, 0.25, 0.25]);
  });
});

describe("poolAdjacentViolators", () => {
  test("is scikit-learn's isotonic regression within its pools", () => {
    const pools = poolsOf(MARGINS, LABELS);
    let compared = 0;
    reference.grid.forEach((margin, i) => {
      const pool = pools.find(({ first, last }) => first <= margin && margin <= last);
      if (pool === undefined) return;
      compared++;
      expect(pool.churned / pool.mass).toBeCloseTo(reference.isotonic[i], 13);
    });
    expect(compared).toBe(63);
  });

  test("pools by hand: 0 1 0 0 1 over 1 2 3 4 5 is 0, a third over 2 to 4, 1", () => {
    expect(poolsOf([5, 1, 4, 2, 3], [1, 0, 0, 1, 0])).toEqual([
      { first: 1, last: 1, centre: 1, churned: 0, mass: 1 },
      { first: 2, last: 4, centre: 3, churned: 1, mass: 3 },
      { first: 5, last: 5, centre: 5, churned: 1, mass: 1 },
    ]);
  });

  test("counts rows of equal margin as one", () => {
    expect(poolsOf([1, 1, -0, 0], [1, 0, 0, 0]).map(({ churned, mass }) => churned / mass)).toEqual([0, 0.5]);
  });

  test("keeps the mean, and the pools' rates and centres strictly rise", () => {
    fc.assert(
      fc.property(SAMPLE, ({ margins, labels }) => {
        const pools = poolsOf(margins, labels);
        const churned = labels.reduce((total, label) => total + label, 0);
        expect(pools.reduce((total, pool) => total + pool.churned, 0)).toBe(churned);
        pools.forEach((pool, i) => {
          expect(pool.centre).toBeGreaterThanOrEqual(pool.first);
          expect(pool.centre).toBeLessThanOrEqual(pool.last);
          if (i === 0) return;
          const before = pools[i - 1];
          expect(pool.first).toBeGreaterThan(before.last);
          expect(pool.churned / pool.mass).toBeGreaterThan(before.churned / before.mass);
        });
      }),
      { seed: 2 },
    );
  });
});
