import { describe, expect, test } from "vitest";
import { figuresOf } from "../../../src/analytics/tariffs/tariff-analysis.js";
import { tariffRates } from "../../../src/analytics/tariffs/tariff-rates.js";

/** Three months of an operator: tariff, subscribers before, and how many of them left. */
const KNOWN = [
  ["a", 234_416, 41_363, "17.65"],
  ["b", 281_343, 24_288, "8.63"],
  ["c", 210_819, 22_767, "10.80"],
  ["d", 255_009, 15_237, "5.98"],
  ["e", 89_154, 7_568, "8.49"],
  ["f", 27_277, 5_152, "18.89"],
  ["g", 91_984, 5_104, "5.55"],
  ["h", 15_932, 3_812, "23.93"],
  // All others: 146,979 of 1,535,376 in all.
  ["others", 329_442, 21_688, "6.58"],
] as const;

describe("tariffRates", () => {
  test("gives the known rates of an operator, and says which are high beyond chance and by a fifth", () => {
    const rates = tariffRates(KNOWN.map(([tariff, base, left]) => ({ tariff, base, left })));
    expect(rates.map(({ rate }) => ((rate?.value ?? 0) * 100).toFixed(2))).toEqual(
      KNOWN.map((each) => each[3]),
    );
    // c: 10.80% against 9.38% of the others is beyond chance, and not a fifth more.
    expect(rates.map(({ churn }) => churn)).toEqual([
      ...["high", "usual", "usual", "low", "usual", "high", "low", "high", "low"],
    ]);
    expect(rates[2].adjustedPValue).toBeLessThan(1e-80);
    expect(rates[2].ratio).toBeCloseTo(22_767 / 210_819 / (124_212 / 1_324_557), 12);
  });

  test("gives the p-values, adjusted p-values and intervals of scipy and statsmodels", () => {
    // scipy 1.16 fisher_exact, statsmodels 0.14 multipletests(method="fdr_bh") and proportion_confint(method="wilson").
    const counts = [
      [12, 40],
      [5, 60],
      [30, 200],
      [2, 3],
    ];
    const rates = tariffRates(counts.map(([left, base], i) => ({ tariff: String(i), base, left })));
    const [p, adjusted] = [rates.map(({ pValue }) => pValue), rates.map((each) => each.adjustedPValue)];
    for (const [i, expected] of [
      0.018955167666346626, 0.07789425192824609, 0.5102733819774639, 0.06908277459503229,
    ].entries())
      expect(p[i]).toBeCloseTo(expected, 12);
    for (const [i, expected] of [
      0.0758206706653865, 0.10385900257099479, 0.5102733819774639, 0.10385900257099479,
    ].entries())
      expect(adjusted[i]).toBeCloseTo(expected, 12);
    expect(rates[0].rate?.low).toBeCloseTo(0.1807484522974653, 9);
    expect(rates[0].rate?.high).toBeCloseTo(0.45430018818144946, 9);
  });

  test("has null where there is nothing to compare with, and no infinite number", () => {
    expect(tariffRates([])).toEqual([]);
    const [only] = tariffRates([{ tariff: "only", base: 10, left: 2 }]);
    expect([only.pValue, only.ratio, only.churn]).toEqual([null, null, null]);
    expect(only.rate?.value).toBe(0.2);
    const [none, other] = tariffRates([
      { tariff: "none", base: 0, left: 0 },
      { tariff: "other", base: 5, left: 5 },
    ]);
    expect([none.rate, none.ratio, none.pValue, none.churn]).toEqual([null, null, null, null]);
    expect([other.ratio, other.churn]).toEqual([null, null]);
    const [some, still] = tariffRates([
      { tariff: "some", base: 50, left: 50 },
      { tariff: "still", base: 50, left: 0 },
    ]);
    expect([some.ratio, some.churn, still.ratio, still.churn]).toEqual([null, "high", 0, "low"]);
  });
});

test("figuresOf spreads a three-month loss over its months: 147,000 are 49,000 a month", () => {
  const sums = {
    tariff: "a",
    base: 1_535_376,
    leftOfBase: 140_000,
    left: 147_000,
    revenue: null,
    billed: null,
  };
  const { all, tariffs } = figuresOf([sums], 3);
  expect([all.leftPerMonth, tariffs[0].leftPerMonth, tariffs[0].bill, all.arpu]).toEqual([
    49_000,
    49_000,
    null,
    null,
  ]);
});
