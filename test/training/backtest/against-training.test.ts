import { describe, expect, test } from "vitest";
import type { EvaluationMetrics } from "../../../src/metrics/evaluation/evaluate-scores.js";
import { againstTraining, meanReported } from "../../../src/training/backtest/against-training.js";

/** Only some metrics, each with an interval of ±0.03 or ±0.04. */
const metrics = (half: number, values: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, low: value - half, high: value + half }]),
  ) as unknown as EvaluationMetrics;

describe("againstTraining(observed, reported)", () => {
  test("joins both intervals as the difference of two estimates, here 3² + 4² = 5²", () => {
    const { rocAuc } = againstTraining(metrics(0.03, { rocAuc: 0.74 }), metrics(0.04, { rocAuc: 0.8 }));
    expect(rocAuc.difference.value).toBeCloseTo(-0.06, 12);
    expect(rocAuc.difference.low).toBeCloseTo(-0.11, 12);
    expect(rocAuc.difference.high).toBeCloseTo(-0.01, 12);
    expect(rocAuc.reported.value).toBe(0.8);
    expect(rocAuc.verdict).toBe("worse");
  });

  test("says within where the interval of the difference holds 0, else which way it goes for the metric", () => {
    const observed = metrics(0.03, { rocAuc: 0.76, logLoss: 0.3, topDecileLift: 4, calibrationSlope: 0.7 });
    const reported = metrics(0.04, { rocAuc: 0.8, logLoss: 0.2, topDecileLift: 3, calibrationSlope: 0.95 });
    const verdicts = Object.fromEntries(
      Object.entries(againstTraining(observed, reported)).map(([name, { verdict }]) => [name, verdict]),
    );
    expect(verdicts).toEqual({
      rocAuc: "within",
      logLoss: "worse",
      calibrationSlope: "worse",
      topDecileLift: "better",
    });
    // Nearer to 1 is better.
    const slope = againstTraining(
      metrics(0.03, { calibrationSlope: 1.05 }),
      metrics(0.04, { calibrationSlope: 0.7 }),
    );
    expect(slope.calibrationSlope.verdict).toBe("better");
  });

  test("leaves out metrics that either does not have, or that have no better direction, and takes the caller's", () => {
    const observed = metrics(0.03, { rocAuc: 0.7, empcFraction: 0.1, hits: 0.5 });
    const own = [{ name: "hits", label: "hits", better: "higher", value: () => 0 }] as const;
    const reported = metrics(0.03, { logLoss: 0.2, empcFraction: 0.2, hits: 0.5 });
    expect(Object.keys(againstTraining(observed, reported, own))).toEqual(["hits"]);
  });
});

describe("meanReported(reported, weights)", () => {
  test("is the weighted mean of values and limits, and null where one training has none", () => {
    const a = metrics(0.03, { rocAuc: 0.8, ks: 0.5 });
    const b = metrics(0.05, { rocAuc: 0.7 });
    const mean = meanReported([a, b], [300, 100]);
    expect(mean.rocAuc?.value).toBeCloseTo(0.775, 12);
    expect(mean.rocAuc?.low).toBeCloseTo(0.775 - 0.035, 12);
    expect(mean.rocAuc?.high).toBeCloseTo(0.775 + 0.035, 12);
    expect(mean.ks).toBeNull();
  });
});
