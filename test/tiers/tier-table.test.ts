import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tierTable } from "../../src/tiers/summary/tier-table.js";
import type { RiskTiers } from "../../src/tiers/tiers.js";
import { thrownBy } from "../support/thrown.js";

const TIERS = [
  { name: "high", from: 0.5 },
  { name: "none", from: 0.45 },
  { name: "low", from: 0 },
];
const PROBABILITIES = Float64Array.of(0.9, 0.5, 0.7, 0.4, 0.1, 0.2, 0.1, 0.1);
const LABELS = Uint8Array.of(1, 0, 1, 1, 0, 0, 0, 0);
const VALUES = [10, 20, 30, 40, 0, 100, 50, 50];

describe("tierTable", () => {
  test("adds up: rows, shares and captured churners", () => {
    const table = tierTable(TIERS, PROBABILITIES, LABELS);
    const sumOf = (key: "rows" | "share" | "captured" | "churners") =>
      table.reduce((sum, tier) => sum + tier[key], 0);
    expect([sumOf("rows"), sumOf("share"), sumOf("captured"), sumOf("churners")]).toEqual([8, 1, 1, 3]);
  });

  test("gives mean probability, observed rate, lift and churners of every tier", () => {
    const [high, none, low] = tierTable(TIERS, PROBABILITIES, LABELS);
    expect(high).toMatchObject({
      tier: "high",
      from: 0.5,
      rows: 3,
      share: 0.375,
      churners: 2,
      captured: 2 / 3,
    });
    expect(high.meanProbability).toBeCloseTo(0.7, 12);
    expect(high.observedRate?.value).toBeCloseTo(2 / 3, 12);
    // (2/3) / (3/8)
    expect(high.lift).toBeCloseTo(16 / 9, 12);
    expect(none).toMatchObject({
      rows: 0,
      meanProbability: null,
      observedRate: null,
      isCalibrated: null,
      lift: null,
      churners: 0,
      captured: 0,
    });
    expect(low.observedRate?.value).toBeCloseTo(0.2, 12);
  });

  test("has Wilson's intervals", () => {
    const [high] = tierTable(TIERS, PROBABILITIES, LABELS);
    // scipy 1.17: binomtest(2, 3).proportion_ci(0.95, method="wilson")
    expect(high.observedRate?.low).toBeCloseTo(0.20765960080204782, 10);
    expect(high.observedRate?.high).toBeCloseTo(0.9385080552796038, 10);
  });

  test("gives the money of every tier when values are given", () => {
    const [high, none, low] = tierTable(TIERS, PROBABILITIES, LABELS, { values: VALUES });
    // 10 + 20 + 30; churners 10 + 30; 0.9·10 + 0.5·20 + 0.7·30 = 40
    expect([high.value, high.capturedValue]).toEqual([60, 40]);
    expect(high.expectedLoss).toBeCloseTo(40, 12);
    expect([none.value, none.capturedValue, none.expectedLoss]).toEqual([0, 0, 0]);
    // 40 + 0 + 100 + 50 + 50; the churner of 40; 0.4·40 + 0.1·0 + 0.2·100 + 0.1·50 + 0.1·50 = 46
    expect([low.value, low.capturedValue]).toEqual([240, 40]);
    expect(low.expectedLoss).toBeCloseTo(46, 12);
  });

  test("gives null for the money without values", () => {
    for (const tier of tierTable(TIERS, PROBABILITIES, LABELS)) {
      expect([tier.value, tier.capturedValue, tier.expectedLoss]).toEqual([null, null, null]);
    }
  });

  test("puts rows into tiers by expected loss when the limits are money", () => {
    const tiers: RiskTiers = [
      { name: "call", from: 20, by: "expectedLoss" },
      { name: "rest", from: 0, by: "expectedLoss" },
    ];
    // Expected losses 9, 10, 21, 16, 0, 20, 5, 5: rows 2 and 5 reach 20; of them row 2 churned.
    const [call, rest] = tierTable(tiers, PROBABILITIES, LABELS, { values: VALUES });
    expect(call).toMatchObject({
      tier: "call",
      from: 20,
      by: "expectedLoss",
      rows: 2,
      churners: 1,
      value: 130,
    });
    expect(rest).toMatchObject({ rows: 6, churners: 2 });
  });

  test.each([
    // scipy 1.17: binomtest(3, 10).proportion_ci(0.95, method="wilson") is 0.10779126740630102 to 0.6032218525388546
    [0.1077, false],
    [0.1078, true],
    [0.6032, true],
    [0.6033, false],
  ])("with 3 churners of 10 and a mean probability of %s: calibrated is %s", (mean, isCalibrated) => {
    const probabilities = new Float64Array(10).fill(mean);
    const labels = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0, 0);
    expect(tierTable([{ name: "all", from: 0 }], probabilities, labels)[0].isCalibrated).toBe(isCalibrated);
  });

  test("without churners captures nothing and has no lift", () => {
    const [high] = tierTable(TIERS, [0.9, 0.1], [0, 0]);
    expect([high.captured, high.lift, high.churners]).toEqual([0, null, 0]);
  });

  test("has counts that add up and do not depend on the order of the rows", () => {
    const row = fc.record({
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      label: fc.constantFrom(0, 1),
      value: fc.integer({ min: 0, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 80 }), fc.boolean(), (rows, isMoney) => {
        const tiers: RiskTiers = TIERS.map(({ name, from }) =>
          isMoney ? { name, from: 500 * from, by: "expectedLoss" } : { name, from },
        );
        const tableOf = (of: typeof rows) =>
          tierTable(
            tiers,
            of.map(({ probability }) => probability),
            of.map(({ label }) => label),
            { values: of.map(({ value }) => value) },
          );
        const table = tableOf(rows);
        const sumOf = (key: "rows" | "share" | "captured" | "churners" | "value" | "capturedValue") =>
          table.reduce((sum, tier) => sum + (tier[key] ?? 0), 0);
        const churners = rows.filter(({ label }) => label === 1);
        expect(sumOf("rows")).toBe(rows.length);
        expect(sumOf("share")).toBeCloseTo(1, 12);
        expect(sumOf("churners")).toBe(churners.length);
        expect(sumOf("captured")).toBeCloseTo(churners.length > 0 ? 1 : 0, 12);
        expect(sumOf("value")).toBe(rows.reduce((sum, { value }) => sum + value, 0));
        expect(sumOf("capturedValue")).toBe(churners.reduce((sum, { value }) => sum + value, 0));

        const turned = tableOf([...rows].reverse());
        table.forEach((tier, i) => {
          // Sums of fractions may differ in their last digits.
          const { meanProbability, expectedLoss, ...exact } = tier;
          expect(turned[i]).toMatchObject(exact);
          expect(turned[i].meanProbability ?? 0).toBeCloseTo(meanProbability ?? 0, 12);
          expect(turned[i].expectedLoss ?? 0).toBeCloseTo(expectedLoss ?? 0, 8);
        });
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe("tierTable refuses", () => {
  const refusedOf = async (...args: unknown[]) => {
    const error = await thrownBy(() => (tierTable as (...given: unknown[]) => unknown)(...args));
    return error.problems.map(({ code, path, received }) => [code, path.argument, received]);
  };

  test("lengths that differ, and no rows", async () => {
    expect(await refusedOf(TIERS, [0.5], [1, 0])).toEqual([["argument.invalid", "probabilities", 1]]);
    expect(await refusedOf(TIERS, [], [])).toEqual([["argument.invalid", "labels", 0]]);
  });

  test("invalid probabilities, labels and values, all at once", async () => {
    const problems = await refusedOf(TIERS, [0.5, 1.5, Number.NaN], [1, 0, 3], {
      values: [Number.NaN, -1, 2, 3],
    });
    expect(problems).toEqual([
      ["argument.invalid", "labels[2]", 3],
      ["argument.invalid", "probabilities[1]", 1.5],
      ["argument.invalid", "probabilities[2]", Number.NaN],
      ["argument.invalid", "values", 4],
      ["argument.invalid", "values[0]", Number.NaN],
      ["argument.invalid", "values[1]", -1],
    ]);
  });

  test("no tiers", async () => {
    expect(await refusedOf([], [0.5], [1])).toEqual([["argument.invalid", "tiers", []]]);
  });

  test("tiers by expected loss without values", async () => {
    const tiers: RiskTiers = [{ name: "all", from: 0, by: "expectedLoss" }];
    expect(await refusedOf(tiers, [0.5], [1])).toEqual([["argument.missing", "values", undefined]]);
  });
});
