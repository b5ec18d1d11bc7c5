import { expect, test } from "vitest";
import { chiSquareTail } from "../../src/math/chi-square-tail.js";

// chi2.sf(x, degrees) of scipy 1.17.1.
const REFERENCE: readonly (readonly [x: number, degrees: number, tail: number])[] = [
  [3.84, 1, 0.05004352124870519],
  [0.01, 1, 0.920344325445942],
  [50, 1, 1.537459794428033e-12],
  [5, 2, 0.0820849986238988],
  [100, 2, 1.9287498479639183e-22],
  [7.8, 3, 0.050331097859853326],
  [1200, 3, 7.331671591550422e-260],
  [30, 20, 0.06985366069940986],
  [31, 21, 0.07365794649059723],
  [700, 500, 7.728992111216604e-9],
  [701, 501, 7.934918609405934e-9],
  [2000, 1001, 5.867332807196935e-69],
  [1e-3, 7, 0.9999999999997597],
];

test.each(REFERENCE)("P(X > %d) of %d degrees of freedom, to 1e-11 relative", (x, degrees, tail) => {
  expect(Math.abs(chiSquareTail(x, degrees) / tail - 1)).toBeLessThan(1e-11);
});

test("is 1 at 0 and below", () => {
  expect([chiSquareTail(0, 3), chiSquareTail(-1, 4)]).toEqual([1, 1]);
});
