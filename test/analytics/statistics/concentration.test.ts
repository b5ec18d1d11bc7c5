import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concentration } from "../../../src/analytics/statistics/concentration.js";

describe("concentration", () => {
  it("is that of numpy", () => {
    // numpy 2: x = round((i * 37 % 101) ** 2 / 7, 2), i = 1 … 60; abs(x[:, None] - x).mean() / (2 * x.mean());
    // s = sort(x)[::-1]; c = s.cumsum() / s.sum(); c[11]; (c < .8).sum() + 1.
    const values = Array.from({ length: 60 }, (_, at) =>
      Number(((((at + 1) * 37) % 101) ** 2 / 7).toFixed(2)),
    );
    const result = concentration(values);
    expect(result.topCount).toBe(12);
    expect(result.topShare).toBeCloseTo(0.4850642139806068, 12);
    expect(result.holders).toBe(26);
    expect(result.gini).toBeCloseTo(0.4958220675750207, 12);
  });
  it("is counted by hand", () => {
    // 140 in all: the first holds 5 / 7, 112 are held by three. Σ|xᵢ − xⱼ| / (2 · 25 · 28) = 720 / 1400.
    const { topShare, gini, ...counts } = concentration([10, 100, 10, 10, 10]);
    expect(counts).toEqual({
      count: 5,
      total: 140,
      negatives: 0,
      topCount: 1,
      holders: 3,
      holdersShare: 0.6,
    });
    expect(topShare).toBeCloseTo(5 / 7, 15);
    expect(gini).toBeCloseTo(18 / 35, 14);
  });
  it("takes values below zero as zero and says how many there were", () => {
    expect(concentration([-5, 10])).toEqual({ ...concentration([0, 10]), negatives: 1 });
  });
  it("is null where nothing is held", () => {
    const nothing = { total: 0, topShare: null, holders: null, holdersShare: null, gini: null, negatives: 0 };
    expect(concentration([0, 0])).toEqual({ ...nothing, count: 2, topCount: 1 });
    expect(concentration([])).toEqual({ ...nothing, count: 0, topCount: 0 });
  });
  it("is 0 for equal holders, (count − 1) / count for one, and takes options for the shares", () => {
    const equal = concentration(new Float64Array(10).fill(3), { top: 0.5, share: 0.5 });
    expect(equal).toMatchObject({ gini: 0, topCount: 5, topShare: 0.5, holders: 5 });
    expect(concentration([0, 0, 0, 8]).gini).toBe(0.75);
  });
  it("does not depend on unit or order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 50 }), fc.nat(5), (values, power) => {
        const whole = concentration(values);
        const scaled = concentration(values.map((value) => value * 2 ** power).toReversed());
        expect({ ...scaled, total: whole.total }).toEqual(whole);
      }),
    );
  });
  it("the holders are the fewest that hold the share, whatever the values", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 50 }), (values) => {
        const { holders, topCount, topShare, total } = concentration(values);
        const largest = (count: number) =>
          values
            .toSorted((a, b) => b - a)
            .slice(0, count)
            .reduce((sum, value) => sum + value, 0);
        expect(holders === null).toBe(total === 0);
        if (holders === null) return;
        expect(largest(holders)).toBeGreaterThanOrEqual(0.8 * total * (1 - 1e-8));
        expect(largest(holders - 1)).toBeLessThan(0.8 * total);
        expect(topShare).toBeCloseTo(largest(topCount) / total, 12);
      }),
    );
  });
  it("names what is wrong", () => {
    expect(() => concentration([1, Number.NaN], { top: 1 })).toThrow(
      /top[\s\S]*values\[1\]: must be finite, received NaN/u,
    );
  });
});
