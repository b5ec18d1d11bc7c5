import { expect, test } from "vitest";
import { factorCholesky, solveCholesky } from "../../src/math/cholesky.js";

test("factorCholesky and solveCholesky solve a positive definite system", () => {
  // [4 2; 2 3] x = [10, 8] has x = [7/4, 3/2].
  const matrix = Float64Array.of(4, 0, 2, 3);
  factorCholesky(matrix, 2);
  expect([...matrix]).toEqual([2, 0, 1, Math.SQRT2]);
  const solution = Float64Array.of(10, 8);
  solveCholesky(matrix, 2, solution);
  expect(solution[0]).toBeCloseTo(1.75, 14);
  expect(solution[1]).toBeCloseTo(1.5, 14);
});

test("solveCholesky leaves a direction without curvature alone", () => {
  // The second column repeats the first, the third is zero.
  const matrix = Float64Array.of(4, 0, 0, 4, 4, 0, 0, 0, 0);
  factorCholesky(matrix, 3);
  const solution = Float64Array.of(8, 8, 5);
  solveCholesky(matrix, 3, solution);
  expect([...solution]).toEqual([2, 0, 0]);
});
