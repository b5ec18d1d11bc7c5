import { describe, expect, it } from "vitest";
import { holmAdjusted } from "../../../src/math/holm.js";
import { evaluateSegments } from "../../../src/metrics/evaluation/evaluate-segments.js";
import { rocAucInterval } from "../../../src/metrics/ranking/roc-auc-interval.js";
import { createRandom } from "../../../src/random.js";

/** Three regions; the probabilities are right except where `change` says otherwise. */
function simulate(rows: number, change: (logOdds: number, region: number, noise: number) => number, key = 0) {
  const random = createRandom(12, "segments", key);
  const labels = new Uint8Array(rows);
  const probabilities = new Float64Array(rows);
  const codes = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const logOdds = -1 + 1.5 * random.normal();
    codes[i] = i % 3;
    labels[i] = random.next() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
    probabilities[i] = 1 / (1 + Math.exp(-change(logOdds, codes[i], random.normal())));
  }
  return { labels, probabilities, region: { name: "region", codes, segments: ["north", "中部", "south"] } };
}

describe("evaluateSegments", () => {
  it("counts, averages and ranks within each segment, missing values as a separate one", () => {
    const labels = [1, 0, 1, 0, 0, 1];
    const probabilities = [0.8, 0.2, 0.6, 0.7, 0.1, 0.3];
    const cut = { name: "tariff", codes: [0, 0, 1, 1, 1, -1], segments: ["S", "L", "empty"] };
    const [s, l, missing] = evaluateSegments(labels, probabilities, [cut]);
    expect(s).toMatchObject({ by: "tariff", segment: "S", rows: 2, positives: 1, meanProbability: 0.5 });
    expect(s.observedRate.value).toBe(0.5);
    // A single churner and a single other have no variance.
    expect(s.rocAuc).toBeNull();
    expect(l.rows).toBe(3);
    expect(l.meanProbability).toBeCloseTo(1.4 / 3, 12);
    expect(missing).toMatchObject({ segment: null, rows: 1, positives: 1 });
    // Too few to test.
    for (const each of [s, l, missing]) {
      expect(each).toMatchObject({ calibrationPValue: null, rankingPValue: null, isMiscalibrated: false });
    }
  });

  it("names a miscalibrated segment first", () => {
    const { labels, probabilities, region } = simulate(6000, (x, at) => (at === 1 ? x + 0.6 : x));
    const found = evaluateSegments(labels, probabilities, [region]);
    expect(found.map(({ segment }) => segment)).toEqual(["中部", "north", "south"]);
    expect(found.map(({ isMiscalibrated }) => isMiscalibrated)).toEqual([true, false, false]);
    expect(found.map(({ isRankedWorse }) => isRankedWorse)).toEqual([false, false, false]);
    const [{ meanProbability, observedRate }] = found;
    expect(meanProbability).toBeGreaterThan(observedRate.high);
  });

  it("names a segment that is ranked worse, though its mean is right", () => {
    const { labels, probabilities, region } = simulate(9000, (x, at, noise) => (at === 2 ? -1 + noise : x));
    const found = evaluateSegments(labels, probabilities, [region]);
    expect(found[0]).toMatchObject({ segment: "south", isRankedWorse: true });
    expect(found.slice(1).some(({ isRankedWorse }) => isRankedWorse)).toBe(false);
    const rows = [...labels.keys()].filter((row) => region.codes[row] === 2);
    const { value, low, high } = rocAucInterval(
      rows.map((row) => labels[row]),
      rows.map((row) => probabilities[row]),
    );
    expect(found[0].rocAuc).toEqual({ value, low, high });
  });

  it("raises a false alarm in at most about 5 % of right models, however many segments", () => {
    let alarms = 0;
    for (let key = 0; key < 200; key++) {
      const { labels, probabilities, region } = simulate(600, (x) => x, key);
      const parity = { name: "parity", codes: labels.map((_, i) => (i >> 2) % 2), segments: ["even", "odd"] };
      const found = evaluateSegments(labels, probabilities, [region, parity]);
      if (found.some((each) => each.isMiscalibrated || each.isRankedWorse)) alarms++;
    }
    // Binomial of 5 %: a deviation of 1.5 %; the seeds are fixed.
    expect(alarms / 200).toBeLessThan(0.08);
  });

  it("takes rows of one group for one in the test of calibration", () => {
    const { labels, probabilities } = simulate(400, (x) => x + 0.2, 7);
    const fourTimes = <T>(values: ArrayLike<T>) =>
      Array.from({ length: 4 * values.length }, (_, i) => values[i % values.length]);
    const everybody = (rows: number) => ({ name: "all", codes: new Int8Array(rows), segments: ["all"] });
    const pValueOf = (options: { groups?: number[] }) =>
      evaluateSegments(fourTimes(labels), fourTimes(probabilities), [everybody(1600)], options)[0]
        .calibrationPValue as number;
    const [single] = evaluateSegments(labels, probabilities, [everybody(400)]);
    const grouped = pValueOf({ groups: fourTimes(labels).map((_, i) => i % 400) });
    expect(Math.abs(grouped - (single.calibrationPValue as number))).toBeLessThan(0.05);
    expect(pValueOf({})).toBeLessThan(grouped / 2);
  });

  it("takes a weight of k for k rows, and of 0 for none", () => {
    const { labels, probabilities, region } = simulate(300, (x) => x, 3);
    const weights = labels.map((_, i) => i % 4);
    const repeated = [...labels.keys()].flatMap((row) => new Array<number>(weights[row]).fill(row));
    const ofRows = <T>(values: ArrayLike<T>) => repeated.map((row) => values[row]);
    const weighted = evaluateSegments(labels, probabilities, [region], { weights });
    const plain = evaluateSegments(ofRows(labels), ofRows(probabilities), [
      { ...region, codes: ofRows(region.codes) },
    ]);
    for (const [i, { rows, positives, rocAuc, meanProbability }] of weighted.entries()) {
      expect(rows).toBe(plain[i].rows);
      expect(positives).toBe(plain[i].positives);
      expect(meanProbability).toBeCloseTo(plain[i].meanProbability, 12);
      expect(weighted[i].observedRate.low).toBeCloseTo(plain[i].observedRate.low, 12);
      expect(weighted[i].calibrationPValue).toBeCloseTo(plain[i].calibrationPValue as number, 12);
      expect(weighted[i].rankingPValue).toBeCloseTo(plain[i].rankingPValue as number, 12);
      expect(rocAuc?.low).toBeCloseTo(plain[i].rocAuc?.low as number, 12);
    }
  });

  it("refuses codes without a segment and lengths that differ, by name", () => {
    const cut = { name: "tariff", codes: [0, 2, 0.5, 0], segments: ["S"] };
    expect(() => evaluateSegments([1, 0, 1], [0.5, 0.4, 0.3], [cut], { groups: [1] })).toThrow(
      /groups: must have the length of labels, 3, received 1[\s\S]*segmentations\[0\].codes: must have the length[\s\S]*codes\[1\]: must be a whole number from −1 to 0, received 2/,
    );
  });
});

describe("holmAdjusted", () => {
  it("multiplies by the number of tests left, never falling, at most 1", () => {
    // R: p.adjust(c(.01, .04, .03, .005), "holm") gives .03 .06 .06 .02.
    expect(holmAdjusted([0.01, 0.04, null, 0.03, 0.005])).toEqual([0.03, 0.06, null, 0.06, 0.02]);
    expect(holmAdjusted([0.6, 0.9])).toEqual([1, 1]);
  });
});
