import fc from "fast-check";
import { mean } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { brierDecomposition } from "../../../src/metrics/probability/brier-decomposition.js";
import { brierScore } from "../../../src/metrics/probability/brier-score.js";
import * as golden from "../golden.js";
import { labelsOf, probabilitiesOf, sampleRows } from "../sample-rows.js";

describe("brierDecomposition", () => {
  it("groups rows of equal probability", () => {
    // By hand: rates 2/3 at 0.8 and 0 at 0.3, 2/5 of all. Reliability (3 (.8 − 2/3)² + 2 · .3²) / 5, resolution
    // (3 (2/3 − .4)² + 2 · .4²) / 5, uncertainty .4 · .6.
    const parts = brierDecomposition([1, 1, 0, 0, 0], [0.8, 0.8, 0.8, 0.3, 0.3]);
    expect(parts.reliability).toBeCloseTo((3 * (0.8 - 2 / 3) ** 2 + 2 * 0.09) / 5, 15);
    expect(parts.resolution).toBeCloseTo((3 * (2 / 3 - 0.4) ** 2 + 2 * 0.16) / 5, 15);
    expect(parts.uncertainty).toBeCloseTo(0.24, 15);
    expect(parts.withinBin).toBe(0);
    expect(parts.brier).toBeCloseTo((0.04 + 0.04 + 0.64 + 0.09 + 0.09) / 5, 15);
  });
  it("has the golden Brier score and, in bins, what a hand calculation gives", () => {
    // 5 bins of 4 rows: reliability is the golden plug-in calibration error; rates .5 .25 .25 0 0 against .2.
    const parts = brierDecomposition(golden.labels, golden.scores, { bins: 5 });
    expect(parts.brier).toBeCloseTo(0.174395, 12);
    expect(parts.reliability).toBeCloseTo(0.05434875, 12);
    expect(parts.resolution).toBeCloseTo((0.09 + 2 * 0.0025 + 2 * 0.04) / 5, 14);
    expect(parts.uncertainty).toBeCloseTo(0.16, 14);
    // By definition: the variance of probabilities within bins less twice their covariance with the labels.
    let within = 0;
    for (let bin = 0; bin < 5; bin++) {
      const [p, y] = [golden.scores, golden.labels].map((column) => column.slice(4 * bin, 4 * bin + 4));
      const [meanP, meanY] = [mean(p), mean(y)];
      within += mean(p.map((value) => (value - meanP) ** 2)) / 5;
      within -= (2 * mean(p.map((value, i) => (value - meanP) * (y[i] - meanY)))) / 5;
    }
    expect(parts.withinBin).toBeCloseTo(within, 14);
  });
  it("adds up to the Brier score, in bins or not, whatever the weights", () => {
    fc.assert(
      fc.property(
        sampleRows,
        fc.constantFrom(1, 1 / 7),
        fc.integer({ min: 0, max: 4 }),
        (rows, unit, bins) => {
          const weights = rows.map(({ weight }) => (weight + 1) * unit);
          const options = { weights, bins: bins === 0 ? undefined : bins };
          const [labels, probabilities] = [labelsOf(rows), probabilitiesOf(rows)];
          const parts = brierDecomposition(labels, probabilities, options);
          const { brier, reliability, resolution, uncertainty, withinBin } = parts;
          expect(brier).toBeCloseTo(brierScore(labels, probabilities, { weights }), 13);
          expect(reliability - resolution + uncertainty + withinBin).toBeCloseTo(brier, 13);
          expect(Math.min(reliability, resolution, uncertainty)).toBeGreaterThanOrEqual(0);
          // The rates of groups cannot differ more than the labels themselves.
          expect(resolution).toBeLessThanOrEqual(uncertainty + 1e-13);
        },
      ),
      { seed: 2026, numRuns: 200 },
    );
  });
  it("has no uncertainty and no resolution where only one class is seen", () => {
    expect(brierDecomposition([0, 0], [0.5, 0.25])).toEqual({
      brier: 0.15625,
      reliability: 0.15625,
      resolution: 0,
      uncertainty: 0,
      withinBin: 0,
    });
  });
});
