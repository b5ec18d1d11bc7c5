import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrapIntervals } from "../../../src/metrics/bootstrap/bootstrap-intervals.js";
import { expectedCalibrationError } from "../../../src/metrics/probability/expected-calibration-error.js";

const intervalOf = (labels: number[], probabilities: number[], options = {}) =>
  bootstrapIntervals(labels, probabilities, ["expectedCalibrationError"], { replicates: 1, ...options })
    .expectedCalibrationError;

/** Rows with both labels, few distinct probabilities and small whole weights. */
const samples = fc
  .array(
    fc.record({
      label: fc.integer({ min: 0, max: 1 }),
      place: fc.integer({ min: 0, max: 12 }),
      weight: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 2, maxLength: 80 },
  )
  .filter((rows) => new Set(rows.map(({ label }) => label)).size === 2)
  .map((rows) => ({
    labels: rows.map(({ label }) => label),
    probabilities: rows.map(({ place }) => place / 12),
    weights: rows.map(({ weight }) => weight),
  }));

describe("the interval of expectedCalibrationError", () => {
  it("has the value of the metric in it, with ties over bin edges and with weights", () => {
    fc.assert(
      fc.property(samples, fc.boolean(), ({ labels, probabilities, weights }, isWeighted) => {
        const options = isWeighted ? { weights } : {};
        const { value, low, high } = intervalOf(labels, probabilities, options);
        const metric = expectedCalibrationError(labels, probabilities, options);
        expect(Math.abs(value - metric)).toBeLessThan(1e-12);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(value);
      }),
      { seed: 5 },
    );
  });

  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(samples, ({ labels, probabilities, weights }) => {
        const turned = intervalOf(labels.toReversed(), probabilities.toReversed(), {
          weights: weights.toReversed(),
        });
        const straight = intervalOf(labels, probabilities, { weights });
        expect(turned.low).toBeCloseTo(straight.low, 10);
        expect(turned.high).toBeCloseTo(straight.high, 10);
      }),
      { seed: 6 },
    );
  });

  it("takes rows of one group for one: four times every row is no more certain", () => {
    const labels = Array.from({ length: 400 }, (_, i) => (i % 7 < 2 ? 1 : 0));
    const probabilities = labels.map((_, i) => ((i * 37) % 400) / 400);
    const fourTimes = <T>(values: T[]) => [...values, ...values, ...values, ...values];
    const groups = fourTimes(labels.map((_, i) => i));
    const single = intervalOf(labels, probabilities);
    const grouped = intervalOf(fourTimes(labels), fourTimes(probabilities), { groups });
    expect(grouped.low).toBeCloseTo(single.low, 2);
    expect(grouped.high).toBeCloseTo(single.high, 2);
    const ungrouped = intervalOf(fourTimes(labels), fourTimes(probabilities));
    expect((ungrouped.high - ungrouped.low) / (single.high - single.low)).toBeLessThan(0.65);
  });
});
