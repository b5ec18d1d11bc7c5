import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calibrationCurve } from "../../src/metrics/probability/calibration-curve.js";
import { expectedCalibrationError } from "../../src/metrics/probability/expected-calibration-error.js";
import { averagePrecision } from "../../src/metrics/ranking/average-precision.js";
import { gainCurve } from "../../src/metrics/ranking/gain-curve.js";
import { liftAt } from "../../src/metrics/ranking/lift.js";
import { liftCurve } from "../../src/metrics/ranking/lift-curve.js";
import { precisionRecallCurve } from "../../src/metrics/ranking/precision-recall-curve.js";
import { rocAuc } from "../../src/metrics/ranking/roc-auc.js";
import { rocCurve } from "../../src/metrics/ranking/roc-curve.js";
import * as golden from "./golden.js";
import { largestDifference, referenceCases } from "./reference.js";
import { labelsOf, probabilitiesOf, sampleRows, weightsOf } from "./sample-rows.js";

/** The samples for which the references have a curve. */
const casesWith = <Curve extends "rocCurve" | "precisionRecallCurve" | "calibrationCurve">(curve: Curve) =>
  referenceCases.flatMap((reference) => {
    const expected = reference[curve];
    return expected === undefined ? [] : [{ ...reference, expected }];
  });

const runs = { seed: 2026, numRuns: 200 };
/** Samples as arguments, of whole and of fractional weights. */
const samples = fc.tuple(sampleRows, fc.constantFrom(1, 1 / 7)).map(([rows, unit]) => ({
  labels: labelsOf(rows),
  scores: probabilitiesOf(rows),
  weights: weightsOf(rows).map((weight) => weight * unit),
}));

describe("rocCurve", () => {
  it.each(casesWith("rocCurve"))("agrees with scikit-learn on a sample with $name", (reference) => {
    const found = rocCurve(reference.labels, reference.probabilities, reference.options);
    const { threshold, falsePositiveRate, truePositiveRate } = reference.expected;
    expect([...found.threshold]).toEqual([Number.POSITIVE_INFINITY, ...threshold]);
    expect(largestDifference(found.falsePositiveRate, falsePositiveRate)).toBeLessThan(1e-14);
    expect(largestDifference(found.truePositiveRate, truePositiveRate)).toBeLessThan(1e-14);
  });
  it("encloses the area that rocAuc gives, from (0, 0) to (1, 1)", () => {
    fc.assert(
      fc.property(samples, ({ labels, scores, weights }) => {
        const { falsePositiveRate: x, truePositiveRate: y } = rocCurve(labels, scores, { weights });
        let area = 0;
        for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
        expect(area).toBeCloseTo(rocAuc(labels, scores, { weights }), 13);
        expect([x[0], y[0], x[x.length - 1], y[y.length - 1]]).toEqual([0, 0, 1, 1]);
      }),
      runs,
    );
  });
  it("has no point at a score of rows without weight", () => {
    const { threshold } = rocCurve([1, 0, 1], [0.9, 0.5, 0.1], { weights: [1, 1, 0] });
    expect([...threshold]).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.5]);
  });
});

describe("precisionRecallCurve", () => {
  it.each(casesWith("precisionRecallCurve"))(
    "agrees with scikit-learn on a sample with $name",
    (reference) => {
      const found = precisionRecallCurve(reference.labels, reference.probabilities, reference.options);
      // scikit-learn has no threshold for its first point, and one for rows without weight.
      const { threshold, recall, precision } = reference.expected;
      expect([...found.threshold]).toEqual([Number.POSITIVE_INFINITY, ...threshold]);
      expect(largestDifference(found.recall, recall)).toBeLessThan(1e-14);
      expect(largestDifference(found.precision, precision)).toBeLessThan(1e-14);
    },
  );
  it("has averagePrecision under its steps, and ends with the churn rate at recall 1", () => {
    fc.assert(
      fc.property(samples, ({ labels, scores, weights }) => {
        const { recall, precision } = precisionRecallCurve(labels, scores, { weights });
        let area = 0;
        for (let i = 1; i < recall.length; i++) area += (recall[i] - recall[i - 1]) * precision[i];
        expect(area).toBeCloseTo(averagePrecision(labels, scores, { weights }), 13);
        const churners = weights.reduce((total, weight, i) => total + weight * labels[i], 0);
        const all = weights.reduce((a, b) => a + b);
        expect(recall[recall.length - 1]).toBe(1);
        expect(precision[precision.length - 1]).toBeCloseTo(churners / all, 13);
      }),
      runs,
    );
  });
});

describe("liftCurve", () => {
  it("is gain over share, and begins with the lift of the highest score", () => {
    const { share, lift } = liftCurve([1, 0, 1, 0], [0.9, 0.5, 0.5, 0.1]);
    expect([...share]).toEqual([0, 0.25, 0.75, 1]);
    expect([...lift]).toEqual([2, 2, 1 / 0.75, 1]);
  });
  it("has the shares of gainCurve, and at each the lift that liftAt gives", () => {
    fc.assert(
      fc.property(samples, ({ labels, scores, weights }) => {
        const { share, lift } = liftCurve(labels, scores, { weights });
        expect(share).toEqual(gainCurve(labels, scores, { weights }).share);
        for (let i = 1; i < share.length; i++) {
          expect(lift[i]).toBeCloseTo(liftAt(labels, scores, share[i], { weights }), 11);
        }
        expect(lift[lift.length - 1]).toBe(1);
      }),
      runs,
    );
  });
});

describe("calibrationCurve", () => {
  it("has the means, the rates and Wilson's intervals of bins of equal mass", () => {
    // By hand: 5 bins of 4 rows; scipy 1.17.1, binomtest(k, 4).proportion_ci(0.95, method="wilson") for k = 0, 1, 2.
    const { meanProbability, observedRate, low, high, weight } = calibrationCurve(
      golden.labels,
      golden.scores,
      {
        bins: 5,
      },
    );
    expect(largestDifference(meanProbability, [0.0675, 0.2, 0.375, 0.5625, 0.8375])).toBeLessThan(1e-15);
    expect([...observedRate]).toEqual([0, 0, 0.25, 0.25, 0.5]);
    expect([...weight]).toEqual([4, 4, 4, 4, 4]);
    const lows = [0, 0, 0.04558726080970055, 0.04558726080970055, 0.15003898915214953];
    const highs = [
      0.4898908364545973, 0.4898908364545973, 0.6993581574175981, 0.6993581574175981, 0.8499610108478505,
    ];
    expect(largestDifference(low, lows)).toBeLessThan(1e-14);
    expect(largestDifference(high, highs)).toBeLessThan(1e-14);
  });
  it.each(casesWith("calibrationCurve"))(
    "agrees with scikit-learn in bins of equal width on a sample with $name",
    (reference) => {
      const options = { bins: 7, binning: "width" } as const;
      const found = calibrationCurve(reference.labels, reference.probabilities, options);
      const { meanProbability, observedRate } = reference.expected;
      expect(largestDifference(found.meanProbability, meanProbability)).toBeLessThan(1e-14);
      expect(largestDifference(found.observedRate, observedRate)).toBeLessThan(1e-14);
    },
  );
  it("leaves empty bins out", () => {
    const found = calibrationCurve([1, 0, 1], [0.05, 0.95, 1], { bins: 3, binning: "width" });
    expect([...found.observedRate]).toEqual([1, 0.5]);
    expect([...found.weight]).toEqual([1, 2]);
  });
  it("has ten bins, or one per row when rows are fewer", () => {
    expect(calibrationCurve(golden.labels, golden.scores).weight).toHaveLength(10);
    expect(calibrationCurve([1, 0, 1], [0.1, 0.2, 0.3]).weight).toHaveLength(3);
  });
  it("shares rows tied at an edge between bins, whatever their labels", () => {
    const { observedRate } = calibrationCurve([1, 1, 0, 0], [0.5, 0.5, 0.5, 0.5], { bins: 2 });
    expect([...observedRate]).toEqual([0.5, 0.5]);
  });
  it("counts whole weights as rows in its intervals, and others by Kish's effective number", () => {
    const labels = [0, 1, 1, 0];
    const same = [0.5, 0.5, 0.5, 0.5];
    // Weights 3, 1, 1, 1: two churners in six rows. Halved they are worth 3² / 3 = 3 rows.
    // scipy 1.17.1, binomtest(…).proportion_ci(0.95, method="wilson") of 2 in 6 and 1 in 3.
    const whole = calibrationCurve(labels, same, { bins: 1, weights: [3, 1, 1, 1] });
    expect(whole.low[0]).toBeCloseTo(0.09677141110578047, 13);
    expect(whole.high[0]).toBeCloseTo(0.700006684861608, 13);
    const halved = calibrationCurve(labels, same, { bins: 1, weights: [1.5, 0.5, 0.5, 0.5] });
    expect(halved.low[0]).toBeCloseTo(0.06149194472039626, 13);
    expect(halved.high[0]).toBeCloseTo(0.7923403991979523, 13);
  });
  it("is what expectedCalibrationError is the mean distance of, and holds all weight", () => {
    const binnings = fc.constantFrom("mass" as const, "width" as const);
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 4 }), binnings, (sample, bins, binning) => {
        const { labels, scores, weights } = sample;
        const options = { weights, bins, binning };
        const curve = calibrationCurve(labels, scores, options);
        const total = weights.reduce((a, b) => a + b);
        let error = 0;
        let mass = 0;
        curve.weight.forEach((weight, i) => {
          error += (weight * Math.abs(curve.meanProbability[i] - curve.observedRate[i])) / total;
          mass += weight;
          expect(curve.low[i]).toBeLessThanOrEqual(curve.observedRate[i]);
          expect(curve.high[i]).toBeGreaterThanOrEqual(curve.observedRate[i]);
        });
        expect(mass).toBeCloseTo(total, 12);
        expect(error).toBeCloseTo(expectedCalibrationError(labels, scores, options), 12);
      }),
      runs,
    );
  });
});
