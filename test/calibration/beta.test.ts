import { describe, expect, test } from "vitest";
import { betaCalibration, betaOf } from "../../src/calibration/beta.js";
import { tallyMargins } from "../../src/calibration/calibrator.js";
import { platt } from "../../src/calibration/platt.js";
import reference from "./python-calibration.json" with { type: "json" };

/*
 * python-calibration.json, of p = 1/(1 + exp(-margins)):
 * "betacal": BetaCalibration("abm").fit(p, labels) of betacal 1.1.0 (by the authors of the paper), whose lbfgs stops at a
 *   gradient of 1e-4;
 * "betaOfLabels", "betaOfTargets": [a, b, c] by Newton's method in numpy on [ln p, −ln(1 − p), 1] with the same refits,
 *   for labels as they are and for Platt's targets.
 * In "given" both slopes are positive; "bent" and "fallingBelow" are fitted again without a, "fallingAbove" without b.
 */
const CASES = [reference.given, reference.bent, reference.fallingBelow, reference.fallingAbove];

describe("betaCalibration", () => {
  test.each(CASES)("finds numpy's optimum for Platt's targets within 1e-8 (%#)", (each) => {
    const { a, b, c } = betaCalibration().fit(each.margins, each.labels).toJSON();
    [a, b, c].forEach((value, i) => {
      expect(Math.abs(value - each.betaOfTargets[i])).toBeLessThan(1e-8);
    });
  });

  test.each(CASES)(
    "is betacal's curve for labels as they are, within what its search leaves (%#)",
    (each) => {
      const { a, b, c } = betaOf(
        tallyMargins("betaCalibration", each.margins, each.labels, undefined),
      ).toJSON();
      const { betacal, betaOfLabels } = each;
      [a, b, c].forEach((value, i) => {
        expect(Math.abs(value - betaOfLabels[i])).toBeLessThan(1e-8);
        expect(Math.abs(value - [betacal.a, betacal.b, betacal.c][i])).toBeLessThan(5e-3);
      });
    },
  );

  test("is a · ln p − b · ln(1 − p) + c in log-odds, for margins of any size", () => {
    const fitted = betaCalibration().fit(reference.given.margins, reference.given.labels);
    const { a, b, c } = fitted.toJSON();
    const p = 1 / (1 + Math.exp(-0.7));
    const logOdds = a * Math.log(p) - b * Math.log(1 - p) + c;
    expect(fitted.probabilityOf(0.7)).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 14);
    // Where 1 − p is 0 in floating point, the slope is still b.
    const steep = (margin: number) =>
      Math.log(fitted.probabilityOf(margin)) - Math.log1p(-fitted.probabilityOf(margin));
    expect(steep(20) - steep(15)).toBeCloseTo(5 * b, 3);
    expect(fitted.probabilityOf(1e308)).toBe(1);
    expect(fitted.probabilityOf(-1e308)).toBe(0);
  });

  test("is Platt's curve where two margins are too few to bend", () => {
    const margins = [1, 1, 1, -2, -2, -2, -2];
    const labels = [1, 1, 0, 0, 0, 1, 0];
    const { slope, intercept } = platt().fit(margins, labels).toJSON();
    const { a, b, c } = betaCalibration().fit(margins, labels).toJSON();
    expect([a, b]).toEqual([slope, slope]);
    expect(c).toBe(intercept);
    // Two margins and two parameters: the curve goes through the means of Platt's targets, (2·4/5 + 1/6)/3 at 1.
    expect(platt().fit(margins, labels).probabilityOf(1)).toBeCloseTo((8 / 5 + 1 / 6) / 3, 9);
  });

  test("is finite where the margins separate the labels", () => {
    const { a, b, c } = betaCalibration().fit([-2, -1, 0.5, 1, 2], [0, 0, 1, 1, 1]).toJSON();
    expect([a, b, c].every(Number.isFinite)).toBe(true);
    expect(a + b).toBeGreaterThan(0);
  });

  test("gives every row the mean of Platt's targets where churn falls with the margin", () => {
    const fitted = betaCalibration().fit([-2, -1, 0, 1, 2], [1, 0, 0, 0, 0]);
    // One churner of five: targets 2/3 once and 1/6 four times.
    for (const margin of [-5, 0, 5])
      expect(fitted.probabilityOf(margin)).toBeCloseTo((2 / 3 + 4 / 6) / 5, 12);
  });
});
