import { describe, expect, test } from "vitest";
import { cutFigures } from "../../../src/analytics/cuts/cut-figures.js";
import type { MonthCount } from "../../../src/analytics/months/month-counts.js";
import { monthFigures, spanFigures } from "../../../src/analytics/months/month-figures.js";
import { cutsSection } from "../../../src/analytics/page/sections/cuts.js";
import { analysisOf, subscriber, used } from "./small-history.js";

// The figures of an operator's own tables, by hand: left, base (or new), and the percentage as printed there.
const TO_NEW = [
  [368_305, 609_549, "60.42"],
  [428_203, 646_618, "66.22"],
  [503_148, 765_219, "65.75"],
] as const;
const THREE_MONTHS = [
  [41_363, 234_416, "17.65"],
  [24_288, 281_343, "8.63"],
  [22_767, 210_819, "10.80"],
  [15_237, 255_009, "5.98"],
  [7_568, 89_154, "8.49"],
  [5_152, 27_277, "18.89"],
  [5_104, 91_984, "5.55"],
  [3_812, 15_932, "23.93"],
] as const;
const ALL = [146_979, 1_535_376, "9.57"] as const;

const count = (given: Partial<MonthCount>): MonthCount => ({
  month: 660,
  joined: 0,
  left: 0,
  base: 0,
  nextBase: null,
  revenue: null,
  ...given,
});
const cell = (value: string | null, left: number, base: number) => ({
  value,
  base,
  left,
  leftOfBase: Math.min(left, base),
  revenue: null,
  lostRevenue: null,
});
const percentOf = (rate: number | null) => (rate === null ? null : (rate * 100).toFixed(2));

describe("churn against new subscribers", () => {
  test.each(TO_NEW)("%i churned of %i new are %s%%", (left, joined, expected) => {
    expect(percentOf(monthFigures(count({ left, joined }), "start").churnToNew)).toBe(expected);
  });

  test("is null where no subscriber joined, and so is churn without a base", () => {
    const { churnToNew, churnRate, arpu } = monthFigures(count({ left: 5, revenue: 10 }), "start");
    expect([churnToNew, churnRate, arpu]).toEqual([null, null, null]);
  });
});

describe("three-month rates by tariff", () => {
  test("are what left divided by the base", () => {
    const figures = cutFigures(THREE_MONTHS.map(([left, base], i) => cell(`tariff ${i + 1}`, left, base)));
    expect(figures.map(({ rate }) => percentOf(rate))).toEqual(THREE_MONTHS.map(([, , rate]) => rate));
    // Shares of leavers are of those of these tariffs.
    expect(figures.reduce((sum, { shareOfLeavers }) => sum + (shareOfLeavers ?? 0), 0)).toBeCloseTo(1, 12);
  });

  test("of all tariffs are 9.57%, 3.19% a month", () => {
    const [left, base, expected] = ALL;
    const months = [49_000, 48_990, left - 97_990].map((each, i) =>
      count({ month: 660 + i, left: each, base }),
    );
    const figures = spanFigures("2025-Q1", months, "start", 3);
    expect(percentOf(figures.churnRate)).toBe(expected);
    expect(percentOf(figures.churnRatePerMonth)).toBe("3.19");
  });

  test("a loss of 147,000 in three months is 49,000 a month", () => {
    const months = [50_000, 47_000, 50_000].map((left, i) => count({ month: 660 + i, left, base: 1e6 }));
    expect(spanFigures("2025-Q1", months, "start", 3)).toMatchObject({ left: 147_000, leftPerMonth: 49_000 });
  });
});

describe("more leavers than base", () => {
  const figures = cutFigures([cell("1-3", 1607, 32), cell("13-24", 3, 200), cell("60+", 0, 0)]);

  test("keep their rate, which is not shrunk", () => {
    expect(percentOf(figures[0].rate)).toBe("5021.88");
    expect(figures[0]).toMatchObject({ rate: 1607 / 32, shrunkRate: null, low: null, high: null });
  });

  test("a value without base has no rate", () => {
    expect(figures[2].rate).toBeNull();
  });

  test("are named on the page with the reason", async () => {
    const small = await analysisOf({ subscribers: [subscriber("a", "2024-01-01")], usage: used("a") });
    const { blocks } = cutsSection({ ...small, outliers: [], cuts: { tenure: figures } }, { locale: "en" });
    const notes = blocks.flatMap((block) => (block.is === "note" ? [block.text] : []));
    expect(notes).toContainEqual(
      expect.stringMatching(/^1-3 months: more left than .* joined in the period/),
    );
    expect(JSON.stringify(blocks)).toContain("5021.9%");
  });
});
