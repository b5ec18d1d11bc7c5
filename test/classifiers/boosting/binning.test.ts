import { describe, expect, test } from "vitest";
import { binVectors, findCuts } from "../../../src/classifiers/boosting/binning.js";
import { createRandom } from "../../../src/random.js";
import { categorical, numeric, vectorsOf } from "../../support/vectors.js";

function cutsOf(...values: (number | null)[]): number[] {
  return [...findCuts(Float64Array.from(values, (value) => value ?? Number.NaN))];
}

function binOfValues(values: readonly (number | null)[]): number[] {
  return [...binVectors(vectorsOf(numeric("x", values))).features[0].bins];
}

describe("findCuts", () => {
  test("cuts halfway between neighbouring values while there are few", () => {
    expect(cutsOf(5, 1, 2, 2, 5, null)).toEqual([1.5, 3.5]);
    expect(cutsOf(-0.5, 0, 0.5)).toEqual([-0.25, 0.25]);
  });

  test("takes −0 and 0 for one value", () => {
    expect(cutsOf(0, -0, 0)).toEqual([]);
  });

  test("cuts nothing where all values are equal or missing", () => {
    expect(cutsOf(3, 3, 3)).toEqual([]);
    expect(cutsOf(null, null)).toEqual([]);
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
    const values = Float64Array.from({ length: 10_000 }, () => random.normal());
    const cuts = findCuts(values);
    expect(cuts).toHaveLength(254);
    const counts = new Array<number>(255).fill(0);
    for (const bin of binOfValues([...values])) counts[bin]++;
    // 10,000 / 255 is 39.2.
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(39);
    expect(Math.max(...counts)).toBeLessThanOrEqual(40);
  });

  test("gives a frequent value among many a bin to itself", () => {
    const values = [
      ...Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000),
      ...new Array<number>(300).fill(0.7002),
    ];
    const bins = binOfValues(values);
    const members = new Set(values.filter((_, row) => bins[row] === bins[1299]));
    expect(members).toEqual(new Set([0.7002]));
    expect(Math.max(...bins)).toBeLessThanOrEqual(254);
  });

  test("never makes more bins than asked for", () => {
    const random = createRandom(2, "few bins");
    for (let mostBins = 2; mostBins < 12; mostBins++) {
      const values = Float64Array.from({ length: 200 }, () => Math.floor(random.normal() ** 2 * 10));
      expect(findCuts(values, mostBins).length).toBeLessThan(mostBins);
    }
  });
});

describe("binVectors", () => {
  test("puts a value into the first bin whose cut it does not exceed, and missing into the last", () => {
    const [feature] = binVectors(vectorsOf(numeric("x", [1, 2, 3, null, 2]))).features;
    expect([...feature.cuts]).toEqual([1.5, 2.5]);
    expect([...feature.bins]).toEqual([0, 1, 2, 3, 1]);
    expect(feature.binCount).toBe(4);
  });

  test("puts a value that equals its cut below it", () => {
    expect(binOfValues([1, 1 + Number.EPSILON])).toEqual([0, 1]);
  });

  test("agrees with value ≤ cut for every value", () => {
    const random = createRandom(3, "bins");
    const values = Array.from({ length: 2000 }, () => random.normal() ** 3);
    const [{ cuts, bins }] = binVectors(vectorsOf(numeric("x", values))).features;
    values.forEach((value, row) => {
      expect(bins[row]).toBe(cuts.filter((cut) => cut < value).length);
    });
  });

  test("uses category codes as bins, other and missing behind them", () => {
    const [feature] = binVectors(vectorsOf(categorical("x", [0, -1, 2, 1], ["a", "b"]))).features;
    expect([...feature.bins]).toEqual([0, 3, 2, 1]);
    expect(feature.binCount).toBe(4);
  });

  test("fits 254 levels, other and missing into a byte", () => {
    const levels = Array.from({ length: 254 }, (_, code) => `${code}`);
    const [feature] = binVectors(vectorsOf(categorical("x", [0, 253, 254, -1], levels))).features;
    expect([...feature.bins]).toEqual([0, 253, 254, 255]);
  });

  test("lays features side by side in the histogram", () => {
    const matrix = binVectors(
      vectorsOf(numeric("x", [1, 2]), categorical("y", [0, 0], ["a"]), numeric("z", [1, 1])),
    );
    expect([...matrix.offsets]).toEqual([0, 3, 6]);
    expect(matrix.totalBins).toBe(8);
  });
});
