import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricValues } from "../../../src/metrics/evaluation/metric-values.js";
import { METRIC_NAMES, type MetricName, metricNamed } from "../../../src/metrics/metrics.js";
import * as golden from "../golden.js";

const everyName = METRIC_NAMES;
/** Those that need no tally. */
const running = ["rocAuc", "gini", "ks", "logLoss", "brierScore", "expectedCalibrationError"] as const;

const alone = (name: MetricName) => metricNamed(name).value([...golden.labels], [...golden.scores], {});

describe("metricValues", () => {
  it("gives the values of the single functions", () => {
    for (const name of everyName) {
      const { [name]: value } = metricValues(golden.labels, golden.scores, [name]);
      expect(Math.abs(value - alone(name)), name).toBeLessThan(1e-12);
    }
    const together = metricValues(golden.labels, golden.scores, everyName);
    expect(Object.keys(together)).toEqual(everyName);
    for (const name of everyName) {
      expect(Math.abs(together[name] - alone(name))).toBeLessThan(1e-12);
    }
  });

  it("gives the same with and without a tally, ties and bin edges included", () => {
    const samples = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 15 })), {
        minLength: 2,
        maxLength: 60,
      })
      .filter((rows) => new Set(rows.map(([label]) => label)).size === 2);
    fc.assert(
      fc.property(samples, (rows) => {
        const labels = rows.map(([label]) => label);
        const probabilities = rows.map(([, place]) => place / 15);
        const weights = labels.map(() => 1);
        const direct = metricValues(labels, probabilities, running);
        // Weights of 1 change nothing, but go by the tally.
        const tallied = metricValues(labels, probabilities, running, { weights });
        for (const name of running) expect(Math.abs(direct[name] - tallied[name]), name).toBeLessThan(1e-12);
      }),
      { seed: 11 },
    );
  });

  it("refuses what the metrics refuse, by its own name", () => {
    expect(() => metricValues([1, 0], [0.5, 1.5], ["logLoss"])).toThrow(
      /metricValues: probabilities\[1\]: must be in \[0, 1\], received 1.5/,
    );
    expect(() => metricValues([1, 1], [0.5, 0.6], ["rocAuc"])).toThrow(/must hold both classes/);
    expect(() => metricValues([1, 0], [0.5, 0.6], ["auc" as MetricName])).toThrow(/must be among rocAuc/);
    expect(() => metricValues([1, 0], [0.5, 0.5], ["calibrationSlope"])).toThrow(
      /must overlap between the classes/,
    );
  });
});
