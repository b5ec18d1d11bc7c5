import { describe, expect, it } from "vitest";
import { profitCurve } from "../../../src/metrics/decision/profit-curve.js";
import { labels, scores } from "../golden.js";

const plain = (column: Float64Array) => [...column];

describe("profitCurve", () => {
  it("sums what each contacted customer brings, by its own value and offer", () => {
    // By hand, acceptance 0.5 and contact 1: 0.5 · (100 − 10) − 1 = 44; −20 − 1 = −21; 0.5 · (60 − 30) − 1 = 14; −41.
    const curve = profitCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], {
      lifetimeValue: [100, 999, 60, 999],
      offerCost: [10, 20, 30, 40],
      acceptance: 0.5,
    });
    expect(plain(curve.profit)).toEqual([0, 44, 23, 37, -4]);
    expect(plain(curve.share)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(plain(curve.contacted)).toEqual([0, 1, 2, 3, 4]);
    expect(plain(curve.threshold)).toEqual([Infinity, 0.9, 0.8, 0.7, 0.1]);
    expect(curve.best).toEqual({ share: 0.25, threshold: 0.9, profit: 44 });
  });
  it("counts a row by its weight and leaves out scores without weight", () => {
    const options = { lifetimeValue: 100, offerCost: 10, acceptance: 0.5, weights: [2, 0, 0.5, 1] };
    const curve = profitCurve([1, 1, 0, 0], [4, 3, 2, 1], options);
    expect(plain(curve.contacted)).toEqual([0, 2, 2.5, 3.5]);
    expect(plain(curve.profit)).toEqual([0, 88, 82.5, 71.5]);
    expect(plain(curve.threshold)).toEqual([Infinity, 4, 2, 1]);
  });
  it("has one point per distinct score", () => {
    const options = { lifetimeValue: 100, acceptance: 0.5 };
    const curve = profitCurve([1, 0, 0], [0.5, 0.5, 0.1], options);
    expect(plain(curve.threshold)).toEqual([Infinity, 0.5, 0.1]);
    expect(plain(curve.profit)).toEqual([0, 33, 22]);
  });
  it("has its largest profit where mpc has it", () => {
    const { best } = profitCurve(labels, scores);
    expect(best.profit / labels.length).toBeCloseTo(7.35, 13);
    expect(best.share).toBe(0.55);
    expect(best.threshold).toBe(0.35);
  });
  it("is best at no contact when no campaign pays", () => {
    const { best } = profitCurve(labels, scores, { contactCost: 60 });
    expect(best).toEqual({ share: 0, threshold: Infinity, profit: 0 });
  });
  it("takes customers who are worth nothing", () => {
    const { profit } = profitCurve([1, 0], [2, 1], { lifetimeValue: [0, 0], offerCost: 0, contactCost: 3 });
    expect(plain(profit)).toEqual([0, -3, -6]);
  });
});
