import { expect, test } from "vitest";
import { mannWhitneyPValue } from "../../src/math/mann-whitney.js";

/** How many of each distinct value, rising. */
function counts(first: readonly number[], second: readonly number[]): [Float64Array, Float64Array] {
  const values = [...new Set([...first, ...second])].sort((a, b) => a - b);
  const of = (list: readonly number[]) =>
    Float64Array.from(values, (value) => list.filter((each) => each === value).length);
  return [of(first), of(second)];
}

const span = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test("is that of scipy 1.17.1: mannwhitneyu(a, b, use_continuity=True, method='asymptotic')", () => {
  expect(mannWhitneyPValue(...counts([1, 2, 2, 3, 9], [2, 3, 3, 4, 5, 8, 8]))).toBeCloseTo(
    0.24804238543550572,
    14,
  );
  expect(mannWhitneyPValue(...counts(span(0, 50), span(30, 90))) / 6.1295418442662626e-15).toBeCloseTo(1, 11);
});

test("is 1 where all values are equal, and does not depend on the direction", () => {
  expect(mannWhitneyPValue(...counts([1, 1, 1], [1, 1]))).toBe(1);
  const [first, second] = counts([1, 2, 2, 3, 9], [2, 3, 3, 4, 5, 8, 8]);
  expect(mannWhitneyPValue(first.slice().reverse(), second.slice().reverse())).toBeCloseTo(
    mannWhitneyPValue(first, second),
    14,
  );
});
