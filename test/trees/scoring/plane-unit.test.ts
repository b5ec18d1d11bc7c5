import { describe, expect, test } from "vitest";
import { exactUnit } from "../../../src/trees/scoring/plane-unit.js";
import type { Tree } from "../../../src/trees/tree.js";

/** Only the leaf values matter. */
function leaves(...leafValues: number[]): Tree {
  return { feature: [], threshold: [], leftCodes: [], missingLeft: [], left: [], right: [], leafValues };
}

describe("exactUnit", () => {
  test("is the largest power of two that divides all values", () => {
    expect(exactUnit(0.5, [leaves(0.75, -3), leaves(0)])).toBe(0.25);
    expect(exactUnit(3 * 2 ** -24, [leaves(2 ** -23)])).toBe(2 ** -24);
    expect(exactUnit(0, [leaves(96, 4096)])).toBe(32);
    expect(exactUnit(0, [leaves(Number.MIN_VALUE * 6)])).toBe(Number.MIN_VALUE * 2);
  });

  test("is 1 when all values are 0", () => {
    expect(exactUnit(0, [])).toBe(1);
    expect(exactUnit(0, [leaves(0, -0)])).toBe(1);
  });

  test("is 0 when sums would not be exact in any order", () => {
    expect(exactUnit(0, [leaves(2 ** -24), leaves(2 ** 28)])).toBe(0);
    expect(exactUnit(0, [leaves(2 ** -24), leaves(2 ** 27)])).toBe(2 ** -24);
    expect(exactUnit(1 / 3, [leaves(1000)])).toBe(0);
  });

  test("is 0 for a base margin of −0 and for values that are not finite", () => {
    expect(exactUnit(-0, [leaves(1)])).toBe(0);
    expect(exactUnit(0, [leaves(Number.POSITIVE_INFINITY)])).toBe(0);
    expect(exactUnit(0, [leaves(Number.NaN)])).toBe(0);
  });
});
