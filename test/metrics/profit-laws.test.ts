import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaPower } from "../../src/math/incomplete-beta.js";
import { empc } from "../../src/metrics/decision/empc.js";
import { mpc } from "../../src/metrics/decision/mpc.js";
import { profitCurve } from "../../src/metrics/decision/profit-curve.js";
import { hMeasure } from "../../src/metrics/ranking/h-measure.js";
import type { MetricOptions } from "../../src/metrics/sample/input.js";

interface Row {
  readonly label: number;
  /** Few levels, so that ties are frequent. */
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

const campaigns = fc.record({
  lifetimeValue: fc.integer({ min: 1, max: 300 }),
  offerCost: fc.integer({ min: 0, max: 60 }),
  contactCost: fc.integer({ min: 0, max: 20 }),
});

const runs = { seed: 2026, numRuns: 150 };
const labelsOf = (rows: readonly Row[]) => rows.map(({ label }) => label);
const levelsOf = (rows: readonly Row[]) => rows.map(({ level }) => level);
const weightsOf = (rows: readonly Row[]) => rows.map(({ weight }) => weight);

/** Costs at which campaigns of different size often earn the same. */
const even = { lifetimeValue: 38, offerCost: 6, contactCost: 5, acceptance: 0.5 };

type Metric = (labels: number[], scores: number[], options: MetricOptions) => number;
const metrics: Record<string, Metric> = {
  hMeasure,
  hMeasureOfASeverity: (labels, scores, options) =>
    hMeasure(labels, scores, { ...options, severity: { alpha: 0.5, beta: 3 } }),
  empc: (labels, scores, options) => empc(labels, scores, options).value,
  empcFraction: (labels, scores, options) => empc(labels, scores, options).fraction,
  mpc: (labels, scores, options) => mpc(labels, scores, options).value,
  mpcFraction: (labels, scores, options) => mpc(labels, scores, options).fraction,
  mpcFractionAtEvenCosts: (labels, scores, options) => mpc(labels, scores, { ...options, ...even }).fraction,
  bestShare: (labels, scores, options) => profitCurve(labels, scores, { ...options, ...even }).best.share,
  // Per customer, so that it does not grow with the weights.
  profitsOfCurve: (labels, scores, options) => {
    const { profit, contacted } = profitCurve(labels, scores, options);
    return profit.reduce((a, b) => a + b) / contacted[contacted.length - 1];
  },
};

function expectSame(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(expected)));
}

describe.each(Object.entries(metrics))("%s", (_, metric) => {
  it("is left alone by monotone transforms of the scores", () => {
    fc.assert(
      fc.property(samples, (rows) => {
        const options = { weights: weightsOf(rows) };
        const transformed = rows.map(({ level }) => -1e6 + 7 * Math.exp(level));
        expectSame(
          metric(labelsOf(rows), transformed, options),
          metric(labelsOf(rows), levelsOf(rows), options),
        );
      }),
      runs,
    );
  });
  it("takes a whole weight for that many rows", () => {
    fc.assert(
      fc.property(samples, (rows) => {
        const repeated = rows.flatMap((row) => new Array<Row>(row.weight).fill(row));
        expectSame(
          metric(labelsOf(rows), levelsOf(rows), { weights: weightsOf(rows) }),
          metric(labelsOf(repeated), levelsOf(repeated), {}),
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
          metric(labelsOf(others), levelsOf(others), optionsOf(others)),
          metric(labelsOf(rows), levelsOf(rows), optionsOf(rows)),
        );
      }),
      runs,
    );
  });
});

it("hMeasure, mpc and empc lie between no model and a perfect ranking", () => {
  fc.assert(
    fc.property(samples, campaigns, (rows, campaign) => {
      const [labels, scores, weights] = [labelsOf(rows), levelsOf(rows), weightsOf(rows)];
      const h = hMeasure(labels, scores, { weights });
      expect(h).toBeGreaterThanOrEqual(0);
      expect(h).toBeLessThanOrEqual(1);
      for (const metric of [mpc, empc]) {
        const { value, fraction } = metric(labels, scores, { ...campaign, weights });
        const perfect = metric(labels, labels, { ...campaign, weights }).value;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(perfect + 1e-10);
        expect(fraction).toBeGreaterThanOrEqual(0);
        expect(fraction).toBeLessThanOrEqual(1 + 1e-14);
      }
    }),
    runs,
  );
});

it("mpc is the best point of profitCurve, per customer", () => {
  fc.assert(
    fc.property(samples, campaigns, (rows, campaign) => {
      const options = { ...campaign, weights: weightsOf(rows) };
      const { value, fraction } = mpc(labelsOf(rows), levelsOf(rows), options);
      const { best, contacted } = profitCurve(labelsOf(rows), levelsOf(rows), options);
      expectSame(value, best.profit / contacted[contacted.length - 1]);
      expectSame(fraction, best.share);
    }),
    runs,
  );
});

it("empc is at least mpc at the mean acceptance", () => {
  // Jensen's inequality: choosing the threshold when the acceptance is known beats choosing it before.
  fc.assert(
    fc.property(samples, campaigns, (rows, campaign) => {
      const options = { ...campaign, weights: weightsOf(rows) };
      const known = empc(labelsOf(rows), levelsOf(rows), { ...options, alpha: 6, beta: 14 }).value;
      const guessed = mpc(labelsOf(rows), levelsOf(rows), { ...options, acceptance: 0.3 }).value;
      expect(known).toBeGreaterThanOrEqual(guessed - 1e-10);
    }),
    runs,
  );
});

it("empc is mpc integrated over the acceptance", () => {
  const steps = 400;
  fc.assert(
    fc.property(samples, campaigns, (rows, campaign) => {
      const [labels, scores] = [labelsOf(rows), levelsOf(rows)];
      let value = 0;
      let fraction = 0;
      for (let step = 0; step < steps; step++) {
        const acceptance = (step + 0.5) / steps;
        const mass = betaPower(6, 14, acceptance) / (acceptance * (1 - acceptance)) / steps;
        const at = mpc(labels, scores, { ...campaign, acceptance });
        value += mass * at.value;
        fraction += mass * at.fraction;
      }
      const exact = empc(labels, scores, campaign);
      // The midpoint rule: at each kink of the maximum at most 300 / 400² / 8 times the density, which stays below 5.
      expect(Math.abs(exact.value - value)).toBeLessThan(2e-3);
      // The fraction jumps: half a step times the density at most for all jumps together.
      expect(Math.abs(exact.fraction - fraction)).toBeLessThan(5 / steps / 2);
    }),
    { seed: 2026, numRuns: 40 },
  );
});
