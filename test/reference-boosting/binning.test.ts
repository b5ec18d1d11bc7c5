import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/random.js";
import { categorical, numeric } from "../support/vectors.js";
import { binFeature, findCuts } from "./binning.js";

const cutsOf = (values: readonly number[], mostBins = 255) => [
  ...findCuts(Float64Array.from(values), mostBins),
];

describe("findCuts", () => {
  test("cuts halfway between neighbouring values while there are few, missing ones left out", () => {
    expect(cutsOf([5, 1, 2, 2, 5, Number.NaN])).toEqual([1.5, 3.5]);
    expect(cutsOf([0, -0, 0])).toEqual([]);
    expect(cutsOf([Number.NaN])).toEqual([]);
  });

  test("cuts at the lower of two neighbouring doubles", () => {
    expect(cutsOf([1, 1 + Number.EPSILON])).toEqual([1]);
  });

  test("makes bins of about the same number of rows of many values", () => {
    const values = Array.from({ length: 1000 }, (_, i) => i);
    expect(cutsOf(values, 4)).toEqual([249.5, 499.5, 749.5]);
  });

  test("gives a frequent value among many a separate bin", () => {
    const values = [...Array.from({ length: 100 }, (_, i) => i), ...new Array<number>(60).fill(40.5)];
    const cuts = cutsOf(values, 8);
    expect(cuts).toContain(40.25);
    expect(cuts).toContain(40.75);
  });

  test("never makes more bins than requested", () => {
    const random = createRandom(2, "few bins");
    for (let mostBins = 2; mostBins < 12; mostBins++) {
      const values = Array.from({ length: 200 }, () => Math.floor(random.normal() ** 2 * 10));
      expect(cutsOf(values, mostBins).length).toBeLessThan(mostBins);
    }
  });
});

describe("binFeature", () => {
  test("puts a value into the first bin whose cut it does not exceed, and missing into the last", () => {
    const x = numeric("x", [1, 2, 3, null, 2, 2.5]);
    const { bins, binCount } = binFeature(x, 255, () => Float64Array.of(1.5, 2.5));
    expect([...bins]).toEqual([0, 1, 2, 3, 1, 1]);
    expect(binCount).toBe(4);
  });

  test("uses category codes as bins, other and missing after them", () => {
    const { bins, binCount } = binFeature(categorical("x", [0, -1, 2, 1], ["a", "b"]), 255);
    expect([...bins]).toEqual([0, 3, 2, 1]);
    expect(binCount).toBe(4);
  });
});
