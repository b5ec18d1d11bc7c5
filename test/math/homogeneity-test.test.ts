import { describe, expect, it } from "vitest";
import { homogeneityPValue } from "../../src/math/homogeneity-test.js";

const pairs = (first: readonly number[], second: readonly number[]) =>
  first.map((each, i) => [each, second[i]] as const);

describe("homogeneityPValue", () => {
  // scipy 1.17.1: chi2_contingency(table, correction=False).pvalue; tolerance: rounding of sums.
  it.each([
    [[100, 120, 80, 100], [60, 40, 50, 50], 0.05059198299454035],
    [[10, 12], [300, 200], 0.17395757072256957],
    [Array(10).fill(1000), [90, 105, 110, 88, 102, 97, 120, 95, 99, 94], 0.5723998495504403],
    [[12.5, 30.25, 7.5], [20.5, 11.25, 40], 3.031050808414131e-7],
  ])("of %j and %j agrees with scipy", (first, second, expected) => {
    expect(Math.abs((homogeneityPValue(pairs(first, second)) ?? 0) / expected - 1)).toBeLessThan(1e-10);
    expect(homogeneityPValue(pairs(second, first))).toBeCloseTo(expected, 12);
  });

  it("takes bins of fewer than five expected rows together", () => {
    // 1.4 and 2.4 rows are expected in two of the bins: 3.8 together are joined with the 18.9 of the next; scipy of the
    // table [[50, 40, 33], [45, 50, 15]].
    const found = homogeneityPValue(pairs([50, 40, 2, 1, 30], [45, 50, 3, 2, 10]));
    expect(found).toBeCloseTo(0.024452425415559084, 12);
  });

  it("is null where fewer than two bins are left, and 1 for the same shares", () => {
    expect(homogeneityPValue(pairs([4, 4], [3, 4]))).toBeNull();
    expect(homogeneityPValue(pairs([50], [60]))).toBeNull();
    expect(homogeneityPValue(pairs([50, 50], [0, 0]))).toBeNull();
    expect(homogeneityPValue(pairs([50, 20], [500, 200]))).toBe(1);
  });
});
