import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breaks } from "../../../src/analytics/statistics/breaks.js";
import { robustScale } from "../../../src/analytics/statistics/series/robust-scale.js";
import { createRandom } from "../../../src/random.js";

const SEASON = [3, 1, -2, 0, 4, -1, -3, 2, 0, -4, 1, -1];

/** A series in units of its noise: a level, a season, a slope, and what a test adds. */
function madeSeries(length: number, seed: number, added: (month: number) => number): number[] {
  const random = createRandom(seed);
  return Array.from(
    { length },
    (_, month) => 50 + 0.1 * month + SEASON[month % 12] + random.normal() + added(month),
  );
}

/** Months, and kinds, that are named. */
const named = (series: readonly (number | null)[], options = {}) =>
  breaks(series, options).map(({ index, kind, z }) => `${index} ${kind} ${z > 0 ? "up" : "down"}`);

describe("robustScale", () => {
  it("is the median absolute deviation over the normal quantile at ¾", () => {
    // scipy 1.17.1: median_abs_deviation([1, 2, 4, 8, 16, 32], scale="normal"); the median is 6.
    const { centre, scale } = robustScale([32, 1, 2, 16, 4, 8]);
    expect(centre).toBe(6);
    expect(scale).toBeCloseTo(6.671709983275209, 12);
  });
  it("is the mean absolute deviation times √(π / 2) where most values are the same", () => {
    expect(robustScale([5, 5, 5, 5, 9]).scale).toBeCloseTo(0.8 * Math.sqrt(Math.PI / 2), 14);
    expect(robustScale([5, 5])).toEqual({ centre: 5, scale: 0 });
    expect(robustScale([])).toEqual({ centre: 0, scale: 0 });
  });
});

describe("breaks", () => {
  it("compares a short series with its neighbours, in robust standard deviations", () => {
    // scipy 1.17.1: w = v - theilslopes(v)[0] * arange(12); r[i] = w[i] - median of w[i-3 … i-1], w[i+1 … i+3];
    // min(w[5] - median(w[2:5]), w[5] - median(w[6:9])) / median_abs_deviation(r, scale="normal").
    const series = [0.021, 0.019, 0.022, 0.02, 0.023, 0.041, 0.021, 0.018, 0.022, 0.02, 0.024, 0.021];
    const [found, ...others] = breaks(series);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ index: 5, value: 0.041, kind: "single month" });
    expect(found.expected).toBeCloseTo(0.0215, 12);
    expect(found.z).toBeCloseTo(6.590096575686313, 9);
  });
  it.each([12, 24, 30, 36, 60])("finds an odd month and a shift of the level in %d months", (length) => {
    for (let seed = 1; seed <= 5; seed++) {
      // Short series compare with their neighbours, and a season is as odd as a break: they have none here.
      const made = (added: (month: number) => number) =>
        madeSeries(length, seed, (month) => added(month) - (length < 18 ? SEASON[month % 12] : 0));
      const odd = length - 4;
      expect(named(made((month) => (month === odd ? 25 : 0)))).toContain(`${odd} single month up`);
      expect(named(made((month) => (month === 2 ? -25 : 0)))).toContain("2 single month down");
      const from = length < 18 ? length - 5 : 15;
      expect(named(made((month) => (month >= from ? -25 : 0)))).toContain(`${from} level down`);
    }
  });
  it("says what the rest of the series leads to expect", () => {
    const series = madeSeries(48, 7, (month) => (month === 20 ? 15 : 0) + (month >= 30 ? 12 : 0));
    const found = breaks(series);
    expect(found.map(({ index, kind }) => [index, kind])).toEqual([
      [20, "single month"],
      [30, "level"],
    ]);
    for (const { index, expected } of found) {
      expect(Math.abs(expected - (50 + 0.1 * index + SEASON[index % 12]))).toBeLessThan(2.5);
    }
  });
  it("names the last month, which no later one confirms", () => {
    expect(named(madeSeries(40, 3, (month) => (month === 39 ? 20 : 0)))).toEqual(["39 single month up"]);
  });
  it("names the earlier month where the change against it is odd because of it", () => {
    const found = named(madeSeries(26, 4, (month) => (month === 7 ? 30 : 0)));
    expect(found).toEqual(["7 single month up"]);
  });
  it("does not take a season for a break, nor a slope", () => {
    for (const length of [20, 24, 36]) {
      expect(breaks(madeSeries(length, 1, (month) => 4 * SEASON[month % 12] + 2 * month))).toEqual([]);
    }
    expect(breaks(Array.from({ length: 12 }, (_, month) => 3 * month))).toEqual([]);
  });
  it("names nothing that chance explains", () => {
    // Three of 50 where it was none or one: far beyond what the calm series shows, and no more than chance.
    const counts = [0, 1, 0, 0, 1, 0, 0, 0, 3, 0, 1, 0].map((left) => ({ left, base: 50 }));
    const rates = counts.map(({ left, base }) => left / base);
    expect(named(rates)).toEqual(["8 single month up"]);
    expect(named(rates, { counts })).toEqual([]);
    const large = counts.map(({ left, base }) => ({ left: 100 * left + 20, base: 100 * base }));
    const [found] = breaks(
      large.map(({ left, base }) => left / base),
      { counts: large },
    );
    expect(found.index).toBe(8);
  });
  it("is rarely wrong about series without a break", () => {
    // 5% of series of normal noise are beyond 3.5 somewhere with the standard deviations of so few values, less so with counts.
    let wrong = 0;
    for (let seed = 1; seed <= 100; seed++)
      wrong +=
        breaks(
          madeSeries([12, 24, 36, 48][seed % 4], seed, (month) => (seed % 4 === 0 ? -SEASON[month % 12] : 0)),
        ).length > 0
          ? 1
          : 0;
    expect(wrong).toBeLessThanOrEqual(20);
  });
  it("of fewer than six values, of equal ones and of none is none", () => {
    expect(breaks([1, 2, 100, 1, 2])).toEqual([]);
    expect(breaks([5, 5, 5, 5, 5, 5, 5, 5])).toEqual([]);
    expect(breaks([null, null])).toEqual([]);
    expect(breaks([0.02])).toEqual([]);
    expect(breaks([null, 0.02, null, null, null, null, null])).toEqual([]);
    expect(breaks([])).toEqual([]);
  });
  it("leaves out missing values", () => {
    const series: (number | null)[] = madeSeries(40, 5, (month) => (month === 20 ? 20 : 0));
    series[3] = null;
    series[21] = null;
    expect(named(series)).toEqual(["20 single month up"]);
  });
  it("follows a constant and a factor", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 6, maxLength: 40 }),
        fc.integer({ min: -50, max: 50 }),
        (series, constant) => {
          const found = breaks(series);
          const scaled = breaks(series.map((value) => -4 * value));
          expect(scaled.map(({ index, kind }) => [index, kind])).toEqual(
            found.map(({ index, kind }) => [index, kind]),
          );
          for (const [at, { z }] of found.entries()) expect(scaled[at].z).toBeCloseTo(-z, 9);
          for (const each of [...found, ...breaks(series.map((value) => value + constant))]) {
            expect(Number.isFinite(each.z) && Number.isFinite(each.expected)).toBe(true);
            expect(Math.abs(each.z)).toBeGreaterThan(3.5);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
  it("names what is wrong", () => {
    expect(() => breaks([1, Number.NaN], { limit: 0, counts: [{ base: 1, left: -1 }] })).toThrow(
      /series\[1\][\s\S]*limit[\s\S]*counts\[0\]\.left[\s\S]*one per value, 2 in all/u,
    );
  });
});
