import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/random.js";
import { type AutoTierOptions, autoTiers } from "../../src/tiers/auto-tiers.js";
import { type RiskTiers, tierOf } from "../../src/tiers/tiers.js";
import { thrownBy } from "../support/thrown.js";

interface Sample {
  readonly probabilities: number[];
  readonly labels: number[];
}

/** Rows of few probabilities: for each the number of rows and of churners. */
function levels(...each: readonly { at: number; rows: number; churners: number }[]): Sample {
  const rows = each.flatMap(({ at, rows: count, churners }) =>
    Array.from({ length: count }, (_, i) => ({ probability: at, label: i < churners ? 1 : 0 })),
  );
  return {
    probabilities: rows.map(({ probability }) => probability),
    labels: rows.map(({ label }) => label),
  };
}

/** Rows whose log-odds of churn are `slope` × those of their probability: 1 is a perfect model, 0 is chance. */
function drawn(rows: number, slope: number, seed: number): Sample {
  const random = createRandom(seed, "rows for tiers");
  const logOdds = Array.from({ length: rows }, () => 1.5 * random.normal() - 1);
  return {
    probabilities: logOdds.map((value) => 1 / (1 + Math.exp(-value))),
    labels: logOdds.map((value) => (random.next() < 1 / (1 + Math.exp(1 - slope * (value + 1))) ? 1 : 0)),
  };
}

function tiersOf({ probabilities, labels }: Sample, options: AutoTierOptions = {}): RiskTiers {
  return autoTiers(probabilities, labels, { replicates: 100, ...options });
}

/** Rows and churners of each tier. */
function countsOf(tiers: RiskTiers, { probabilities, labels }: Sample) {
  return tiers.map((tier) => {
    const rows = [...labels.keys()].filter((row) => tierOf(tiers, probabilities[row]) === tier);
    return { rows: rows.length, churners: rows.filter((row) => labels[row] === 1).length };
  });
}

const namesOf = (tiers: RiskTiers) => tiers.map(({ name }) => name);

describe("autoTiers", () => {
  test("draws a tier where two rates differ significantly, by the p-value of scipy", () => {
    const tiers = tiersOf(levels({ at: 0.4, rows: 200, churners: 60 }, { at: 0.1, rows: 200, churners: 30 }));
    expect(tiers.map(({ name, from }) => [name, from])).toEqual([
      ["high", 0.4],
      ["low", 0],
    ]);
    // scipy 1.17: chi2_contingency([[60, 140], [30, 170]], correction=False).pvalue; one cut was tried.
    expect(tiers[0].evidence?.pValue).toBeCloseTo(0.00032801631501352865, 14);
    expect(tiers[1].evidence).toBeUndefined();
  });

  test("merges neighbours that do not differ, and corrects for the cuts tried", () => {
    const sample = levels(
      { at: 0.8, rows: 100, churners: 60 },
      { at: 0.5, rows: 100, churners: 30 },
      { at: 0.1, rows: 100, churners: 28 },
    );
    const tiers = tiersOf(sample);
    expect(tiers.map(({ from }) => from)).toEqual([0.8, 0]);
    // z of 60/100 against 58/200 is 5.1816, p by scipy's norm.sf; times the two cuts there were at first.
    expect(tiers[0].evidence?.pValue).toBeCloseTo(2 * 2.2003651779385926e-7, 18);
  });

  test("does not draw a cut whose p-value passes 0.05 before correction only", () => {
    // 48 against 32 of 200: p 0.0455 (scipy). One cut tried is one too few to correct for; with a third level it is not.
    const two = [
      { at: 0.4, rows: 200, churners: 48 },
      { at: 0.3, rows: 200, churners: 32 },
    ];
    expect(namesOf(tiersOf(levels(...two)))).toEqual(["high", "low"]);
    const three = tiersOf(levels({ at: 0.9, rows: 200, churners: 190 }, ...two));
    expect(three.map(({ from }) => from)).toEqual([0.9, 0]);
  });

  test("merges what churns in the wrong order, however significantly", () => {
    const tiers = tiersOf(levels({ at: 0.9, rows: 100, churners: 20 }, { at: 0.1, rows: 100, churners: 80 }));
    expect(tiers).toEqual([{ name: "all", from: 0 }]);
  });

  test("gives no tier fewer than ten churners", () => {
    const rest = { at: 0.1, rows: 400, churners: 20 };
    const nine = tiersOf(levels({ at: 0.9, rows: 9, churners: 9 }, rest));
    const ten = tiersOf(levels({ at: 0.9, rows: 10, churners: 10 }, rest));
    expect([namesOf(nine), namesOf(ten)]).toEqual([["all"], ["high", "low"]]);
  });

  test("gives one tier for all where all probabilities are equal", () => {
    expect(tiersOf(levels({ at: 0.3, rows: 100, churners: 30 }))).toEqual([{ name: "all", from: 0 }]);
  });

  test.each([
    [2, ["high", "low"]],
    [3, ["high", "medium", "low"]],
    [4, ["very high", "high", "medium", "low"]],
    [5, ["very high", "high", "medium", "low", "very low"]],
  ])("draws at most %i tiers where the data would allow more, and names them", (max, names) => {
    expect(namesOf(tiersOf(drawn(8000, 1, 1), { max }))).toEqual(names);
  });

  test("draws tiers of chance in at most 5 of 100 samples", () => {
    const seeds = Array.from({ length: 200 }, (_, seed) => seed);
    const wrong = seeds.filter((seed) => tiersOf(drawn(600, 0, seed)).length > 1);
    expect(wrong.length).toBeLessThanOrEqual(10);
  });

  test("reports the share of replicates that binomial churners give", () => {
    const sample = levels({ at: 0.4, rows: 200, churners: 48 }, { at: 0.3, rows: 200, churners: 32 });
    const [high] = tiersOf(sample, { replicates: 20_000 });
    // scipy 1.17: P(X > Y) of binom(200, 0.24) and binom(200, 0.16); four standard errors of 20,000 replicates.
    expect(Math.abs((high.evidence?.replicateShare ?? 0) - 0.9743622629611635)).toBeLessThan(0.0045);
  });

  test("reports about the same share when each row is a separate group", () => {
    const sample = levels({ at: 0.4, rows: 200, churners: 48 }, { at: 0.3, rows: 200, churners: 32 });
    const [high] = tiersOf(sample, { replicates: 20_000, groups: [...sample.labels.keys()] });
    // Groups are drawn from all rows, not within their tier: a little other than the binomial 0.9744.
    expect(Math.abs((high.evidence?.replicateShare ?? 0) - 0.9743622629611635)).toBeLessThan(0.01);
  });

  test("removes a cut whose evidence is the same subscribers repeated", () => {
    // 22 of 40 against 17 of 40 subscribers, each in eight rows. As rows: p 0.0016; as subscribers: z 1.12, one in eight
    // replicates in the other order.
    const sample = levels({ at: 0.5, rows: 320, churners: 176 }, { at: 0.4, rows: 320, churners: 136 });
    const groups = sample.labels.map((_, row) => Math.floor(row / 8));
    expect(namesOf(tiersOf(sample))).toEqual(["high", "low"]);
    expect(namesOf(tiersOf(sample, { groups }))).toEqual(["all"]);
  });

  test("gives rates that fall strictly, ten churners a tier, at most max, and every row a tier", () => {
    const samples = fc.record({
      rows: fc.integer({ min: 30, max: 1500 }),
      slope: fc.integer({ min: 0, max: 20 }).map((tenths) => tenths / 10),
      seed: fc.nat(10_000),
      max: fc.integer({ min: 2, max: 5 }),
    });
    let several = 0;
    fc.assert(
      fc.property(samples, ({ rows, slope, seed, max }) => {
        const sample = drawn(rows, slope, seed);
        const tiers = tiersOf(sample, { max, replicates: 40 });
        const counts = countsOf(tiers, sample);
        expect(tiers.length).toBeLessThanOrEqual(max);
        expect(counts.reduce((sum, { rows: inTier }) => sum + inTier, 0)).toBe(rows);
        if (tiers.length > 1) several++;
        for (let i = 1; i < tiers.length; i++) {
          expect(tiers[i].from).toBeLessThan(tiers[i - 1].from);
          expect(counts[i].churners / counts[i].rows).toBeLessThan(
            counts[i - 1].churners / counts[i - 1].rows,
          );
        }
        if (tiers.length > 1) for (const { churners } of counts) expect(churners).toBeGreaterThanOrEqual(10);
        for (const { evidence } of tiers.slice(0, -1)) {
          expect(evidence?.pValue).toBeLessThanOrEqual(0.05);
          expect(evidence?.replicateShare).toBeGreaterThanOrEqual(0.95);
        }
      }),
      { numRuns: 150, seed: 3 },
    );
    expect(several).toBeGreaterThan(75);
  });

  test("does not depend on the order of the rows, with and without groups", () => {
    const sample = drawn(700, 1, 5);
    const groups = sample.labels.map((_, row) => row % 90);
    const turned = <Value>(values: readonly Value[]) =>
      [...values.slice(311), ...values.slice(0, 311)].reverse();
    const turnedSample = { probabilities: turned(sample.probabilities), labels: turned(sample.labels) };
    expect(tiersOf(turnedSample)).toEqual(tiersOf(sample));
    expect(tiersOf(turnedSample, { groups: turned(groups) })).toEqual(tiersOf(sample, { groups }));
  });

  test("gives the same tiers from the same seed, and other shares from another", () => {
    const sample = levels({ at: 0.4, rows: 200, churners: 48 }, { at: 0.3, rows: 200, churners: 32 });
    expect(tiersOf(sample, { seed: 4 })).toEqual(tiersOf(sample, { seed: 4 }));
    const shares = [0, 1, 2, 3].map((seed) => tiersOf(sample, { seed })[0].evidence?.replicateShare);
    expect(new Set(shares).size).toBeGreaterThan(1);
  });

  test("does not change what it is given", () => {
    const sample = drawn(300, 1, 2);
    const copy = structuredClone(sample);
    tiersOf(sample, Object.freeze({ seed: 1 }));
    expect(sample).toEqual(copy);
  });
});

describe("autoTiers refuses", () => {
  const cases: [string, unknown[], [argument: string, received: unknown][]][] = [
    ["no rows", [[], []], [["labels", 0]]],
    ["lengths that differ", [[0.1, 0.2], [1]], [["probabilities", 2]]],
    [
      "invalid probabilities and labels",
      [
        [0.1, Number.NaN, 1.5, -0.1],
        [1, 0, 2, 0],
      ],
      [
        ["labels[2]", 2],
        ["probabilities[1]", Number.NaN],
        ["probabilities[2]", 1.5],
        ["probabilities[3]", -0.1],
      ],
    ],
    [
      "labels of one class",
      [
        [0.1, 0.2],
        [0, 0],
      ],
      [["labels", "no label 1 in a row of positive weight"]],
    ],
    [
      "wrong options, all of them at once",
      [[0.1, 0.2], [0, 1], { max: 6, seed: -1, replicates: 19, groups: [1, Number.NaN, 3] }],
      [
        ["max", 6],
        ["seed", -1],
        ["replicates", 19],
        ["groups", 3],
        ["groups[1]", Number.NaN],
      ],
    ],
    ["a maximum of one", [[0.1, 0.2], [0, 1], { max: 1 }], [["max", 1]]],
  ];
  test.each(cases)("%s", async (_, args, expected) => {
    const error = await thrownBy(() => (autoTiers as (...given: unknown[]) => unknown)(...args));
    expect(error.problems.map(({ path, received }) => [path.argument, received])).toEqual(expected);
    expect(new Set(error.problems.map(({ code, path }) => `${code} ${path.function}`))).toEqual(
      new Set(["argument.invalid autoTiers"]),
    );
  });
});
