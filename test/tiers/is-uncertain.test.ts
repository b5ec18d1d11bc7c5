import { describe, expect, test } from "vitest";
import { isUncertain } from "../../src/tiers/is-uncertain.js";
import { thrownBy } from "../support/thrown.js";

describe("isUncertain", () => {
  test.each([
    [0.25, 0.375, undefined, true],
    [0.25, 0.3, undefined, false],
    [0.25, 0.375, 0.125, false],
    [0.25, 0.376, 0.125, true],
    [0.4, 0.4, undefined, false],
    [0, 1, 1, false],
  ])("of the interval from %s to %s, width %s: %s", (low, high, width, expected) => {
    expect(isUncertain([low, high], width === undefined ? {} : { width })).toBe(expected);
  });

  test("refuses invalid intervals, and widths outside (0, 1]", async () => {
    const refusedOf = async (low: number, high: number, width?: number) => {
      const { problems } = await thrownBy(() =>
        isUncertain([low, high], width === undefined ? {} : { width }),
      );
      return problems.map(({ path, received }) => [path.argument, received]);
    };
    expect(await refusedOf(0.5, 0.4)).toEqual([["interval[1]", 0.4]]);
    expect(await refusedOf(-0.1, 1.1, 0)).toEqual([
      ["interval[0]", -0.1],
      ["interval[1]", 1.1],
      ["width", 0],
    ]);
    expect(await refusedOf(0.1, 0.2, 1.5)).toEqual([["width", 1.5]]);
    expect((await refusedOf(Number.NaN, 0.2))[0]).toEqual(["interval[0]", Number.NaN]);
  });
});
