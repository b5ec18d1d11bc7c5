import { describe, expect, it } from "vitest";
import { empc } from "../../../src/metrics/decision/empc.js";
import { mpc } from "../../../src/metrics/decision/mpc.js";
import { labels, scores } from "../golden.js";
import { profitCases } from "../profit-cases.js";

describe("empc", () => {
  it("has the golden values", () => {
    const { value, fraction } = empc(labels, scores);
    expect(value).toBeCloseTo(7.494367288, 9);
    expect(fraction).toBeCloseTo(0.475870643, 8);
  });
  it("is 0 at a fraction of 0 when no campaign pays", () => {
    expect(empc(labels, scores, { contactCost: 200 })).toEqual({ value: 0, fraction: 0 });
    expect(empc(labels, scores, { lifetimeValue: 10, offerCost: 10 })).toEqual({ value: 0, fraction: 0 });
    expect(empc(labels, scores, { lifetimeValue: 5, offerCost: 10 })).toEqual({ value: 0, fraction: 0 });
  });
  it("contacts up to the last churner when there are no costs", () => {
    // Half of the value of each churner: mean of Beta(3, 3).
    const free = { lifetimeValue: 100, offerCost: 0, contactCost: 0, alpha: 3, beta: 3 };
    expect(empc([0, 1, 0, 0], [4, 3, 2, 1], free)).toEqual({ value: 12.5, fraction: 0.5 });
  });
  it("of acceptances that are all but certain is mpc", () => {
    // Beta(3000, 7000) has a standard deviation of 0.0046: all of it lies where the threshold that is best at 0.3 is.
    const certain = empc(labels, scores, { alpha: 3000, beta: 7000 });
    const { value, fraction } = mpc(labels, scores, { acceptance: 0.3 });
    expect(certain.value).toBeCloseTo(value, 9);
    expect(certain.fraction).toBeCloseTo(fraction, 9);
  });
});

describe.each(profitCases)("on a sample with $name", ({ labels, scores, options, campaigns }) => {
  it("empc agrees with numerical integration", () => {
    for (const { empc: expected, lifetimeValue, offerCost, contactCost, alpha, beta } of campaigns) {
      const found = empc(labels, scores, { ...options, lifetimeValue, offerCost, contactCost, alpha, beta });
      expect(Math.abs(found.value / expected.value - 1)).toBeLessThan(1e-12);
      expect(found.fraction).toBeCloseTo(expected.fraction, 12);
    }
  });
});
