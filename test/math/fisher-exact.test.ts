import { describe, expect, it } from "vitest";
import { fisherExact } from "../../src/math/fisher-exact.js";

describe("fisherExact", () => {
  // scipy 1.17.1: fisher_exact([[a, b], [c, d]]).pvalue. Tolerance: scipy's logarithms of gamma functions.
  it.each([
    [1, 9, 11, 3, 0.0027594561852200836],
    [0, 10, 12, 100, 0.5957095706434695],
    [8, 2, 1, 5, 0.034965034965034975],
    [3, 500, 20, 9000, 0.11872905652505875],
    [30, 70, 12, 1000, 2.4267143637054687e-24],
  ])("of %i of which hits and %i not, against %i and %i, agrees with scipy", (a, b, c, d, expected) => {
    const found = fisherExact(a, a + b, a + c, a + b + c + d);
    expect(Math.abs(found / expected - 1)).toBeLessThan(1e-10);
    // The columns and the rows of a table may be exchanged.
    expect(fisherExact(c, c + d, a + c, a + b + c + d)).toBeCloseTo(found, 14);
    expect(fisherExact(b, a + b, b + d, a + b + c + d)).toBeCloseTo(found, 14);
  });

  it("is 1 where the sums leave one table only", () => {
    expect(fisherExact(0, 5, 0, 20)).toBe(1);
    expect(fisherExact(5, 5, 20, 20)).toBe(1);
  });
});
