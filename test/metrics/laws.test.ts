import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confusionAt, fScoreAt } from "../../src/metrics/decision/confusion.js";
import { brierDecomposition } from "../../src/metrics/probability/brier-decomposition.js";
import { brierScore } from "../../src/metrics/probability/brier-score.js";
import { calibrationCurve } from "../../src/metrics/probability/calibration-curve.js";
import { calibrationInTheLarge } from "../../src/metrics/probability/calibration-in-the-large.js";
import { calibrationIntercept, calibrationSlope } from "../../src/metrics/probability/calibration-line.js";
import { expectedCalibrationError } from "../../src/metrics/probability/expected-calibration-error.js";
import { logLoss } from "../../src/metrics/probability/log-loss.js";
import { spiegelhalterZ } from "../../src/metrics/probability/spiegelhalter.js";
import { squaredCalibrationError } from "../../src/metrics/probability/squared-calibration-error.js";
import { averagePrecision } from "../../src/metrics/ranking/average-precision.js";
import { gainCurve } from "../../src/metrics/ranking/gain-curve.js";
import { ks } from "../../src/metrics/ranking/kolmogorov-smirnov.js";
import { liftAt, topDecileLift } from "../../src/metrics/ranking/lift.js";
import { liftCurve } from "../../src/metrics/ranking/lift-curve.js";
import { liftTable } from "../../src/metrics/ranking/lift-table.js";
import { precisionRecallCurve } from "../../src/metrics/ranking/precision-recall-curve.js";
import { gini, rocAuc } from "../../src/metrics/ranking/roc-auc.js";
import { rocAucInterval } from "../../src/metrics/ranking/roc-auc-interval.js";
import { rocCurve } from "../../src/metrics/ranking/roc-curve.js";
import type { MetricOptions } from "../../src/metrics/sample/input.js";

interface Row {
  readonly label: number;
  /** Twentieths, so that ties are frequent. */
  readonly level: number;
  readonly weight: number;
}

const row = (label: fc.Arbitrary<number>, leastWeight: number): fc.Arbitrary<Row> =>
  fc.record({
    label,
    level: fc.integer({ min: 1, max: 19 }),
    weight: fc.integer({ min: leastWeight, max: 3 }),
  });

/** Samples in which both classes have weight. */
const samples = fc
  .tuple(
    row(fc.constant(1), 1),
    row(fc.constant(0), 1),
    fc.array(row(fc.integer({ min: 0, max: 1 }), 0), { maxLength: 40 }),
  )
  .map(([churner, other, rest]) => [...rest, churner, other]);

const runs = { seed: 2026, numRuns: 150 };
const labelsOf = (rows: readonly Row[]) => rows.map(({ label }) => label);
const probabilitiesOf = (rows: readonly Row[]) => rows.map(({ level }) => level / 20);
const weightsOf = (rows: readonly Row[]) => rows.map(({ weight }) => weight);

type Metric = (labels: number[], scores: number[], options: MetricOptions) => number;

/** Where a calibration line or a variance does not exist, that is the answer which must not change. */
function orNone(metric: Metric): Metric {
  return (labels, scores, options) => {
    try {
      return metric(labels, scores, options);
    } catch {
      return Number.NaN;
    }
  };
}

const rankMetrics: Record<string, Metric> = {
  rocAuc,
  gini,
  averagePrecision,
  ks,
  topDecileLift,
  liftAt: (labels, scores, options) => liftAt(labels, scores, 0.3, options),
  gainOfSecondGroup: (labels, scores, options) =>
    liftTable(labels, scores, { ...options, groupCount: 2 })[0].gain,
  pointsOfGainCurve: (labels, scores, options) =>
    gainCurve(labels, scores, options).gain.reduce((a, b) => a + b),
  pointsOfLiftCurve: (labels, scores, options) =>
    liftCurve(labels, scores, options).lift.reduce((a, b) => a + b),
  pointsOfRocCurve: (labels, scores, options) =>
    rocCurve(labels, scores, options).falsePositiveRate.reduce((a, b) => a + b),
  pointsOfPrecisionRecallCurve: (labels, scores, options) =>
    precisionRecallCurve(labels, scores, options).precision.reduce((a, b) => a + b),
  lowOfRocAuc: orNone((labels, scores, options) => rocAucInterval(labels, scores, options).low),
};

const allMetrics: Record<string, Metric> = {
  ...rankMetrics,
  logLoss,
  brierScore,
  expectedCalibrationError,
  inBinsOfWidth: (labels, scores, options) =>
    expectedCalibrationError(labels, scores, { ...options, bins: 2, binning: "width" }),
  calibrationSlope: orNone(calibrationSlope),
  calibrationIntercept: orNone(calibrationIntercept),
  calibrationInTheLarge,
  spiegelhalterZ: orNone((labels, scores, options) => spiegelhalterZ(labels, scores, options).z),
  squaredCalibrationError: (labels, scores, options) =>
    squaredCalibrationError(labels, scores, { ...options, bins: 2 }).plugIn,
  debiasedCalibrationError: (labels, scores, options) =>
    squaredCalibrationError(labels, scores, { ...options, bins: 2 }).debiased ?? Number.NaN,
  resolution: (labels, scores, options) => brierDecomposition(labels, scores, options).resolution,
  withinBin: (labels, scores, options) =>
    brierDecomposition(labels, scores, { ...options, bins: 2 }).withinBin,
  highOfCalibrationCurve: (labels, scores, options) =>
    calibrationCurve(labels, scores, options).high.reduce((a, b) => a + b),
  fScore: (labels, scores, options) => fScoreAt(labels, scores, 0.5, { ...options, beta: 2 }) ?? Number.NaN,
  accuracy: (labels, scores, options) => confusionAt(labels, scores, 0.5, options).accuracy,
};

/** Equal up to sums in another order; Newton's method multiplies that by the condition of its matrix. */
function expectSame(name: string, found: number, expected: number): void {
  expect(Number.isNaN(found)).toBe(Number.isNaN(expected));
  const tolerance = (name.startsWith("calibration") ? 1e-9 : 1e-12) * Math.max(1, Math.abs(expected));
  if (!Number.isNaN(expected)) expect(Math.abs(found - expected)).toBeLessThanOrEqual(tolerance);
}

describe.each(Object.entries(rankMetrics))("%s", (name, metric) => {
  it("is left alone by monotone transforms of the scores", () => {
    fc.assert(
      fc.property(samples, (rows) => {
        const options = { weights: weightsOf(rows) };
        const scores = rows.map(({ level }) => level);
        const transformed = rows.map(({ level }) => -1e6 + 7 * Math.exp(level));
        expectSame(
          name,
          metric(labelsOf(rows), transformed, options),
          metric(labelsOf(rows), scores, options),
        );
      }),
      runs,
    );
  });
});

describe.each(Object.entries(allMetrics))("%s", (name, metric) => {
  it("takes a whole weight for that many rows", () => {
    fc.assert(
      fc.property(samples, (rows) => {
        const repeated = rows.flatMap((row) => new Array<Row>(row.weight).fill(row));
        expectSame(
          name,
          metric(labelsOf(rows), probabilitiesOf(rows), { weights: weightsOf(rows) }),
          metric(labelsOf(repeated), probabilitiesOf(repeated), {}),
        );
      }),
      runs,
    );
  });
  it("does not depend on the order of rows", () => {
    const shuffled = samples.chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([rows, others], isFractional) => {
        const optionsOf = (sample: readonly Row[]) => ({
          weights: weightsOf(sample).map((weight) => (isFractional ? weight / 7 : weight)),
        });
        expectSame(
          name,
          metric(labelsOf(others), probabilitiesOf(others), optionsOf(others)),
          metric(labelsOf(rows), probabilitiesOf(rows), optionsOf(rows)),
        );
      }),
      runs,
    );
  });
});

it("rocAuc of turned labels and turned scores is the same", () => {
  fc.assert(
    fc.property(samples, (rows) => {
      const options = { weights: weightsOf(rows) };
      const turned = rocAuc(
        rows.map(({ label }) => 1 - label),
        rows.map(({ level }) => -level),
        options,
      );
      expectSame("rocAuc", turned, rocAuc(labelsOf(rows), probabilitiesOf(rows), options));
    }),
    runs,
  );
});

it("expectedCalibrationError lies in [0, 1] and is at least the error of the mean", () => {
  fc.assert(
    fc.property(samples, fc.constantFrom("mass" as const, "width" as const), (rows, binning) => {
      const [labels, probabilities] = [labelsOf(rows), probabilitiesOf(rows)];
      const error = expectedCalibrationError(labels, probabilities, { binning });
      const ofTheMean = expectedCalibrationError(labels, probabilities, { bins: 1 });
      expect(error).toBeLessThanOrEqual(1);
      // More bins hide less: the triangle inequality.
      expect(error).toBeGreaterThanOrEqual(ofTheMean - 1e-12);
      expect(ofTheMean).toBeGreaterThanOrEqual(0);
    }),
    runs,
  );
});

it("liftTable holds all weight and all churners, and its gain rises to 1", () => {
  fc.assert(
    fc.property(samples, fc.constantFrom(1, 1 / 7), (rows, unit) => {
      const weights = weightsOf(rows).map((weight) => weight * unit);
      const table = liftTable(labelsOf(rows), probabilitiesOf(rows), { weights });
      const total = weights.reduce((a, b) => a + b);
      const churners = rows.reduce((sum, { label }, i) => sum + label * weights[i], 0);
      const inTable = table.reduce((sum, group) => sum + group.n, 0);
      const churnersInTable = table.reduce((sum, group) => sum + group.n * group.observedRate, 0);
      expect(Math.abs(inTable - total)).toBeLessThan(1e-10);
      expect(Math.abs(churnersInTable - churners)).toBeLessThan(1e-10);
      for (let i = 1; i < table.length; i++) {
        expect(table[i].gain).toBeGreaterThanOrEqual(table[i - 1].gain - 1e-12);
        expect(table[i].meanScore).toBeLessThanOrEqual(table[i - 1].meanScore + 1e-12);
      }
      expect(table[table.length - 1].gain).toBe(1);
    }),
    runs,
  );
});

it("topDecileLift is the lift of the first of ten groups", () => {
  fc.assert(
    fc.property(samples, (rows) => {
      fc.pre(rows.length >= 10);
      const table = liftTable(labelsOf(rows), probabilitiesOf(rows));
      expectSame("lift", topDecileLift(labelsOf(rows), probabilitiesOf(rows)), table[0].lift);
    }),
    runs,
  );
});
