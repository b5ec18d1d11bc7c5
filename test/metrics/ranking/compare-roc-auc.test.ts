import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../../src/math/normal-quantile.js";
import { compareRocAuc } from "../../../src/metrics/ranking/compare-roc-auc.js";
import { rocAucInterval } from "../../../src/metrics/ranking/roc-auc-interval.js";
import { createRandom } from "../../../src/random.js";
import { thrownBy } from "../../support/thrown.js";
import { referenceCases } from "../reference.js";
import {
  labelsOf,
  otherScoresOf,
  probabilitiesOf,
  type SampleRow,
  sampleRows,
  weightsOf,
} from "../sample-rows.js";

const runs = { seed: 2026, numRuns: 150 };

function compared(rows: readonly SampleRow[], weights: number[]) {
  return compareRocAuc(labelsOf(rows), probabilitiesOf(rows), otherScoresOf(rows), { weights });
}

describe("compareRocAuc", () => {
  it.each(referenceCases)("agrees with numpy on a sample with $name", (reference) => {
    const { labels, probabilities, otherScores, options, auc, otherAuc } = reference;
    const found = compareRocAuc(labels, probabilities, otherScores, options);
    const error = reference.differenceStandardError;
    const difference = auc - otherAuc;
    expect(Math.abs(found.a / auc - 1)).toBeLessThan(1e-13);
    expect(Math.abs(found.b / otherAuc - 1)).toBeLessThan(1e-13);
    // The reference takes its variance from a difference of covariances.
    expect(Math.abs(found.standardError / error - 1)).toBeLessThan(1e-12);
    expect(found.difference).toBeCloseTo(difference, 13);
    expect(found.z).toBeCloseTo(difference / error, 11);
    expect(found.pValue).toBeCloseTo(reference.differencePValue, 11);
    expect(found.low).toBeCloseTo(difference - normalQuantile(0.975) * error, 12);
    expect(found.high).toBeCloseTo(difference + normalQuantile(0.975) * error, 12);
  });
  it("takes a whole weight for that many rows", () => {
    fc.assert(
      fc.property(sampleRows, (rows) => {
        const repeated = rows.flatMap((row) => new Array<SampleRow>(row.weight).fill(row));
        const expected = compared(
          repeated,
          repeated.map(() => 1),
        );
        const found = compared(rows, weightsOf(rows));
        expect(found.difference).toBeCloseTo(expected.difference, 13);
        expect(found.standardError).toBeCloseTo(expected.standardError, 13);
      }),
      runs,
    );
  });
  it("does not depend on the order of rows, and turns its sign when the scores change places", () => {
    fc.assert(
      fc.property(sampleRows, (rows) => {
        const weights = rows.map(({ weight }) => (weight + 1) / 7);
        const expected = compared(rows, weights);
        const turned = compared([...rows].reverse(), [...weights].reverse());
        expect(turned.difference).toBeCloseTo(expected.difference, 13);
        expect(turned.standardError).toBeCloseTo(expected.standardError, 13);
        const exchanged = compareRocAuc(labelsOf(rows), otherScoresOf(rows), probabilitiesOf(rows), {
          weights,
        });
        expect(exchanged.difference + expected.difference).toBe(0);
        expect(exchanged.standardError).toBe(expected.standardError);
      }),
      runs,
    );
  });
  it("is left alone by monotone transforms of either score", () => {
    fc.assert(
      fc.property(sampleRows, (rows) => {
        const labels = labelsOf(rows);
        const [a, b] = [probabilitiesOf(rows), otherScoresOf(rows)];
        const transformed = compareRocAuc(labels, a.map(Math.log), b.map(Math.exp));
        expect(transformed).toEqual(compareRocAuc(labels, a, b));
      }),
      runs,
    );
  });
  it("finds no difference between scores that rank alike", () => {
    const labels = [1, 0, 1, 0, 0];
    const scores = [0.9, 0.8, 0.7, 0.1, 0.1];
    expect(compareRocAuc(labels, scores, scores.map(Math.sqrt))).toMatchObject({
      difference: 0,
      standardError: 0,
      low: 0,
      high: 0,
      z: 0,
      pValue: 1,
    });
  });
  it("against a constant has the variance of one area", () => {
    const labels = [1, 0, 1, 0, 0];
    const scores = [0.9, 0.8, 0.7, 0.1, 0.1];
    const { b, standardError } = compareRocAuc(labels, scores, [1, 1, 1, 1, 1]);
    expect(b).toBe(0.5);
    expect(standardError).toBeCloseTo(Math.sqrt(rocAucInterval(labels, scores).variance), 15);
  });
  it("has an infinite z where one score is perfect and the other perfectly wrong", () => {
    expect(compareRocAuc([1, 1, 0, 0], [4, 3, 2, 1], [1, 2, 3, 4])).toMatchObject({
      difference: 1,
      standardError: 0,
      low: 1,
      high: 1,
      z: Number.POSITIVE_INFINITY,
      pValue: 0,
    });
  });
  it("keeps the interval within [−1, 1]", () => {
    const { low, high } = compareRocAuc([1, 1, 0, 0], [4, 2, 3, 1], [1, 3, 2, 4], { level: 0.999 });
    expect([low, high]).toEqual([-1, 1]);
  });
  it("rejects equal models about as often as its level", () => {
    const random = createRandom(4, "paired DeLong test");
    const normal = () => normalQuantile(1 - random.next());
    const labels = Uint8Array.from({ length: 150 }, (_, i) => (i < 50 ? 1 : 0));
    const replicates = 3000;
    let rejected = 0;
    for (let replicate = 0; replicate < replicates; replicate++) {
      const shared = Float64Array.from(labels, (label) => label + normal());
      const { pValue } = compareRocAuc(
        labels,
        shared.map((score) => score + normal()),
        shared.map((score) => score + normal()),
      );
      if (pValue < 0.05) rejected++;
    }
    // The standard error of 3000 trials is 0.4%.
    expect(Math.abs(rejected / replicates - 0.05)).toBeLessThanOrEqual(0.015);
  });
  it("names the scores that are wrong, with index and value", async () => {
    const error = await thrownBy(() =>
      compareRocAuc([1, 0, 2], [0.1, Number.NaN, 0.3], [0.1, 0.2], { weights: [1, -1, 1], level: 95 }),
    );
    expect(error.problems.map(({ path, expected, received }) => [path.argument, expected, received])).toEqual(
      [
        ["labels[2]", "must be 0 or 1", 2],
        ["scoresA[1]", "must be finite", Number.NaN],
        ["weights[1]", "must be finite and not negative", -1],
        ["scoresB", "must have the length of labels, 3", 2],
        ["level", "must be between 0 and 1", 95],
      ],
    );
  });
  it("refuses a class of fewer than two rows", () => {
    expect(() => compareRocAuc([1, 0, 0], [3, 2, 1], [1, 2, 3])).toThrow(
      "compareRocAuc: labels: must hold at least two rows of label 1, received 1",
    );
  });
});
