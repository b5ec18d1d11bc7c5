import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leafValueOf, score, scoreAt, softThreshold, UNBOUNDED } from "./gain.js";

const sums = fc.record({
  gradient: fc.double({ min: -50, max: 50, noNaN: true }),
  hessian: fc.double({ min: 0.01, max: 50, noNaN: true }),
  rows: fc.constant(10),
});
const penalty = fc.record({
  l1: fc.double({ min: 0, max: 20, noNaN: true }),
  l2: fc.double({ min: 0, max: 20, noNaN: true }),
});

test("softThreshold brings a gradient l1 nearer to zero, and no further", () => {
  expect([3, -3, 0.5, -0.5, 1].map((gradient) => softThreshold(gradient, 1) + 0)).toEqual([2, -2, 0, 0, 0]);
});

describe("leafValueOf", () => {
  test("is −T(G) / (H + λ) within the bounds, and 0 without curvature", () => {
    const node = { gradient: -5, hessian: 3, rows: 4 };
    expect(leafValueOf(node, { l1: 1, l2: 5 }, UNBOUNDED)).toBe(0.5);
    expect(leafValueOf(node, { l1: 1, l2: 5 }, { lower: -1, upper: 0.25 })).toBe(0.25);
    expect(leafValueOf(node, { l1: 1, l2: 5 }, { lower: 0.75, upper: 1 })).toBe(0.75);
    expect(leafValueOf({ ...node, hessian: 0 }, { l1: 0, l2: 0 }, UNBOUNDED)).toBe(0);
  });
});

describe("scoreAt", () => {
  test("is −(2 G w + (H + λ) w² + 2 α |w|)", () => {
    const node = { gradient: -2, hessian: 3, rows: 4 };
    expect(scoreAt(0.5, node, { l1: 0.25, l2: 1 })).toBe(2 - 1 - 0.25);
    expect(scoreAt(-0.5, node, { l1: 0.25, l2: 1 })).toBe(-2 - 1 - 0.25);
  });

  test("is greatest at the free leaf value, where it is the score", () => {
    fc.assert(
      fc.property(sums, penalty, fc.double({ min: -50, max: 50, noNaN: true }), (node, of, other) => {
        const best = score(node, of);
        // Up to the rounding of terms of the size of G w.
        const rounding = 1e-12 * (1 + best);
        expect(Math.abs(scoreAt(leafValueOf(node, of, UNBOUNDED), node, of) - best)).toBeLessThan(rounding);
        expect(scoreAt(other, node, of)).toBeLessThanOrEqual(best + rounding);
      }),
      { seed: 2026, numRuns: 300 },
    );
  });
});
