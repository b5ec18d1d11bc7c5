import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_POINTS, THINNING_TOLERANCE, thinnedPoints, valuesAt } from "../../src/math/thinned-points.js";
import { createRandom } from "../../src/random.js";

/** The largest distance above or below the kept line, as a share of the range of y. */
function deviation(x: readonly number[], y: readonly number[], kept: readonly number[]): number {
  let largest = 0;
  for (let k = 1; k < kept.length; k++) {
    const [from, to] = [kept[k - 1], kept[k]];
    for (let i = from + 1; i < to; i++) {
      const [bottom, top] =
        x[to] === x[from]
          ? [Math.min(y[from], y[to]), Math.max(y[from], y[to])]
          : [0, 0].fill(y[from] + ((y[to] - y[from]) * (x[i] - x[from])) / (x[to] - x[from]));
      largest = Math.max(largest, bottom - y[i], y[i] - top);
    }
  }
  return largest / (Math.max(...y) - Math.min(...y) || 1);
}

const steps = fc.array(fc.tuple(fc.constantFrom(0, 0, 1, 2, 1e-7), fc.integer({ min: -3, max: 9 })), {
  minLength: 1,
  maxLength: 1500,
});

/** The curve of which each step is a run and a rise. */
function curveOf(given: readonly (readonly [run: number, rise: number])[], isRising: boolean) {
  const x: number[] = [];
  const y: number[] = [];
  given.forEach(([run, rise], i) => {
    x.push((x[i - 1] ?? 0) + run);
    y.push((y[i - 1] ?? 0) + (isRising ? Math.abs(rise) : rise));
  });
  return { x, y };
}

// Rounding of slopes, at steps of 1e-7: differences of numbers up to 13,500.
const ROUNDING = 1e-9;

describe("thinnedPoints", () => {
  it("keeps the first and the last of at most 200 points, off by at most 0.2% wherever 200 suffice", () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (given, isRising) => {
        const { x, y } = curveOf(given, isRising);
        const kept = thinnedPoints(x, y);
        expect([kept[0], kept[kept.length - 1]]).toEqual([0, x.length - 1]);
        expect(kept.every((point, i) => i === 0 || point > kept[i - 1])).toBe(true);
        expect(kept.length).toBeLessThanOrEqual(MOST_POINTS);
        const off = deviation(x, y, kept);
        // Of a rough curve 200 points are used up to what a step of the tolerance changes.
        if (kept.length < MOST_POINTS / 3) expect(off).toBeLessThanOrEqual(THINNING_TOLERANCE + ROUNDING);
        if (isRising) expect(off).toBeLessThanOrEqual(0.0105);
      }),
      { seed: 2026, numRuns: 300 },
    );
  });

  it.each([
    ["a staircase of 500 equal steps", (i: number) => Math.ceil(i / 2), (i: number) => Math.floor(i / 2)],
    ["a parabola", (i: number) => i, (i: number) => i * i],
    [
      "a vertical line and a horizontal one",
      (i: number) => Math.max(0, i - 500),
      (i: number) => Math.min(i, 500),
    ],
  ])("is never off by more than 1.05% on %s", (_, xOf, yOf) => {
    const x = Array.from({ length: 1000 }, (_each, i) => xOf(i));
    const y = Array.from({ length: 1000 }, (_each, i) => yOf(i));
    const kept = thinnedPoints(x, y);
    expect(kept.length).toBeLessThanOrEqual(MOST_POINTS);
    expect(deviation(x, y, kept)).toBeLessThanOrEqual(0.0105);
  });

  it("keeps only the ends of a straight line, and corners", () => {
    expect(thinnedPoints([0, 1, 2, 3], [5, 5, 5, 5])).toEqual([0, 3]);
    expect(thinnedPoints([0, 0, 0, 1, 2], [0, 0.5, 1, 1, 1])).toEqual([0, 2, 4]);
    expect(thinnedPoints([7], [1])).toEqual([0]);
    expect(thinnedPoints([], [])).toEqual([]);
    expect(valuesAt(Float64Array.of(4, 5, 6), [0, 2])).toEqual([4, 6]);
  });

  it("keeps 0.2% with few points where a curve of 100,000 points is smooth but for noise", () => {
    const random = createRandom(3, "thinned");
    const x = Array.from({ length: 100_000 }, (_, i) => i / 99_999);
    const y = x.map((each) => Math.sqrt(each) + 0.0005 * random.next());
    const kept = thinnedPoints(x, y);
    expect(kept.length).toBeLessThan(60);
    let off = 0;
    for (let k = 1; k < kept.length; k++) {
      for (let i = kept[k - 1]; i < kept[k]; i++) {
        const slope = (y[kept[k]] - y[kept[k - 1]]) / (x[kept[k]] - x[kept[k - 1]]);
        off = Math.max(off, Math.abs(y[i] - y[kept[k - 1]] - slope * (x[i] - x[kept[k - 1]])));
      }
    }
    expect(off).toBeLessThanOrEqual(THINNING_TOLERANCE * 1.001);
  });
});
