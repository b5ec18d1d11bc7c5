import fc from "fast-check";
import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { tallyMargins } from "../../src/calibration/calibrator.js";
import { crossVennAbers } from "../../src/calibration/cross-venn-abers.js";
import { poolAdjacentViolators } from "../../src/calibration/isotonic.js";
import { vennAbers } from "../../src/calibration/venn-abers.js";
import { createRandom } from "../../src/random.js";
import reference from "./python-calibration.json" with { type: "json" };

/*
 * python-calibration.json, "vennAbers": venn-abers 1.5.4, v = VennAbers(); v.fit(p, labels), p of two columns from the
 * margins of "given"; v.predict_proba(grid) gives "probability" and [p0, p1]. It works on probabilities and we on
 * margins, which order the rows the same way. "crossOfThree": GM(p1) / (GM(1 − p0) + GM(p1)) in numpy over three such
 * calibrators, of the rows 0, 3, 6 …, 1, 4, 7 … and 2, 5, 8 ….
 */
const { margins: MARGINS, labels: LABELS } = reference.given;

const ROW = fc.tuple(fc.integer({ min: -12, max: 12 }), fc.nat(1), fc.integer({ min: 0, max: 3 }));
const SAMPLE = fc
  .tuple(ROW, fc.array(ROW, { maxLength: 60 }))
  .map(([[margin, label], rows]) => [[margin, label, 1] as const, ...rows])
  .map((rows) => ({
    margins: rows.map(([margin]) => margin / 4),
    labels: rows.map(([, label]) => label),
    weights: rows.map(([, , weight]) => weight),
  }));

/** The definition: isotonic regression fitted with one more row. */
function refitted(margins: number[], labels: number[], weights: number[], margin: number, label: number) {
  const tally = tallyMargins("vennAbers", [...margins, margin], [...labels, label], [...weights, 1]);
  const pool = poolAdjacentViolators(tally).find(({ first, last }) => first <= margin && margin <= last);
  return pool === undefined ? Number.NaN : pool.churned / pool.mass;
}

describe("vennAbers", () => {
  test("golden values of 20 rows", () => {
    const labels = [1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const scores = [
      0.95, 0.9, 0.8, 0.7, 0.65, 0.6, 0.5, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.2, 0.15, 0.1, 0.1, 0.05,
      0.02,
    ];
    const fitted = vennAbers(scores, labels);
    expect(fitted.intervalOf(0.33)).toEqual([0, 1 / 3]);
    expect(fitted.probabilityOf(0.33)).toBe(0.25);
    expect(fitted.intervalOf(0.75)).toEqual([0.25, 2 / 3]);
    expect(fitted.probabilityOf(0.75)).toBeCloseTo(0.470588, 6);
  });

  test("is the venn-abers package for Python on ties, between and beyond the margins", () => {
    const fitted = vennAbers(MARGINS, LABELS);
    const { grid, p0, p1, probability } = reference.vennAbers;
    grid.forEach((margin, i) => {
      const [low, high] = fitted.intervalOf(margin);
      expect(low).toBeCloseTo(p0[i], 12);
      expect(high).toBeCloseTo(p1[i], 12);
      expect(fitted.probabilityOf(margin)).toBeCloseTo(probability[i], 12);
    });
    expect(grid.length).toBeGreaterThan(100);
  });

  test("is isotonic regression fitted again with the margin as a non-churner and as a churner, to the bit", () => {
    fc.assert(
      fc.property(SAMPLE, fc.integer({ min: -26, max: 26 }), ({ margins, labels, weights }, eighths) => {
        const margin = eighths / 8;
        expect(vennAbers(margins, labels, weights).intervalOf(margin)).toEqual([
          refitted(margins, labels, weights, margin, 0),
          refitted(margins, labels, weights, margin, 1),
        ]);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  test("p0 ≤ p ≤ p1, and all three rise", () => {
    fc.assert(
      fc.property(SAMPLE, ({ margins, labels, weights }) => {
        const fitted = vennAbers(
          margins,
          labels,
          weights.map((weight) => weight / 3),
        );
        let before = [0, 0, 0];
        for (let margin = -4; margin <= 4; margin += 0.125) {
          const [low, high] = fitted.intervalOf(margin);
          const probability = fitted.probabilityOf(margin);
          expect(low).toBeLessThanOrEqual(probability);
          expect(probability).toBeLessThanOrEqual(high);
          const now = [low, probability, high];
          now.forEach((value, i) => {
            expect(value).toBeGreaterThanOrEqual(before[i]);
          });
          before = now;
        }
      }),
      { seed: 4 },
    );
  });

  test("keeps at most 1,000 margins, at a cost below the noise of the data", () => {
    const random = createRandom(5, "venn-abers");
    const margins = Float64Array.from({ length: 40_000 }, () => 1.5 * random.normal() - 2);
    const labels = margins.map((margin) => (random.next() < 1 / (1 + Math.exp(-margin)) ? 1 : 0));
    const ones = new Array<number>(margins.length).fill(1);
    const fitted = vennAbers(margins, labels);
    expect(fitted.toJSON().margins.length).toBeLessThanOrEqual(1000);
    for (let margin = -5; margin <= 1; margin += 0.5) {
      const [low, high] = fitted.intervalOf(margin);
      const exact = [0, 1].map((label) => refitted([...margins], [...labels], ones, margin, label));
      // A step comes a little earlier or later; steps are of the size of the standard errors of a pool, 0.02 and more.
      expect(Math.abs(low - exact[0])).toBeLessThan(0.02);
      expect(Math.abs(high - exact[1])).toBeLessThan(0.02);
      expect(low).toBeLessThan(high);
    }
  });

  test("has the interval from 0 to 1 for a single row", () => {
    const fitted = vennAbers([0], [1]);
    expect([-1, 0, 1].map((margin) => fitted.intervalOf(margin))).toEqual([
      [0, 1],
      [0.5, 1],
      [0.5, 1],
    ]);
  });
});

describe("crossVennAbers", () => {
  const folds = { count: 3, of: Uint8Array.from(MARGINS.keys(), (row) => row % 3) };
  const fitted = crossVennAbers(Float64Array.from(MARGINS), Uint8Array.from(LABELS), folds);

  test("combines one calibrator per fold by geometric means", () => {
    reference.vennAbers.grid.forEach((margin, i) => {
      expect(fitted.probabilityOf(margin)).toBeCloseTo(reference.vennAbers.crossOfThree[i], 12);
    });
  });

  test("has the mean of the folds' intervals, around its probability", () => {
    const members = [0, 1, 2].map((fold) => {
      const inFold = (_: number, row: number) => row % 3 === fold;
      return vennAbers(MARGINS.filter(inFold), LABELS.filter(inFold));
    });
    for (let margin = -5; margin <= 5; margin += 0.1) {
      const [low, high] = fitted.intervalOf(margin);
      const probability = fitted.probabilityOf(margin);
      const means = [0, 1].map((end) => mean(members.map((member) => member.intervalOf(margin)[end])));
      expect(low).toBeCloseTo(Math.min(means[0], probability), 12);
      expect(high).toBeCloseTo(Math.max(means[1], probability), 12);
      expect(low <= probability && probability <= high).toBe(true);
    }
  });
});
