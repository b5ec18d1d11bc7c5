import { describe, expect, it } from "vitest";
import { mpc } from "../../../src/metrics/decision/mpc.js";
import { profitCurve } from "../../../src/metrics/decision/profit-curve.js";
import { labels, scores } from "../golden.js";
import { profitCases } from "../profit-cases.js";

describe("mpc", () => {
  it("has the golden values", () => {
    const { value, fraction } = mpc(labels, scores);
    // By hand: 11 of 20 contacted, 4 churners at 0.3 · 190 − 1 each and 7 others at −11 each: (224 − 77) / 20.
    expect(value).toBeCloseTo(7.35, 14);
    expect(fraction).toBe(0.55);
  });
  it("is 0 at a fraction of 0 when no campaign pays", () => {
    expect(mpc(labels, scores, { contactCost: 60 })).toEqual({ value: 0, fraction: 0 });
    expect(mpc(labels, scores, { lifetimeValue: 10, offerCost: 10 })).toEqual({ value: 0, fraction: 0 });
    expect(mpc(labels, scores, { lifetimeValue: 5, offerCost: 10 })).toEqual({ value: 0, fraction: 0 });
  });
  it("contacts everyone when there are no costs and the last is a churner", () => {
    const free = { lifetimeValue: 100, offerCost: 0, contactCost: 0, acceptance: 0.5 };
    expect(mpc([0, 1], [0.9, 0.1], free)).toEqual({ value: 25, fraction: 1 });
  });
  it("contacts fewest of campaigns that earn the same", () => {
    // A churner brings 0.5 · (38 − 6) − 5 = 11, another costs 6 + 5 = 11: every second step comes back to 11.
    const even = { lifetimeValue: 38, offerCost: 6, contactCost: 5, acceptance: 0.5 };
    expect(mpc([1, 0, 1, 0, 0], [5, 4, 3, 2, 1], even)).toEqual({ value: 11 / 5, fraction: 0.2 });
    // Without costs, others change nothing.
    const free = { lifetimeValue: 100, offerCost: 0, contactCost: 0, acceptance: 0.5 };
    expect(mpc([0, 1, 0, 0], [4, 3, 2, 1], free).fraction).toBe(0.5);
  });
  it("does not take rounding for profit", () => {
    // A churner brings 11 and another costs 11: 0.3 in churners, 0.3 of others, then 0.1 + 0.2 > 0.3 in churners.
    const even = { lifetimeValue: 38, offerCost: 6, contactCost: 5, acceptance: 0.5 };
    const weights = [0.3, 0.3, 0.1, 0.2];
    expect(mpc([1, 0, 1, 1], [4, 3, 2, 1], { ...even, weights }).fraction).toBeCloseTo(1 / 3, 14);
    expect(profitCurve([1, 0, 1, 1], [4, 3, 2, 1], { ...even, weights }).best.threshold).toBe(4);
  });
  it("contacts rows of equal score together", () => {
    // Both of the tie bring 56 − 11 = 45, the last would cost 11 more: 45 / 3.
    const { value, fraction } = mpc([1, 0, 0], [0.5, 0.5, 0.1]);
    expect(value).toBeCloseTo(15, 13);
    expect(fraction).toBe(2 / 3);
  });
});

describe.each(profitCases)("on a sample with $name", ({ labels, scores, options, campaigns }) => {
  it("mpc agrees with a search over thresholds", () => {
    for (const { mpc: expected, lifetimeValue, offerCost, contactCost, acceptance } of campaigns) {
      const found = mpc(labels, scores, { ...options, lifetimeValue, offerCost, contactCost, acceptance });
      expect(found.value).toBeCloseTo(expected.value, 12);
      expect(found.fraction).toBeCloseTo(expected.fraction, 12);
    }
  });
});
