import fc from "fast-check";
import { expect, test } from "vitest";
import { sortedNumbers } from "../../src/math/sorted-numbers.js";

const numbers = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -9, max: 9, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, Infinity, -Infinity),
);

test("sorts as a typed array does, but for the order of 0 and −0, and leaves its argument as it is", () => {
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 300 }), (list) => {
      const given = Float64Array.from(list);
      const sorted = sortedNumbers(given);
      expect(Array.from(sorted, (value) => value + 0)).toEqual(
        Array.from(Float64Array.from(list).sort(), (value) => value + 0),
      );
      expect([...given]).toEqual(list);
    }),
    { numRuns: 2000 },
  );
});

test("numbers in a few clusters are sorted too", () => {
  const list = Float64Array.from({ length: 5000 }, (_, i) => (i === 0 ? 1e12 : (i * 7919) % 4999));
  expect(sortedNumbers(list)).toEqual(list.slice().sort());
});
