import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/random.js";
import { findCuts } from "../../../src/trees/binning/cuts.js";

function cutsOf(...values: number[]): number[] {
  return [...findCuts(Float64Array.from(values).sort(), 255)];
}

/** The bins of values by the rule that bin b holds cuts[b − 1] < value ≤ cuts[b]. */
function binsOf(values: readonly number[], cuts: Float64Array): number[] {
  return values.map((value) => cuts.filter((cut) => cut < value).length);
}

describe("findCuts", () => {
  test("cuts halfway between neighbouring values while there are few", () => {
    expect(cutsOf(5, 1, 2, 2, 5)).toEqual([1.5, 3.5]);
    expect(cutsOf(-0.5, 0, 0.5)).toEqual([-0.25, 0.25]);
  });

  test("takes −0 and 0 for one value", () => {
    expect(cutsOf(0, -0, 0)).toEqual([]);
  });

  test("cuts nothing where all values are equal or there are none", () => {
    expect(cutsOf(3, 3, 3)).toEqual([]);
    expect(cutsOf()).toEqual([]);
  });

  test("keeps huge, tiny and denormal neighbours apart", () => {
    const values = [
      -Number.MAX_VALUE,
      -1e300,
      -1e-300,
      -5e-324,
      0,
      5e-324,
      1e-323,
      1e-300,
      1e300,
      Number.MAX_VALUE,
    ];
    const cuts = cutsOf(...values);
    expect(cuts).toHaveLength(values.length - 1);
    cuts.forEach((cut, i) => {
      expect(cut).toBeGreaterThanOrEqual(values[i]);
      expect(cut).toBeLessThan(values[i + 1]);
    });
  });

  test("cuts at the lower of two neighbouring doubles", () => {
    expect(cutsOf(1, 1 + Number.EPSILON)).toEqual([1]);
  });

  test("makes at most 255 bins of about equal size of many values", () => {
    const random = createRandom(1, "many values");
    const values = Float64Array.from({ length: 10_000 }, () => random.normal()).sort();
    const cuts = findCuts(values, 255);
    expect(cuts).toHaveLength(254);
    const counts = new Array<number>(255).fill(0);
    for (const bin of binsOf([...values], cuts)) counts[bin]++;
    // 10,000 / 255 is 39.2.
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(39);
    expect(Math.max(...counts)).toBeLessThanOrEqual(40);
  });

  test("gives a frequent value among many a separate bin", () => {
    const values = [
      ...Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000),
      ...new Array<number>(300).fill(0.7002),
    ];
    const bins = binsOf(values, findCuts(Float64Array.from(values).sort(), 255));
    const members = new Set(values.filter((_, row) => bins[row] === bins[1299]));
    expect(members).toEqual(new Set([0.7002]));
    expect(Math.max(...bins)).toBeLessThanOrEqual(254);
  });

  test("never makes more bins than requested", () => {
    const random = createRandom(2, "few bins");
    for (let mostBins = 2; mostBins < 12; mostBins++) {
      const values = Float64Array.from({ length: 200 }, () => Math.floor(random.normal() ** 2 * 10)).sort();
      expect(findCuts(values, mostBins).length).toBeLessThan(mostBins);
    }
  });

  test("joins values in fewer than leastRows rows with the next, and the last bin stays as it is", () => {
    const values = Float64Array.of(1, 2, 2, 2, 3, 4, 4, 5);
    expect([...findCuts(values, 255, 1)]).toEqual([1.5, 2.5, 3.5, 4.5]);
    expect([...findCuts(values, 255, 3)]).toEqual([2.5, 4.5]);
  });
});
