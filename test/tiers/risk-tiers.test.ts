import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { autoTiers } from "../../src/tiers/auto-tiers.js";
import { DEFAULT_TIER_RULE, riskTiers, type TierRule } from "../../src/tiers/risk-tiers.js";
import { type RiskTiers, tierOf } from "../../src/tiers/tiers.js";
import { thrownBy } from "../support/thrown.js";

function countsOf(tiers: RiskTiers, probabilities: Float64Array): number[] {
  return tiers.map((tier) => probabilities.filter((each) => tierOf(tiers, each) === tier).length);
}

function byTop(...tops: number[]): TierRule {
  return {
    by: "capacity",
    tiers: [...tops.map((top, i) => ({ name: `t${i}`, top })), { name: "rest" }],
  };
}

describe("riskTiers by probability", () => {
  const tiers = riskTiers(
    {
      by: "probability",
      tiers: [
        { name: "high", from: 0.5 },
        { name: "medium", from: 0.2 },
        { name: "low", from: 0 },
      ],
    },
    new Float64Array(0),
  );

  test.each([
    [1, "high"],
    [0.5, "high"],
    [0.49999999999999994, "medium"],
    [0.2, "medium"],
    [0.19999999999999998, "low"],
    [0, "low"],
  ])("%s is %s: a tier begins at its limit", (probability, name) => {
    expect(tierOf(tiers, probability).name).toBe(name);
  });
});

describe("riskTiers by capacity", () => {
  test("fills tiers from the riskiest on", () => {
    const probabilities = Float64Array.of(0.1, 0.9, 0.4, 0.8, 0.2, 0.3);
    const tiers = riskTiers(byTop(1, 2), probabilities);
    expect(tiers.map(({ from }) => from)).toEqual([0.9, 0.4, 0]);
    expect(countsOf(tiers, probabilities)).toEqual([1, 2, 3]);
  });

  test("never puts more into a tier than it holds, ties or not", () => {
    const sample = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 60 });
    const capacities = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sample, capacities, (eighths, tops) => {
        const probabilities = Float64Array.from(eighths, (value) => value / 8);
        const tiers = riskTiers(byTop(...tops), probabilities);
        const counts = countsOf(tiers, probabilities);
        tops.forEach((top, i) => {
          // Where there are no more subscribers than a tier still has room for, the last tier may stay empty.
          expect(counts[i]).toBeLessThanOrEqual(top);
        });
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(probabilities.length);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test("fills every tier to the last place when there are no ties", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 12, maxLength: 60 }),
        (values) => {
          const probabilities = Float64Array.from(values, (value) => value / 1000);
          const counts = countsOf(riskTiers(byTop(3, 5, 2), probabilities), probabilities);
          expect(counts.slice(0, 3)).toEqual([3, 5, 2]);
        },
      ),
      { seed: 2 },
    );
  });

  test("lets a tie across a limit fall into the tier below, as far as that has room", () => {
    const tied = Float64Array.of(0.9, 0.9, 0.9, 0.5, 0.4, 0.1);
    expect(countsOf(riskTiers(byTop(2, 3), tied), tied)).toEqual([0, 3, 3]);
    expect(countsOf(riskTiers(byTop(2, 2), tied), tied)).toEqual([0, 0, 6]);
  });

  test("takes shares of all subscribers, rounded down, and 0.29 of 100 is 29", () => {
    const probabilities = Float64Array.from({ length: 100 }, (_, row) => row / 100);
    const rule = (share: number): TierRule => ({
      by: "capacity",
      tiers: [{ name: "a", share }, { name: "b" }],
    });
    const [at29, at295] = [0.29, 0.295].map(
      (share) => countsOf(riskTiers(rule(share), probabilities), probabilities)[0],
    );
    expect([at29, at295]).toEqual([29, 29]);
    expect(countsOf(riskTiers(DEFAULT_TIER_RULE, probabilities), probabilities)).toEqual([10, 20, 70]);
  });

  test("leaves the tiers below empty when the first has room for all rows", () => {
    const probabilities = Float64Array.of(0.3, 0.6);
    expect(countsOf(riskTiers(byTop(10, 5), probabilities), probabilities)).toEqual([2, 0, 0]);
  });

  test("does not change the rule or the probabilities", () => {
    const probabilities = Object.freeze([0.2, 0.8, 0.5]);
    const given = Float64Array.from(probabilities);
    riskTiers(Object.freeze(byTop(1)), given);
    expect([...given]).toEqual(probabilities);
  });
});

describe("riskTiers by expected loss", () => {
  test("marks the limit of every tier as money", () => {
    const tiers = [
      { name: "call", from: 200 },
      { name: "rest", from: 0 },
    ];
    expect(riskTiers({ by: "expectedLoss", tiers }, [])).toEqual([
      { name: "call", from: 200, by: "expectedLoss" },
      { name: "rest", from: 0, by: "expectedLoss" },
    ]);
  });
});

describe("riskTiers by auto", () => {
  const probabilities = Array.from({ length: 400 }, (_, row) => (row < 200 ? 0.4 : 0.1));
  const labels = probabilities.map((_, row) => (row % 200 < (row < 200 ? 60 : 30) ? 1 : 0));

  test("is autoTiers with the labels, groups and seed of the sample", () => {
    const groups = labels.map((_, row) => row >> 1);
    const sample = { groups, seed: 3, replicates: 50 };
    const tiers = riskTiers({ by: "auto", max: 2 }, probabilities, { labels, ...sample });
    expect(tiers).toEqual(autoTiers(probabilities, labels, { max: 2, ...sample }));
    expect(tiers.length).toBe(2);
  });

  test("needs labels", async () => {
    const error = await thrownBy(() => riskTiers({ by: "auto" }, probabilities));
    expect([error.code, error.path.argument]).toEqual(["argument.missing", "sample.labels"]);
  });
});

describe("riskTiers refuses", () => {
  test("probabilities outside [0, 1], all of them", async () => {
    const error = await thrownBy(() => riskTiers(DEFAULT_TIER_RULE, [0.5, Number.NaN, 2, -1]));
    expect(error.problems.map(({ path, received }) => [path.argument, received])).toEqual([
      ["probabilities[1]", Number.NaN],
      ["probabilities[2]", 2],
      ["probabilities[3]", -1],
    ]);
  });

  test("a capacity without probabilities", async () => {
    expect((await thrownBy(() => riskTiers(DEFAULT_TIER_RULE, []))).path.argument).toBe("probabilities");
  });
});

describe("a bad rule", () => {
  const cases: [string, unknown, [argument: string, received: unknown][]][] = [
    ["no rule", null, [["rule", null]]],
    ["names in the place of a rule", ["high", "low"], [["rule", ["high", "low"]]]],
    ["another way to draw tiers", { by: "luck", tiers: [] }, [["by", "luck"]]],
    ["no list of tiers", { by: "capacity", tiers: "high" }, [["tiers", "high"]]],
    ["a single tier", { by: "probability", tiers: [{ name: "all", from: 0 }] }, [["tiers", 1]]],
    [
      "names that repeat or are empty, and limits that do not fall to 0",
      {
        by: "probability",
        tiers: [
          { name: "a", from: 1.2 },
          { name: "a", from: 0.5 },
          { name: "", from: 0.5 },
          { name: "d", from: 0.1 },
        ],
      },
      [
        ["tiers[1].name", "a"],
        ["tiers[2].name", ""],
        ["tiers[0].from", 1.2],
        ["tiers[2].from", 0.5],
        ["tiers[3].from", 0.1],
      ],
    ],
    [
      "a limit that is not a number",
      {
        by: "probability",
        tiers: [
          { name: "a", from: Number.NaN },
          { name: "b", from: 0 },
        ],
      },
      [["tiers[0].from", Number.NaN]],
    ],
    [
      "invalid capacities",
      {
        by: "capacity",
        tiers: [
          { name: "a", top: 0 },
          { name: "b", top: 1.5 },
          { name: "c", share: 1 },
          { name: "d" },
          { name: "e", top: 3, share: 0.1 },
          { name: "f", share: 0.5 },
        ],
      },
      [
        ["tiers", 1.6],
        ["tiers[0].top", 0],
        ["tiers[1].top", 1.5],
        ["tiers[2].share", 1],
        ["tiers[3]", {}],
        ["tiers[4]", { top: 3, share: 0.1 }],
        ["tiers[5]", { share: 0.5 }],
      ],
    ],
    [
      "limits in money that are not finite or do not fall",
      {
        by: "expectedLoss",
        tiers: [
          { name: "a", from: Number.POSITIVE_INFINITY },
          { name: "b", from: 100 },
          { name: "c", from: 100 },
          { name: "d", from: -1 },
        ],
      },
      [
        ["tiers[0].from", Number.POSITIVE_INFINITY],
        ["tiers[2].from", 100],
        ["tiers[3].from", -1],
      ],
    ],
    [
      "automatic tiers, too many and named",
      { by: "auto", max: 6, tiers: [] },
      [
        ["max", 6],
        ["tiers", []],
      ],
    ],
    ["a tier that is not an object", { by: "capacity", tiers: [null, { name: "b" }] }, [["tiers[0]", null]]],
    [
      "shares with a sum above 1",
      { by: "capacity", tiers: [{ name: "a", share: 0.6 }, { name: "b", share: 0.6 }, { name: "c" }] },
      [["tiers", 1.2]],
    ],
  ];
  test.each(cases)("is refused with all its problems: %s", async (_, rule, expected) => {
    const error = await thrownBy(() => riskTiers(rule as TierRule, Float64Array.of(0.5)));
    const found = error.problems.map(({ path, received }) => [path.argument, received]);
    expect(JSON.stringify(found.map(([argument, received]) => [argument, received ?? null]))).toBe(
      JSON.stringify(
        expected.map(([part, received]) => [part === "rule" ? part : `rule.${part}`, received ?? null]),
      ),
    );
    expect(new Set(error.problems.map(({ code }) => code))).toEqual(new Set(["argument.invalid"]));
  });
});
