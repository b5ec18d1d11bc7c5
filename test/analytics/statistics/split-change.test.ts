import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitChange } from "../../../src/analytics/statistics/split-change.js";

const cell = (value: string, base: number, left: number) => ({ value, base, left });

describe("splitChange", () => {
  it("is that of Kitagawa with the means of both periods as weights", () => {
    // By hand: shares 0.4, 0.6 → 0.5, 0.5; rates 0.05, 0.01 → 0.06, 0.02; totals 0.026 → 0.04, R = 0.033.
    // a: mix 0.1 · (0.055 − 0.033) = 0.0022, rate 0.45 · 0.01 = 0.0045; b: mix −0.1 · (0.015 − 0.033) = 0.0018, rate 0.55 · 0.01 = 0.0055.
    const split = splitChange(
      [cell("a", 400, 20), cell("b", 600, 6)],
      [cell("b", 500, 10), cell("a", 500, 30)],
    );
    expect(split.before).toBe(0.026);
    expect(split.after).toBe(0.04);
    expect(split.change).toBeCloseTo(0.014, 15);
    expect(split.mix).toBeCloseTo(0.004, 15);
    expect(split.rate).toBeCloseTo(0.01, 15);
    expect(split.segments.map(({ value }) => value)).toEqual(["b", "a"]);
    const [b, a] = split.segments;
    expect([a.mix, a.rate, b.mix, b.rate].map((effect) => effect.toFixed(12))).toEqual(
      [0.0022, 0.0045, 0.0018, 0.0055].map((effect) => effect.toFixed(12)),
    );
    expect(a).toMatchObject({
      before: { base: 400, left: 20 },
      rateBefore: 0.05,
      rateAfter: 0.06,
      shareBefore: 0.4,
      shareAfter: 0.5,
    });
  });
  it("is all mix where no rate changed, and for segments that come or go", () => {
    const moved = splitChange(
      [cell("a", 500, 20), cell("b", 500, 5)],
      [cell("a", 700, 28), cell("b", 300, 3)],
    );
    expect(moved.rate).toBe(0);
    expect(moved.mix).toBe(moved.change);
    const gone = splitChange(
      [cell("a", 500, 20), cell("b", 500, 5)],
      [cell("a", 600, 24), cell("c", 400, 40)],
    );
    expect(gone.segments.every(({ rate }) => rate === 0)).toBe(true);
    expect(gone.segments.find(({ value }) => value === "b")).toMatchObject({
      rateAfter: null,
      shareAfter: 0,
    });
  });
  it("counts those who left a segment without a base as rate", () => {
    const split = splitChange([cell("a", 100, 2)], [cell("a", 100, 2), cell("new", 0, 3)]);
    const added = split.segments.find(({ value }) => value === "new");
    expect(added?.mix).toBe(0);
    expect(added?.rate).toBeCloseTo(0.03, 15);
    expect(added?.rateAfter).toBeNull();
    expect(split.change).toBeCloseTo(0.03, 15);
  });
  it("is null without a base in a period", () => {
    const split = splitChange([cell("a", 100, 2)], []);
    expect(split).toEqual({ before: 0.02, after: null, change: null, mix: null, rate: null, segments: [] });
  });
  it("adds up exactly, in any order, and turns its sign with the periods", () => {
    const cells = fc
      .array(fc.record({ value: fc.nat(12), base: fc.nat(100_000), left: fc.nat(3000) }), {
        minLength: 1,
        maxLength: 12,
      })
      .map((all) => all.filter(({ value }, at) => all.findIndex((other) => other.value === value) === at));
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    fc.assert(
      fc.property(cells, cells, (before, after) => {
        const { change, mix, rate, segments, ...rates } = splitChange(before, after);
        if (change === null) return;
        for (const all of [segments, segments.toReversed(), segments.toSorted((a, b) => a.value - b.value)]) {
          expect(sum(all.map(({ total }) => total))).toBe(change);
          expect(sum(all.map((segment) => segment.mix))).toBe(mix);
          expect(sum(all.map((segment) => segment.rate))).toBe(rate);
        }
        expect((mix ?? 0) + (rate ?? 0)).toBe(change);
        // Effects may be larger than their sum, and so may their rounding errors.
        const size = 1 + sum(segments.map((segment) => Math.abs(segment.mix) + Math.abs(segment.rate)));
        expect(Math.abs(change - ((rates.after ?? 0) - (rates.before ?? 0)))).toBeLessThan(1e-15 * size);
        const back = splitChange(after, before);
        expect(back.change).toBeCloseTo(-change, 12 - Math.log10(size));
        expect(back.mix).toBeCloseTo(-(mix ?? 0), 12 - Math.log10(size));
        const sizes = segments.map(({ total }) => Math.abs(total));
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      }),
    );
  });
  it("names values that occur twice, and counts that are none", () => {
    expect(() => splitChange([cell("a", 1, 0), cell("a", 2, 0)], [cell("b", -1, 0)])).toThrow(
      /before\[1\]\.value[\s\S]*must occur once, received "a"[\s\S]*after\[0\]\.base/u,
    );
  });
});
