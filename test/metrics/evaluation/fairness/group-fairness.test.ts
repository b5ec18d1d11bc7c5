import { describe, expect, it } from "vitest";
import { holmAdjusted } from "../../../../src/math/holm.js";
import { evaluateSegments } from "../../../../src/metrics/evaluation/evaluate-segments.js";
import { groupFairness } from "../../../../src/metrics/evaluation/fairness/group-fairness.js";
import { createRandom } from "../../../../src/random.js";

/*
 * 1,200 rows in five segments, which Python makes of the same multiplicative generator: u(k) = (k · 2654435761 mod 2³²) / 2³².
 * References: fairlearn 0.15.0 (demographic_parity_*, equalized_odds_*), statsmodels 0.15.0 (proportions_ztest,
 * proportion_confint(method="wilson")), scipy 1.17.1 (fisher_exact, norm.sf for calibration and clusters) and numpy.
 */
const ROWS = Array.from({ length: 1200 }, (_, i) => i);
const u = (k: number) => ((k * 2654435761) % 4294967296) / 4294967296;
const probabilities = ROWS.map((i) => u(5 * i + 1));
const codes = ROWS.map((i) => (u(11 * i + 5) < 0.02 ? 4 : Math.floor(u(7 * i + 3) * 4)));
const labels = ROWS.map((i) =>
  u(13 * i + 7) < 0.2 + 0.6 * probabilities[i] * (codes[i] === 1 ? 1.4 : 1) * 0.8 ? 1 : 0,
);
const decisions = ROWS.map((i) => probabilities[i] + (codes[i] === 2 ? 0.15 : 0) >= 0.7);
const region = { name: "region", codes, segments: ["a", "b", "c", "d", "small"] };
const weights = ROWS.map((i) => 1 + (i % 3));

/** Of each segment: p-values of flagged, true positive rate, false positive rate, calibration. */
const P_VALUES = [
  [0.14110426085428482, 0.3821024062150956, 0.4354251265822988, 0.011937278560229168],
  [0.10579081993488665, 0.4396222738187987, 4.937825639383954e-5, 0.356200980565594],
  [7.578635701893715e-6, 0.0004028139303535049, 0.0004632363766672702, 0.0032357159128678886],
  [0.29244414963794474, 0.002524527666636459, 0.16145378779480823, 0.9405355240088542],
  // The false positive rate by Fisher's test.
  [0.3684448872172509, 0.4472004890937077, 0.7400613765474233, 0.9092280427168018],
];
const WEIGHTED_P_VALUES = [
  [0.05427045540505132, 0.20679677643058225, 0.42496462128397416, 0.00012728563619930842],
  [0.03807114832569027, 0.19229474919436707, 1.5279286568803137e-8, 0.24154408018538243],
  [9.696407522254434e-10, 7.657735991124416e-7, 4.1464267588759825e-6, 0.00019835116144000013],
  [0.13198575305282995, 2.3336492959606547e-5, 0.058715647016324146, 0.7461946148499521],
  [0.1165857487824746, 0.10897464180835276, 0.5689090336177631, 0.7189546744524884],
];

/** With clusters of rows of nearly the same probability: the larger of both variances (numpy); Fisher's test is not made. */
const clusters = ROWS.map((i) => Math.floor(probabilities[i] * 40) * 3 + (i % 3));
const CLUSTERED_P_VALUES = [
  [0.14110426085428474, 0.47829472640715287, 0.5515278755662438, 0.09562816430653054],
  [0.105790819934887, 0.5145321900479647, 0.0009638483591108065, 0.6089898926866235],
  [0.0011808740393011072, 0.011989785954363204, 0.029163913216697063, 0.11544298932625362],
  [0.29244414963794507, 0.012363440745416012, 0.3588978899303239, 0.969373739086745],
  [0.368444887217251, 0.4893649807801941, null, 0.9401206835868587],
];

const inOrder = (column: ReturnType<typeof groupFairness>[number]) =>
  region.segments.map((name) => {
    const found = column.segments.find(({ segment }) => segment === name);
    if (found === undefined) throw new Error(`no segment ${name}`);
    return found;
  });

const pValuesOf = (column: ReturnType<typeof groupFairness>[number]) =>
  inOrder(column).flatMap(({ flagged, truePositiveRate, falsePositiveRate, calibrationPValue }) => [
    flagged.pValue,
    truePositiveRate?.pValue ?? null,
    falsePositiveRate?.pValue ?? null,
    calibrationPValue,
  ]);

function expectClose(found: readonly (number | null)[], expected: readonly (number | null)[]) {
  expect(found.length).toBe(expected.length);
  found.forEach((each, i) => {
    // Sums in another order, and the tails of two implementations of the normal distribution.
    expect(Math.abs((each ?? -1) / (expected[i] ?? -1) - 1), `number ${i}`).toBeLessThan(1e-9);
  });
}

describe("groupFairness", () => {
  it("measures parity as fairlearn does", () => {
    const [column] = groupFairness(labels, probabilities, decisions, [region], { leastRows: 1 });
    expect(column.by).toBe("region");
    expect(column.demographicParityDifference).toBeCloseTo(0.19444444444444442, 14);
    expect(column.demographicParityRatio).toBeCloseTo(0.5625, 14);
    expect(column.equalizedOddsDifference).toBeCloseTo(0.2473118279569893, 14);
    expect(column.equalizedOddsRatio).toBeCloseTo(0.3299798792756539, 14);
    const options = { leastRows: 1, weights };
    const [weighted] = groupFairness(labels, probabilities, decisions, [region], options);
    expect(weighted.demographicParityDifference).toBeCloseTo(0.21175044091710757, 14);
    expect(weighted.demographicParityRatio).toBeCloseTo(0.51975, 14);
    expect(weighted.equalizedOddsDifference).toBeCloseTo(0.30622009569377995, 14);
    expect(weighted.equalizedOddsRatio).toBeCloseTo(0.33816584657045673, 14);
  });

  it("leaves rates of few rows out of parity", () => {
    const [column] = groupFairness(labels, probabilities, decisions, [region]);
    // Without the 24 rows of "small": 0.4444… of c less 0.2972… of b.
    expect(column.demographicParityDifference).toBeCloseTo(0.4444444444444444 - 0.2972972972972973, 14);
    const alone = { name: "one", codes: ROWS.map(() => 0), segments: ["all"] };
    expect(groupFairness(labels, probabilities, decisions, [alone])[0]).toMatchObject({
      demographicParityDifference: null,
      demographicParityRatio: null,
      equalizedOddsDifference: null,
      equalizedOddsRatio: null,
      segments: [{ flagged: { difference: null, pValue: null }, differs: ["calibration"] }],
    });
  });

  it("has the rates of a segment, their Wilson intervals and differences", () => {
    const c = inOrder(groupFairness(labels, probabilities, decisions, [region])[0])[2];
    expect(c).toMatchObject({ segment: "c", rows: 288, churners: 124 });
    expectClose(
      [c.flagged.value, c.flagged.low, c.flagged.high, c.flagged.difference],
      [0.4444444444444444, 0.3881615420223848, 0.5021898832709603, 0.14290935672514615],
    );
    const [tpr, fpr] = [c.truePositiveRate, c.falsePositiveRate];
    expectClose(
      [tpr?.value ?? null, tpr?.low ?? null, tpr?.high ?? null, tpr?.difference ?? null],
      [0.5806451612903226, 0.49264969025250516, 0.6637940814667403, 0.17839797027908666],
    );
    expectClose(
      [fpr?.value ?? null, fpr?.low ?? null, fpr?.high ?? null, fpr?.difference ?? null],
      [0.34146341463414637, 0.27326034779176, 0.41692346992903406, 0.1358959628140179],
    );
    expectClose([c.precision?.value ?? null, c.meanProbability], [0.5625, 0.5014136913669063]);
    expect(c.observedRate?.value).toBeCloseTo(124 / 288, 14);
  });

  it("tests by z, Fisher and calibration as the references do, and adjusts all by Holm", () => {
    const [column] = groupFairness(labels, probabilities, decisions, [region]);
    const adjusted = holmAdjusted(P_VALUES.flat());
    expectClose(pValuesOf(column), adjusted);
    const standing = (at: number) => (adjusted[at] ?? 1) < 0.05;
    const measures = ["flagged", "truePositiveRate", "falsePositiveRate", "calibration"];
    expect(inOrder(column).map(({ differs }) => differs)).toEqual(
      P_VALUES.map((_, s) => measures.filter((_each, m) => standing(4 * s + m))),
    );
    // Those that differ come first, by rising p-value.
    expect(column.segments.map(({ segment }) => segment)).toEqual(["c", "b", "d", "a", "small"]);
  });

  it("counts whole weights as repeated rows", () => {
    const [column] = groupFairness(labels, probabilities, decisions, [region], { weights });
    expectClose(pValuesOf(column), holmAdjusted(WEIGHTED_P_VALUES.flat()));
    const repeat = <Each>(list: readonly Each[]) => list.flatMap((each, i) => Array(weights[i]).fill(each));
    const [repeated] = groupFairness(repeat(labels), repeat(probabilities), repeat(decisions), [
      { ...region, codes: repeat(codes) },
    ]);
    expectClose(pValuesOf(column), pValuesOf(repeated));
  });

  it("takes rows of one group as a cluster", () => {
    const [column] = groupFairness(labels, probabilities, decisions, [region], { groups: clusters });
    expectClose(pValuesOf(column), holmAdjusted(CLUSTERED_P_VALUES.flat()));
  });

  it("has the rows, rates and means of evaluateSegments, with fractional weights too", () => {
    const random = createRandom(4, "fairness");
    for (const options of [{}, { weights }, { weights: ROWS.map(() => random.next()) }]) {
      const [column] = groupFairness(labels, probabilities, decisions, [region], options);
      const segments = evaluateSegments(labels, probabilities, [region], options);
      for (const each of column.segments) {
        const same = segments.find(({ segment }) => segment === each.segment);
        expectClose(
          [each.rows, each.churners, each.meanProbability, each.observedRate?.low ?? null],
          [
            same?.rows ?? null,
            same?.positives ?? null,
            same?.meanProbability ?? null,
            same?.observedRate.low ?? null,
          ],
        );
      }
    }
  });

  it("gives shares flagged without labels", () => {
    const [column] = groupFairness(null, probabilities, decisions, [region]);
    const [c] = column.segments;
    expect(c).toMatchObject({
      segment: "c",
      churners: null,
      truePositiveRate: null,
      falsePositiveRate: null,
      precision: null,
      observedRate: null,
      calibrationPValue: null,
      differs: ["flagged"],
    });
    // Five tests.
    expect(c.flagged.pValue).toBeCloseTo(5 * 7.578635701893715e-6, 12);
    expect(column.equalizedOddsDifference).toBeNull();
  });

  it("raises a false alarm in no more than 5% of fair samples, with subscribers of several rows too", () => {
    let alarms = 0;
    const samples = 300;
    for (let sample = 0; sample < samples; sample++) {
      const random = createRandom(sample, "fair");
      const groups = Array.from({ length: 600 }, (_, i) => Math.floor(i / 6));
      const risk = Array.from({ length: 100 }, () => 0.1 + 0.5 * random.next());
      const segment = Array.from({ length: 100 }, () => Math.floor(3 * random.next()));
      const p = groups.map((group) => risk[group]);
      const y = p.map((each) => (random.next() < each ? 1 : 0));
      const cut = { name: "cut", codes: groups.map((group) => segment[group]), segments: ["a", "b", "c"] };
      const [column] = groupFairness(
        y,
        p,
        p.map((each) => each > 0.4),
        [cut],
        { groups },
      );
      if (column.segments.some(({ differs }) => differs.length > 0)) alarms++;
    }
    // 5% of 300 is 15; the 99.9% point of that binomial is 28.
    expect(alarms).toBeLessThanOrEqual(28);
  });

  it("keeps the missing as a segment, and no segment of weight 0", () => {
    const cut = { name: "cut", codes: [-1, 0, 1, 1], segments: ["a", "b", "none"] };
    const found = groupFairness([1, 0, 1, 0], [0.9, 0.2, 0.4, 0.1], [1, 0, 0, 0], [cut], {
      weights: [1, 0, 1, 1],
    });
    expect(found[0].segments.map(({ segment, rows }) => [segment, rows])).toEqual([
      ["b", 2],
      [null, 1],
    ]);
  });

  it("takes 10,000 segments of 200,000 rows, clustered, in a few passes over the rows", () => {
    const random = createRandom(8, "many");
    const rows = 200_000;
    const many = Float64Array.from({ length: rows }, () => random.next());
    const cut = {
      name: "dealer",
      codes: Int32Array.from({ length: rows }, () => Math.floor(10_000 * random.next())),
      segments: Array.from({ length: 10_000 }, (_, i) => `dealer ${i}`),
    };
    const found = groupFairness(
      Uint8Array.from(many, (p) => (random.next() < p ? 1 : 0)),
      many,
      Array.from(many, (p) => p > 0.7),
      [cut],
      { groups: Int32Array.from({ length: rows }, (_, i) => i >> 1) },
    );
    expect(found[0].segments).toHaveLength(10_000);
  });

  it("names what is wrong", () => {
    const call = (given: readonly unknown[]) => () =>
      (groupFairness as (...all: readonly unknown[]) => unknown)(...given);
    expect(call([labels, probabilities, probabilities, [region]])).toThrow(
      /groupFairness: decisions\[0\]: must be true or false, received .*\(1,200 rows have such a value; of probabilities: probabilities\.map\(\(each\) => each >= threshold\)\)/,
    );
    expect(call([labels, probabilities, decisions.slice(1), [region]])).toThrow(
      "groupFairness: decisions: must have the length of probabilities, 1200, received 1199",
    );
    expect(call([labels, probabilities, decisions, [region], { leastRows: 0 }])).toThrow(
      "groupFairness: leastRows: must be finite and at least 1, received 0",
    );
    expect(call([labels, probabilities, decisions, region])).toThrow(/segmentations.*write \[segmentation\]/);
  });
});
