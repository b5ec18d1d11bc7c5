import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateScores, evaluateScoresInWorkers } from "../../../src/metrics/evaluation/evaluate-scores.js";
import { evaluationCurves } from "../../../src/metrics/evaluation/evaluation-curves.js";
import { calibrationCurve } from "../../../src/metrics/probability/calibration-curve.js";
import { gainCurve } from "../../../src/metrics/ranking/gain-curve.js";
import { liftCurve } from "../../../src/metrics/ranking/lift-curve.js";
import { precisionRecallCurve } from "../../../src/metrics/ranking/precision-recall-curve.js";
import { rocCurve } from "../../../src/metrics/ranking/roc-curve.js";
import { createRandom } from "../../../src/random.js";
import * as golden from "../golden.js";
import { largestDifference, referenceCases } from "../reference.js";
import { labelsOf, probabilitiesOf, sampleRows, weightsOf } from "../sample-rows.js";

/** The points of a curve as texts, to look them up. */
const pointsOf = (...lists: readonly ArrayLike<number | null>[]) =>
  Array.from(lists[0], (_, i) => lists.map((list) => list[i] ?? Number.POSITIVE_INFINITY).join(" "));

/** A sample of many rows, 20% churners. */
function manyRows(rows: number) {
  const random = createRandom(5, "curves");
  const probabilities = Array.from({ length: rows }, () => random.next() ** 4);
  return { probabilities, labels: probabilities.map((each) => (random.next() < each ? 1 : 0)) };
}

/** The height of a line through points at some x; on a vertical part the nearest height to y. */
function distanceTo(xs: readonly number[], ys: readonly number[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < xs.length; i++) {
    if (x < xs[i - 1] || x > xs[i]) continue;
    const [low, high] =
      xs[i] === xs[i - 1]
        ? [Math.min(ys[i], ys[i - 1]), Math.max(ys[i], ys[i - 1])]
        : [0, 0].fill(ys[i - 1] + ((ys[i] - ys[i - 1]) * (x - xs[i - 1])) / (xs[i] - xs[i - 1]));
    nearest = Math.min(nearest, Math.max(0, low - y, y - high));
  }
  return nearest;
}

describe("evaluationCurves", () => {
  it.each(referenceCases.filter(({ rocCurve: each }) => each !== undefined))(
    "has points of scikit-learn's ROC curve only, on a sample with $name",
    ({ labels, probabilities, options, rocCurve: expected }) => {
      const { roc } = evaluationCurves(labels, probabilities, options);
      expect(roc.threshold[0]).toBeNull();
      const places = roc.threshold
        .slice(1)
        .map((each) => (expected?.threshold ?? []).indexOf(each ?? Number.NaN));
      expect(places).not.toContain(-1);
      const at = (list: readonly number[] = []) => [list[0], ...places.map((place) => list[place + 1])];
      expect(largestDifference(roc.falsePositiveRate, at(expected?.falsePositiveRate))).toBeLessThan(1e-14);
      expect(largestDifference(roc.truePositiveRate, at(expected?.truePositiveRate))).toBeLessThan(1e-14);
    },
  );

  it("moves no point, keeps the ends and has at most 200 points", () => {
    fc.assert(
      fc.property(sampleRows, (rows) => {
        const [labels, probabilities, weights] = [labelsOf(rows), probabilitiesOf(rows), weightsOf(rows)];
        const curves = evaluationCurves(labels, probabilities, { weights });
        const whole = {
          roc: rocCurve(labels, probabilities, { weights }),
          precisionRecall: precisionRecallCurve(labels, probabilities, { weights }),
          gain: gainCurve(labels, probabilities, { weights }),
          lift: liftCurve(labels, probabilities, { weights }),
        };
        for (const name of ["roc", "precisionRecall", "gain", "lift"] as const) {
          const found = pointsOf(...(Object.values(curves[name]) as number[][]));
          const all = pointsOf(...(Object.values(whole[name]) as Float64Array[]));
          expect([found[0], found[found.length - 1]]).toEqual([all[0], all[all.length - 1]]);
          expect(all).toEqual(expect.arrayContaining(found));
          expect(found.length).toBeLessThanOrEqual(200);
        }
        const calibration = calibrationCurve(labels, probabilities, { weights });
        expect(curves.calibration).toEqual(
          Object.fromEntries(Object.entries(calibration).map(([name, list]) => [name, Array.from(list)])),
        );
      }),
      { seed: 2026, numRuns: 200 },
    );
  });

  it("is within 0.2% of the ROC and gain curves of 30,000 rows, and 1% of precision and lift", () => {
    const { labels, probabilities } = manyRows(30_000);
    const curves = evaluationCurves(labels, probabilities);
    const roc = rocCurve(labels, probabilities);
    const gains = gainCurve(labels, probabilities);
    const precisions = precisionRecallCurve(labels, probabilities);
    const lifts = liftCurve(labels, probabilities);
    const largest = (
      xs: ArrayLike<number>,
      ys: ArrayLike<number>,
      x: readonly number[],
      y: readonly number[],
    ) => Math.max(...Array.from({ length: 2500 }, (_, i) => distanceTo(x, y, xs[12 * i], ys[12 * i])));
    const { roc: r, gain: g, precisionRecall: p, lift: l } = curves;
    expect(
      largest(roc.falsePositiveRate, roc.truePositiveRate, r.falsePositiveRate, r.truePositiveRate),
    ).toBeLessThanOrEqual(0.002 + 1e-12);
    expect(largest(gains.share, gains.gain, g.share, g.gain)).toBeLessThanOrEqual(0.002 + 1e-12);
    expect(largest(precisions.recall, precisions.precision, p.recall, p.precision)).toBeLessThan(0.01);
    expect(largest(lifts.share, lifts.lift, l.share, l.lift)).toBeLessThan(0.01 * Math.max(...lifts.lift));
    expect(r.threshold.length).toBeLessThan(100);
  });

  it("counts rows, or weight, in bands from 0 to the largest probability", () => {
    const { histogram } = evaluationCurves([1, 0, 0, 1, 0], [0.29, 0.3, 0.1, 0.1, 1], {
      weights: [1, 2, 3, 4, 0],
    });
    // 0.29 · 100 is 28.999999999999996.
    expect(histogram.from.length).toBe(31);
    const filled = histogram.from.flatMap((from, i) =>
      histogram.churned[i] + histogram.stayed[i] > 0
        ? [[from, histogram.to[i], histogram.churned[i], histogram.stayed[i]]]
        : [],
    );
    expect(filled).toEqual([
      [0.1, 0.11, 4, 3],
      [0.29, 0.3, 1, 0],
      [0.3, 0.31, 0, 2],
    ]);
    const upToOne = evaluationCurves([1, 0], [1, 0]).histogram;
    expect([upToOne.to[49], upToOne.churned[49], upToOne.stayed[0]]).toEqual([1, 1, 1]);
    expect(evaluationCurves([1, 0, 1], [0.0003, 0.0001, 0]).histogram.to.at(-1)).toBeCloseTo(0.00031, 12);
    expect(evaluationCurves([1, 0], [0, 0]).histogram).toEqual({
      from: [0],
      to: [0.02],
      churned: [1],
      stayed: [1],
    });
  });

  it("goes to JSON and back", () => {
    const curves = evaluationCurves(golden.labels, golden.scores);
    expect(JSON.parse(JSON.stringify(curves))).toEqual(curves);
  });
});

describe("option curves", () => {
  const { labels, scores } = golden;
  it("adds the curves to an evaluation, and changes nothing else", async () => {
    const plain = evaluateScores(labels, scores, { replicates: 5 });
    const asked = evaluateScores(labels, scores, { replicates: 5, curves: true });
    expect("curves" in plain).toBe(false);
    expect("curves" in evaluateScores(labels, scores, { replicates: 5, curves: false })).toBe(false);
    expect(asked).toEqual({ ...plain, curves: evaluationCurves(labels, scores) });
    expect(await evaluateScoresInWorkers(labels, scores, { replicates: 5, curves: true })).toEqual(asked);
  });

  it("is true or false", () => {
    expect(() => evaluateScores(labels, scores, { curves: "yes" as unknown as boolean })).toThrow(
      'evaluateScores: curves: must be true or false, received "yes"',
    );
  });
});
