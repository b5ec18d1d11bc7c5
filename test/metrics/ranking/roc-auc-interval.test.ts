import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf } from "../../../src/math/normal-cdf.js";
import { normalQuantile } from "../../../src/math/normal-quantile.js";
import { rocAuc } from "../../../src/metrics/ranking/roc-auc.js";
import { rocAucInterval } from "../../../src/metrics/ranking/roc-auc-interval.js";
import { createRandom } from "../../../src/random.js";
import * as golden from "../golden.js";
import { referenceCases } from "../reference.js";
import { labelsOf, probabilitiesOf, sampleRows, weightsOf } from "../sample-rows.js";

/** DeLong's variance by its definition: all pairs compared, one row at a time. */
function varianceByPairs(labels: number[], scores: number[], weights: number[]): number {
  const rowsOf = (label: number) => [...labels.keys()].filter((row) => labels[row] === label);
  const mass = (rows: number[]) => rows.reduce((total, row) => total + weights[row], 0);
  const meanOf = (rows: number[], amountOf: (row: number) => number) =>
    rows.reduce((total, row) => total + weights[row] * amountOf(row), 0) / mass(rows);
  const wins = (a: number, b: number) => (a > b ? 1 : a === b ? 0.5 : 0);
  const [churners, others] = [rowsOf(1), rowsOf(0)];
  const ofChurner = (row: number) => meanOf(others, (other) => wins(scores[row], scores[other]));
  const ofOther = (row: number) => meanOf(churners, (churner) => wins(scores[churner], scores[row]));
  const auc = meanOf(churners, ofChurner);
  const part = (rows: number[], placementOf: (row: number) => number) => {
    const effective = mass(rows) ** 2 / rows.reduce((total, row) => total + weights[row] ** 2, 0);
    return meanOf(rows, (row) => (placementOf(row) - auc) ** 2) / (effective - 1);
  };
  return part(churners, ofChurner) + part(others, ofOther);
}

describe("rocAucInterval", () => {
  it("has the golden variance, and an interval on the log-odds scale", () => {
    const { value, low, high, variance } = rocAucInterval(golden.labels, golden.scores);
    expect(value).toBe(0.828125);
    expect(variance).toBeCloseTo(0.0128580729, 10);
    // scipy 1.17.1: expit(logit(auc) ∓ norm.ppf(.975) · √variance / (auc · (1 − auc))).
    expect(low).toBeCloseTo(0.502737222176332, 13);
    expect(high).toBeCloseTo(0.9582674007672066, 13);
  });
  it.each(referenceCases)("agrees with numpy on a sample with $name", (reference) => {
    const { labels, probabilities, options } = reference;
    const { value, variance } = rocAucInterval(labels, probabilities, options);
    // Sums of some 100 terms in another order.
    expect(Math.abs(value / reference.auc - 1)).toBeLessThan(1e-13);
    expect(Math.abs(variance / reference.variance - 1)).toBeLessThan(1e-12);
  });
  it("has the variance that comparing all pairs gives, of rows and of fractional weights", () => {
    fc.assert(
      fc.property(sampleRows, fc.boolean(), (rows, isFractional) => {
        const [labels, scores] = [labelsOf(rows), probabilitiesOf(rows)];
        const weights = isFractional ? rows.map(({ weight }) => (weight + 1) / 7) : rows.map(() => 1);
        const { variance } = rocAucInterval(labels, scores, { weights });
        expect(Math.abs(variance - varianceByPairs(labels, scores, weights))).toBeLessThan(1e-12);
      }),
      { seed: 2026, numRuns: 200 },
    );
  });
  it("lies in [0, 1], holds the area, and is wider at a higher level", () => {
    fc.assert(
      fc.property(sampleRows, (rows) => {
        const [labels, scores, weights] = [labelsOf(rows), probabilitiesOf(rows), weightsOf(rows)];
        const { value, low, high } = rocAucInterval(labels, scores, { weights });
        const wider = rocAucInterval(labels, scores, { weights, level: 0.99 });
        expect(value).toBe(rocAuc(labels, scores, { weights }));
        // One rounding of the log-odds and back.
        expect(0 <= low && low <= value + 1e-15 && value - 1e-15 <= high && high <= 1).toBe(true);
        expect(wider.low <= low && high <= wider.high).toBe(true);
      }),
      { seed: 2026, numRuns: 200 },
    );
  });
  it("covers the true area about as often as its level", () => {
    // Normal scores whose means lie one standard deviation apart: the area is Φ(1 / √2).
    const truth = normalCdf(Math.SQRT1_2);
    const random = createRandom(3, "coverage of DeLong intervals");
    const labels = Uint8Array.from({ length: 200 }, (_, i) => (i < 60 ? 1 : 0));
    const replicates = 4000;
    let covered = 0;
    for (let replicate = 0; replicate < replicates; replicate++) {
      const scores = Float64Array.from(labels, (label) => label + normalQuantile(1 - random.next()));
      const { low, high } = rocAucInterval(labels, scores);
      if (low <= truth && truth <= high) covered++;
    }
    // The standard error of 4000 trials is 0.35%.
    expect(Math.abs(covered / replicates - 0.95)).toBeLessThanOrEqual(0.015);
  });
  it.each([
    ["perfect", [1, 1, 1, 0, 0, 0], 1, 0.5010187607015301, 1],
    ["perfectly wrong", [0, 0, 0, 1, 1, 1], 0, 0, 1 - 0.5010187607015301],
  ])("has no variance, but an interval, where the ranking is %s", (_, labels, area, low, high) => {
    // Newcombe (2006), method 5, by scipy.optimize.brentq.
    const scores = [6, 5, 4, 3, 2, 1];
    const found = rocAucInterval(labels, scores);
    expect(found).toMatchObject({ value: area, variance: 0 });
    expect(found.low).toBeCloseTo(low, 11);
    expect(found.high).toBeCloseTo(high, 11);
    // Sums of such weights do not come out even; they are worth fewer rows.
    const weighted = rocAucInterval(labels, scores, { weights: [0.1, 0.2, 0.1, 0.7, 0.9, 0.7] });
    expect(weighted.value).toBeCloseTo(area, 14);
    expect(weighted.high - weighted.low).toBeGreaterThan(high - low);
  });
  it("has no variance where all scores are equal", () => {
    const interval = rocAucInterval([1, 1, 0, 0], [2, 2, 2, 2]);
    expect(interval).toEqual({ value: 0.5, low: 0.5, high: 0.5, variance: 0 });
  });
  it("refuses a class of one row, or of weights worth less than two", () => {
    const message = (label: number, rows: string) =>
      `rocAucInterval: labels: must hold at least two rows of label ${label}, received ${rows}`;
    expect(() => rocAucInterval([1, 0, 0], [3, 2, 1])).toThrow(message(1, "1"));
    expect(() => rocAucInterval([1, 1, 0], [3, 2, 1])).toThrow(message(0, "1"));
    expect(() => rocAucInterval([1, 1, 0, 0], [3, 2, 1, 0], { weights: [1, 0, 1, 1] })).toThrow(
      message(1, "1"),
    );
    // Kish: 1² / (0.9² + 0.1²) = 1.2195…
    expect(() => rocAucInterval([1, 1, 0, 0], [3, 2, 1, 0], { weights: [0.9, 0.1, 1, 1] })).toThrow(
      message(1, "1.2195"),
    );
  });
  it("takes one row of weight 2 for two rows, and two rows of equal fractional weight for two", () => {
    expect(rocAucInterval([1, 0, 0], [2, 3, 1], { weights: [2, 1, 1] })).toEqual(
      rocAucInterval([1, 1, 0, 0], [2, 2, 3, 1]),
    );
    const { variance } = rocAucInterval([1, 1, 0, 0], [2, 2, 3, 1], { weights: [0.3, 0.3, 0.7, 0.7] });
    expect(variance).toBeCloseTo(rocAucInterval([1, 1, 0, 0], [2, 2, 3, 1]).variance, 14);
  });
});
