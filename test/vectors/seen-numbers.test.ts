import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seenIn } from "../../src/vectors/seen-numbers.js";

describe("seenIn", () => {
  test.each([
    ["numbers", [3, -1, 7], false, { missingSeen: false, range: [-1, 7] }],
    ["missing values beside one number", [Number.NaN, 4], false, { missingSeen: true, range: [4, 4] }],
    ["nothing but missing values", [Number.NaN], false, { missingSeen: true }],
    ["flags", [1, 0, Number.NaN], false, { missingSeen: true, range: [0, 1], isFlag: true }],
    ["ones alone", [1, 1], false, { missingSeen: false, range: [1, 1] }],
    ["halves between", [0, 0.5, 1], false, { missingSeen: false, range: [0, 1] }],
    ["the first two days", [0, 1], true, { missingSeen: false, range: [0, 1] }],
    ["minus zero", [-0, 2], false, { missingSeen: false, range: [0, 2] }],
  ] as const)("of %s", (_, values, areDates, seen) => {
    expect(seenIn(Float64Array.from(values), areDates)).toEqual(seen);
  });

  test("the range holds all values, and both its ends are among them", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        const { range, missingSeen } = seenIn(Float64Array.from(values), false);
        const present = values.filter((value) => !Number.isNaN(value)).map((value) => value + 0);
        expect(missingSeen).toBe(present.length < values.length);
        if (present.length === 0) {
          expect(range).toBeUndefined();
          return;
        }
        const [low, high] = range ?? [];
        expect(present).toContain(low);
        expect(present).toContain(high);
        expect(present.every((value) => value >= Number(low) && value <= Number(high))).toBe(true);
      }),
    );
  });
});
