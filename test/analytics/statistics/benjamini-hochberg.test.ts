import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg } from "../../../src/analytics/statistics/benjamini-hochberg.js";

describe("benjaminiHochberg", () => {
  it("adjusts as scipy, and leaves out what was not tested", () => {
    // scipy 1.17.1: false_discovery_control([0.01, 0.04, 0.03, 0.005, 0.2, 0.2, 0.9, 1.0]).
    const expected = [0.04, 0.08, 0.08, 0.04, 0.26666666666666666, 0.26666666666666666, 1, 1];
    const adjusted = benjaminiHochberg([0.01, 0.04, null, 0.03, 0.005, 0.2, 0.2, 0.9, null, 1]);
    expect(adjusted[2]).toBeNull();
    expect(adjusted[8]).toBeNull();
    for (const [at, q] of adjusted.filter((value) => value !== null).entries())
      expect(q).toBeCloseTo(expected[at], 15);
  });
  it("gives the values of R's p.adjust, also for equal ones", () => {
    // p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.8), "BH"); the same in statsmodels.
    const adjusted = benjaminiHochberg([0.01, null, 0.04, 0.03, 0.005, 0.8]);
    const expected = [0.025, null, 0.05, 0.05, 0.025, 0.8];
    expect(adjusted.map((each) => each && Number(each.toFixed(12)))).toEqual(expected);
  });
  // scipy 1.17: false_discovery_control.
  it.each([
    [
      [0.01, 0.02, 0.03, 0.04, 0.9],
      [0.05, 0.05, 0.05, 0.05, 0.9],
    ],
    [
      [0.04, 0.001, 0.5, 0.04],
      [0.05333333333333333, 0.004, 0.5, 0.05333333333333333],
    ],
    [
      [0.01, 0.04, 0.03, 0.005, 0.5, 0.2],
      [0.03, 0.06, 0.06, 0.03, 0.5, 0.24],
    ],
    [[], []],
  ])("of %j is %j", (pValues, expected) => {
    expect(benjaminiHochberg(pValues)).toEqual(expected.map((q) => expect.closeTo(q, 12)));
  });
  it("keeps the order of the p-values, is at least as large, at most 1, and does not depend on their order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (pValues) => {
        const adjusted = benjaminiHochberg(pValues);
        expect(benjaminiHochberg([...pValues].reverse()).reverse()).toEqual(adjusted);
        const order = pValues.map((_, at) => at).sort((a, b) => pValues[a] - pValues[b]);
        for (const [place, at] of order.entries()) {
          expect(adjusted[at]).toBeGreaterThanOrEqual(pValues[at]);
          expect(adjusted[at]).toBeLessThanOrEqual(1);
          if (place > 0) expect(adjusted[at]).toBeGreaterThanOrEqual(adjusted[order[place - 1]]);
        }
      }),
    );
  });
});
