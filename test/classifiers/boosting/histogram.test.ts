import { expect, test } from "vitest";
import { binVectors } from "../../../src/classifiers/boosting/binning.js";
import { fillHistogram, SUMS, subtractHistogram } from "../../../src/classifiers/boosting/histogram.js";
import { createRandom } from "../../../src/random.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { numeric, vectorsOf } from "../../support/vectors.js";

test("fillHistogram adds up gradient, hessian and rows per bin, of the given rows and features only", () => {
  const matrix = binVectors(vectorsOf(numeric("x", [1, 2, 1, null]), numeric("y", [5, 5, 6, 6])));
  const gradients = { gradient: Float64Array.of(1, 2, 4, 8), hessian: Float64Array.of(0.5, 0.25, 0.125, 1) };
  const histogram = new Float64Array(matrix.totalBins * SUMS).fill(-1);
  fillHistogram(histogram, matrix, Int32Array.of(0), Int32Array.of(3, 0, 2, 1), 0, 3, gradients);
  expect([...histogram.subarray(0, 9)]).toEqual([5, 0.625, 2, 0, 0, 0, 8, 1, 1]);
  expect([...histogram.subarray(9)]).toEqual(new Array(9).fill(-1));
});

test("subtractHistogram gives the other child's direct sums", () => {
  const { vectors } = noisyVectors(500, 3);
  const matrix = binVectors(vectors);
  const random = createRandom(1, "gradients");
  const gradients = {
    gradient: Float64Array.from({ length: 500 }, () => random.normal()),
    hessian: Float64Array.from({ length: 500 }, () => random.next() / 4),
  };
  const features = Int32Array.of(0, 1, 2);
  const rows = Int32Array.from({ length: 500 }, (_, row) => (row * 7) % 500);
  const sumsOf = (from: number, to: number) => {
    const histogram = new Float64Array(matrix.totalBins * SUMS);
    fillHistogram(histogram, matrix, features, rows, from, to, gradients);
    return histogram;
  };
  const parent = sumsOf(0, 500);
  subtractHistogram(parent, sumsOf(0, 180), matrix, features);
  const direct = sumsOf(180, 500);
  parent.forEach((sum, at) => {
    // Rows are whole numbers and exact; the others differ by the rounding of a few hundred additions.
    if (at % SUMS === 2) expect(sum).toBe(direct[at]);
    else expect(Math.abs(sum - direct[at])).toBeLessThan(1e-12);
  });
});
