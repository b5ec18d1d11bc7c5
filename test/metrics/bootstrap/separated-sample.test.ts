import { describe, expect, it } from "vitest";
import { bootstrapIntervals } from "../../../src/metrics/bootstrap/bootstrap-intervals.js";
import { bootstrapMetric } from "../../../src/metrics/bootstrap/bootstrap-metric.js";
import { evaluateScores } from "../../../src/metrics/evaluation/evaluate-scores.js";
import { METRIC_NAMES } from "../../../src/metrics/metrics.js";
import { averagePrecision } from "../../../src/metrics/ranking/average-precision.js";
import { rocAucInterval } from "../../../src/metrics/ranking/roc-auc-interval.js";
import { createRandom } from "../../../src/random.js";

const labels = Uint8Array.from({ length: 100 }, (_, i) => (i < 5 ? 1 : 0));
const scores = Float64Array.from(labels, (_, i) => 0.99 - i / 200);
const RANKED = ["rocAuc", "gini", "averagePrecision", "ks", "hMeasure"] as const;

describe("the intervals of perfectly separated rows", () => {
  it("are no point for any metric that is limited by perfection", () => {
    const found = bootstrapIntervals(labels, scores, RANKED, { replicates: 50 });
    for (const name of RANKED) {
      expect(found[name].value, name).toBe(1);
      expect(found[name].low, name).toBeLessThan(0.9);
      expect(found[name].high, name).toBe(1);
    }
  });

  it("are for the ROC AUC that of rocAucInterval, and for gini twice it minus 1", () => {
    const { rocAuc, gini } = bootstrapIntervals(labels, scores, ["rocAuc", "gini"], { replicates: 50 });
    const { low, high } = rocAucInterval(labels, scores);
    expect([rocAuc.low, rocAuc.high]).toEqual([low, high]);
    expect([gini.low, gini.high]).toEqual([2 * low - 1, 2 * high - 1]);
  });

  it("end for ks at the sum of both limits of Clopper and Pearson, minus 1", () => {
    // scipy 1.17.1: binomtest(5, 5).proportion_ci(method="exact").low = 0.478176249895, of 95 of 95 0.96191.
    const { ks } = bootstrapIntervals(labels, scores, ["ks"], { replicates: 50 });
    expect(ks.low).toBeCloseTo(0.025 ** (1 / 5) + 0.025 ** (1 / 95) - 1, 12);
    expect(0.025 ** (1 / 5)).toBeCloseTo(0.478176249895, 11);
  });

  it("have width where probabilities are exactly 0 and 1, for errors too", () => {
    const found = evaluateScores(labels, labels, { replicates: 20 }).metrics;
    expect(found.brierScore).toMatchObject({ value: 0, low: 0 });
    // The shares that could all have been missed: 52% of 5 churners and 4% of 95 others.
    const missed = 5 * (1 - 0.025 ** (1 / 5)) + 95 * (1 - 0.025 ** (1 / 95));
    expect(found.brierScore.high).toBeCloseTo(missed / 100, 12);
    expect(found.expectedCalibrationError.high).toBeGreaterThan(0);
  });

  it("leave what bootstrap samples can measure as it was", () => {
    // Log loss and Brier score vary between the rows of a class.
    const { logLoss } = bootstrapIntervals(labels, scores, ["logLoss"], { replicates: 200 });
    const own = bootstrapIntervals(labels.slice(), scores.slice(), ["logLoss", "rocAuc"], {
      replicates: 200,
    });
    expect(own.logLoss).toEqual(logLoss);
    expect(logLoss.high - logLoss.low).toBeGreaterThan(0.01);
    const known = bootstrapIntervals(
      labels,
      scores,
      METRIC_NAMES.filter((name) => !/^calibration/u.test(name)),
    );
    for (const { value, low, high } of Object.values(known)) expect(low < value || value < high).toBe(true);
  });

  it("mirror where every churner is ranked below all others", () => {
    const upsideDown = scores.map((score) => 1 - score);
    const { low } = bootstrapIntervals(labels, scores, ["rocAuc"], { replicates: 50 }).rocAuc;
    const names = ["rocAuc", "ks", "hMeasure", "topDecileLift"] as const;
    const found = bootstrapIntervals(labels, upsideDown, names, { replicates: 50 });
    expect(found.rocAuc).toMatchObject({ value: 0, low: 0 });
    expect(found.rocAuc.high).toBeCloseTo(1 - low, 12);
    // The distance has no sign: it is 1 here too.
    expect(found.ks).toMatchObject({ value: 1, high: 1 });
    expect(found.topDecileLift).toMatchObject({ value: 0, low: 0 });
    expect(found.topDecileLift.high).toBeGreaterThan(0);
    // No order is worse than chance for the H-measure, so that none of these masses raises it.
    expect(found.hMeasure.high).toBeCloseTo(0, 12);
  });

  it("count a group once, and rows of fractional weights by their effective number", () => {
    const twice = <T>(values: ArrayLike<T>) => Array.from({ length: 200 }, (_, i) => values[i % 100]);
    const groups = Array.from({ length: 200 }, (_, i) => i % 100);
    const options = { replicates: 20 };
    const once = bootstrapIntervals(labels, scores, RANKED, options);
    const grouped = bootstrapIntervals(twice(labels), twice(scores), RANKED, { ...options, groups });
    const rows = bootstrapIntervals(twice(labels), twice(scores), RANKED, options);
    const halves = bootstrapIntervals(labels, scores, RANKED, { ...options, weights: labels.map(() => 1) });
    for (const name of RANKED) {
      expect(grouped[name].low, name).toBeCloseTo(once[name].low, 12);
      expect(rows[name].low, name).toBeGreaterThan(once[name].low);
      expect(halves[name], name).toEqual(once[name]);
    }
  });

  it("hold for a metric of the caller too", () => {
    const { averagePrecision: listed } = bootstrapIntervals(labels, scores, ["averagePrecision"]);
    const own = bootstrapMetric(labels, scores, averagePrecision);
    expect(own.low).toBeCloseTo(listed.low, 12);
    expect(own.high).toBe(1);
  });

  it("are a point where all scores are equal: the ROC AUC of ½ is no estimate", () => {
    const equal = scores.map(() => 0.05);
    const { rocAuc } = bootstrapIntervals(labels, equal, ["rocAuc"], { replicates: 20 });
    expect(rocAuc).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
  });

  it("cover the true values in every sample that happens to be separated", () => {
    // Normal scores whose means lie 4.5 deviations apart: about half of all samples of 20 churners and 180 others are
    // separated. A metric's truth is that of 2 million rows.
    const random = createRandom(11, "coverage of separated samples");
    const names = ["rocAuc", "averagePrecision", "ks", "hMeasure", "topDecileLift"] as const;
    const simulate = (churners: number, others: number) => {
      const drawn = new Uint8Array(churners + others).fill(1, 0, churners);
      return { drawn, ranked: Float64Array.from(drawn, (label) => 4.5 * label + random.normal()) };
    };
    const large = simulate(200_000, 1_800_000);
    const truth = bootstrapIntervals(large.drawn, large.ranked, names, { replicates: 1 });
    let separated = 0;
    for (let sample = 0; sample < 400; sample++) {
      const { drawn, ranked } = simulate(20, 180);
      const found = bootstrapIntervals(drawn, ranked, names, { replicates: 50, seed: sample });
      if (found.rocAuc.value < 1) continue;
      separated++;
      for (const name of names) {
        const { low, high } = found[name];
        expect(low <= truth[name].value && truth[name].value <= high, name).toBe(true);
      }
    }
    expect(separated).toBeGreaterThan(150);
  });
});
