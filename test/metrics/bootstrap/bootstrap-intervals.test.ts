import { describe, expect, it } from "vitest";
import { bootstrapIntervals } from "../../../src/metrics/bootstrap/bootstrap-intervals.js";
import { METRIC_NAMES, type MetricName, metricNamed } from "../../../src/metrics/metrics.js";
import { calibrationSlopeAndIntercept } from "../../../src/metrics/probability/calibration-line.js";
import { rocAuc } from "../../../src/metrics/ranking/roc-auc.js";
import { rankScores } from "../../../src/metrics/sample/ranking.js";
import { resampler } from "../../../src/metrics/sample/resample.js";
import { tallyRanking } from "../../../src/metrics/sample/tally.js";
import { createRandom } from "../../../src/random.js";
import * as golden from "../golden.js";

const everyName = METRIC_NAMES;

/** Rows whose log-odds are normal around −1 with deviation 1.5, and whose probabilities are right. */
function simulate(key: number, rows: number): { labels: Uint8Array; probabilities: Float64Array } {
  const random = createRandom(20, "simulate", key);
  const labels = new Uint8Array(rows);
  const probabilities = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    probabilities[i] = 1 / (1 + Math.exp(1 - 1.5 * random.normal()));
    labels[i] = random.next() < probabilities[i] ? 1 : 0;
  }
  return { labels, probabilities };
}

/** The same rows with log-odds so many times what they should be. */
function distorted({ labels, probabilities }: ReturnType<typeof simulate>, factor: number) {
  const stretch = (p: number) => 1 / (1 + ((1 - p) / p) ** factor);
  return { labels, probabilities: probabilities.map(stretch) };
}

describe("bootstrapIntervals", () => {
  it("depends on the seed and nothing else", () => {
    const { labels, probabilities } = simulate(0, 200);
    const options = { replicates: 50, seed: 3 };
    const first = bootstrapIntervals(labels, probabilities, everyName, options);
    expect(bootstrapIntervals(labels, probabilities, everyName, options)).toEqual(first);
    expect(bootstrapIntervals(labels, probabilities, ["ks"], { ...options }).ks).toEqual(first.ks);
    const other = bootstrapIntervals(labels, probabilities, everyName, { ...options, seed: 4 });
    expect(other.rocAuc.value).toBe(first.rocAuc.value);
    expect(other.rocAuc.low).not.toBe(first.rocAuc.low);
  });

  it.each([undefined, 3])(
    "draws a share of the rows, or of groups of %s, and widens the intervals by its root",
    (size) => {
      const { labels, probabilities } = simulate(3, 900);
      const groups =
        size === undefined ? undefined : Int32Array.from(labels, (_, row) => Math.floor(row / size));
      const widthAt = (drawnShare: number) => {
        const options = { replicates: 4000, groups, drawnShare };
        const { rocAuc: auc, logLoss } = bootstrapIntervals(
          labels,
          probabilities,
          ["rocAuc", "logLoss"],
          options,
        );
        return [auc.high - auc.low, logLoss.high - logLoss.low];
      };
      const all = widthAt(1);
      // Four thousand samples give a width to some 3%.
      widthAt(0.25).forEach((width, metric) => {
        expect(width / all[metric]).toBeGreaterThan(1.88);
        expect(width / all[metric]).toBeLessThan(2.14);
      });
      const options = { replicates: 20, groups };
      expect(bootstrapIntervals(labels, probabilities, ["rocAuc"], { ...options, drawnShare: 1 })).toEqual(
        bootstrapIntervals(labels, probabilities, ["rocAuc"], options),
      );
    },
  );

  it.each([0, 1.1, Number.NaN])("refuses a share of %s", (drawnShare) => {
    expect(() => bootstrapIntervals([1, 0], [0.5, 0.4], ["rocAuc"], { drawnShare })).toThrow(/drawnShare/u);
  });

  it("does not depend on the order of rows", () => {
    const options = { replicates: 40, seed: 1 };
    const turned = bootstrapIntervals(
      [...golden.labels].reverse(),
      [...golden.scores].reverse(),
      ["rocAuc", "logLoss"],
      options,
    );
    expect(turned).toEqual(bootstrapIntervals(golden.labels, golden.scores, ["rocAuc", "logLoss"], options));
  });

  it.each([false, true])("draws what resampling rows by hand draws (stratified: %s)", (stratified) => {
    const { labels, probabilities } = simulate(1, 150);
    const rounded = probabilities.map((p) => Math.round(p * 20) / 20);
    const ranking = rankScores(rounded);
    const tally = tallyRanking(ranking, labels, undefined);
    const positives = new Float64Array(ranking.scores.length);
    const negatives = new Float64Array(ranking.scores.length);
    const draw = resampler({ rankings: [ranking], labels, stratified });
    const replicates = 20;
    const aucs = Array.from({ length: replicates }, (_, replicate) => {
      draw(createRandom(5, "bootstrap", replicate), [{ positives, negatives }]);
      const churners = positives.reduce((a, b) => a + b);
      expect(churners + negatives.reduce((a, b) => a + b)).toBe(150);
      if (stratified) expect(churners).toBe(tally.positives.reduce((a, b) => a + b));
      const drawnLabels: number[] = [];
      const drawnScores: number[] = [];
      ranking.scores.forEach((score, i) => {
        for (let k = 0; k < positives[i] + negatives[i]; k++) {
          drawnLabels.push(k < positives[i] ? 1 : 0);
          drawnScores.push(score);
        }
      });
      return rocAuc(drawnLabels, drawnScores);
    }).sort((a, b) => a - b);
    const found = bootstrapIntervals(labels, rounded, ["rocAuc"], {
      replicates,
      seed: 5,
      level: 0.5,
      stratified,
    });
    // R-6 quartiles of 20 values lie at places 5.25 and 15.75 of the sorted ones, counted from 1.
    expect(found.rocAuc.low).toBeCloseTo(aucs[4] + 0.25 * (aucs[5] - aucs[4]), 12);
    expect(found.rocAuc.high).toBeCloseTo(aucs[14] + 0.75 * (aucs[15] - aucs[14]), 12);
  });

  it("refits the calibration line to what a fit from scratch finds", () => {
    const { labels, probabilities } = simulate(2, 300);
    const ranking = rankScores(probabilities);
    const { computation } = metricNamed("calibrationSlope");
    const values = computation.prepare(tallyRanking(ranking, labels, undefined), 300);
    const positives = new Float64Array(ranking.scores.length);
    const negatives = new Float64Array(ranking.scores.length);
    const refitted = new Float64Array(2);
    const draw = resampler({ rankings: [ranking], labels, stratified: false });
    for (let replicate = 0; replicate < 30; replicate++) {
      draw(createRandom(6, replicate), [{ positives, negatives }]);
      values(positives, negatives, refitted, 0);
      const twice = [...ranking.scores, ...ranking.scores];
      const scratch = calibrationSlopeAndIntercept(
        twice.map((_, i) => (i < ranking.scores.length ? 1 : 0)),
        twice,
        { weights: [...positives, ...negatives] },
      );
      // A refit stops after a step below 1e-3, whose error is about its square, far below that of 1000 replicates.
      expect(Math.abs(refitted[0] - scratch.slope)).toBeLessThan(1e-5);
      expect(Math.abs(refitted[1] - scratch.intercept)).toBeLessThan(1e-5);
    }
  });

  it("covers the truth as often as its level, to 1.5 %", () => {
    // 2000 samples of 800 rows whose probabilities are too extreme. The share of covering ones is binomial, with a
    // deviation of .5 %; the seeds are fixed, so the result is always the same.
    // Truth: that of a million rows, whose own error is a thirtieth of that of a sample.
    const names = [
      "rocAuc",
      "averagePrecision",
      "logLoss",
      "brierScore",
      "expectedCalibrationError",
      "calibrationSlope",
      "calibrationIntercept",
      "ks",
      "hMeasure",
      "empc",
      "empcFraction",
      "topDecileLift",
    ] as const;
    const large = distorted(simulate(-1, 1_000_000), 1.3);
    const truth = bootstrapIntervals(large.labels, large.probabilities, names, { replicates: 1 });
    const covered = Object.fromEntries(names.map((name) => [name, 0]));
    for (let sample = 0; sample < 2000; sample++) {
      const { labels, probabilities } = distorted(simulate(sample, 800), 1.3);
      const intervals = bootstrapIntervals(labels, probabilities, names, { replicates: 100, seed: sample });
      for (const name of names) {
        const { low, high } = intervals[name];
        if (low <= truth[name].value && truth[name].value <= high) covered[name] += 1 / 2000;
      }
    }
    for (const name of names) {
      expect(covered[name], name).toBeGreaterThan(0.935);
      expect(covered[name], name).toBeLessThan(0.965);
    }
  });

  it("does not take noise for miscalibration", () => {
    // Right probabilities: 300 samples, of which at most 5 % may have an interval above 0; the
    // deviation of that count is 1.3 %.
    let certain = 0;
    for (let sample = 0; sample < 300; sample++) {
      const { labels, probabilities } = simulate(sample, 600);
      const { low, value } = bootstrapIntervals(labels, probabilities, ["expectedCalibrationError"], {
        replicates: 1,
      }).expectedCalibrationError;
      expect(value).toBeGreaterThan(0);
      if (low > 0) certain++;
    }
    expect(certain).toBeLessThan(0.08 * 300);
  });

  it("resamples groups as a whole", () => {
    // Every row four times over: as rows the AUC looks twice as certain as it is; as groups nothing has changed.
    const { labels, probabilities } = simulate(3, 300);
    const fourTimes = <T>(values: ArrayLike<T>) =>
      Array.from({ length: 4 * values.length }, (_, i) => values[i % values.length]);
    const groups = fourTimes(labels).map((_, i) => i % labels.length);
    const width = (options: { groups?: number[] }) => {
      const { low, high } = bootstrapIntervals(fourTimes(labels), fourTimes(probabilities), ["rocAuc"], {
        replicates: 400,
        ...options,
      }).rocAuc;
      return high - low;
    };
    const single = bootstrapIntervals(labels, probabilities, ["rocAuc"], { replicates: 400 }).rocAuc;
    expect(width({ groups }) / (single.high - single.low)).toBeGreaterThan(0.85);
    expect(width({ groups }) / (single.high - single.low)).toBeLessThan(1.15);
    expect(width({}) / (single.high - single.low)).toBeLessThan(0.65);
  });

  it("keeps the weights of rows", () => {
    // A row of weight 0 is as if absent; a common factor changes nothing.
    const { labels, probabilities } = simulate(4, 100);
    const options = { replicates: 30, seed: 2 };
    const weights = Float64Array.from(labels, (_, i) => (i < 60 ? 2 : 0));
    const found = bootstrapIntervals(labels, probabilities, ["rocAuc"], { ...options, weights });
    expect(found).toEqual(
      bootstrapIntervals(labels.slice(0, 60), probabilities.slice(0, 60), ["rocAuc"], options),
    );
  });

  it("draws a row of weight k as it draws a group of k rows", () => {
    // Churners first, by falling score: then rows and groups are numbered alike and the same numbers are drawn.
    const rows = golden.labels.map((label, i) => ({
      label,
      score: golden.scores[i],
      weight: i % 4,
      group: i,
    }));
    rows.sort((a, b) => b.label - a.label || b.score - a.score);
    const repeated = rows.flatMap((row) => new Array<(typeof rows)[number]>(row.weight).fill(row));
    const names = ["rocAuc", "averagePrecision", "ks"] as const;
    const intervals = (sample: typeof rows, options: { weights?: number[]; groups?: number[] }) =>
      bootstrapIntervals(
        sample.map(({ label }) => label),
        sample.map(({ score }) => score),
        names,
        { replicates: 30, ...options },
      );
    const weights = rows.map(({ weight }) => weight);
    const weighted = intervals(rows, { weights });
    expect(intervals(repeated, { groups: repeated.map(({ group }) => group) })).toEqual(weighted);
    // A group of rows of weight 0 is as if absent, too.
    expect(intervals(rows, { weights, groups: rows.map(({ group }) => group) })).toEqual(weighted);
  });

  it("draws a sample without one of the classes again", () => {
    // So the only sample of these two rows is the two rows.
    const { logLoss } = bootstrapIntervals([1, 0], [0.6, 0.6], ["logLoss"], { replicates: 50 });
    expect(logLoss.low).toBe(logLoss.value);
    expect(logLoss.high).toBe(logLoss.value);
  });

  it("leaves samples without a calibration line out, and gives NaN when none is left", () => {
    // Five rows: most samples are separated by a threshold, some are not.
    const labels = [1, 0, 1, 0, 0];
    const probabilities = [0.9, 0.8, 0.7, 0.3, 0.2];
    const some = bootstrapIntervals(labels, probabilities, ["calibrationSlope"], { replicates: 200 });
    expect(some.calibrationSlope.low).toBeLessThanOrEqual(some.calibrationSlope.high);
    // One sample each: 40 seeds meet both kinds.
    const none = Array.from({ length: 40 }, (_, seed) =>
      bootstrapIntervals([0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4], ["calibrationSlope"], { replicates: 1, seed }),
    ).filter(({ calibrationSlope }) => Number.isNaN(calibrationSlope.low));
    expect(none.length).toBeGreaterThan(0);
    expect(none.length).toBeLessThan(40);
    for (const { calibrationSlope } of none) {
      expect(calibrationSlope.value).toBeGreaterThan(0);
      expect(calibrationSlope.high).toBeNaN();
    }
  });

  it("refuses a calibration line that does not exist, and unknown metrics", () => {
    expect(() => bootstrapIntervals([1, 0], [0.5, 0.5], ["calibrationSlope"], { replicates: 5 })).toThrow(
      /must overlap between the classes for calibrationSlope/,
    );
    expect(() => bootstrapIntervals([1, 0], [0.5, 0.5], ["auc" as MetricName])).toThrow(
      /bootstrapIntervals: metrics: must be among rocAuc, .*, received "auc"/,
    );
  });

  it("takes margins for scores where no metric asks for probabilities", () => {
    expect(bootstrapIntervals([1, 0], [3, -4], ["rocAuc"], { replicates: 2 }).rocAuc.value).toBe(1);
    expect(() => bootstrapIntervals([1, 0], [3, -4], ["rocAuc", "logLoss"], { replicates: 2 })).toThrow(
      /must be in \[0, 1\]/,
    );
  });
});
