import fc from "fast-check";
import { expect, it } from "vitest";
import { fallingOrder } from "../../../src/metrics/sample/falling-order.js";

it("fallingOrder sorts as a stable comparison does, over all finite numbers", () => {
  const numbers = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(
      0,
      -0,
      0.5,
      -0.5,
      Number.MIN_VALUE,
      -Number.MIN_VALUE,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
    ),
  );
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 60 }), (scores) => {
      const expected = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b);
      expect([...fallingOrder(scores)]).toEqual(expected);
    }),
    { seed: 1, numRuns: 300 },
  );
});

it("fallingOrder takes nothing, one row, and rows that are all equal", () => {
  expect([...fallingOrder([])]).toEqual([]);
  expect([...fallingOrder([3])]).toEqual([0]);
  expect([...fallingOrder([2, 2, 2])]).toEqual([0, 1, 2]);
});
