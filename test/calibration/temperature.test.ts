import { describe, expect, test } from "vitest";
import { tallyMargins } from "../../src/calibration/calibrator.js";
import { temperature, temperatureOf } from "../../src/calibration/temperature.js";
import reference from "./python-calibration.json" with { type: "json" };

/*
 * python-calibration.json: "inverseTemperatureOfTargets" is the optimum for Platt's targets by Newton's method in numpy,
 *   p = 1/(1 + exp(-w*m)); w += sum(m*(t - p)) / sum(m*m*p*(1 - p)),
 * "sklearnInverseTemperature" is beta_ of _TemperatureScaling().fit(margins, labels) of scikit-learn 1.9.1, which takes a
 * margin m for the logits (−m, m): their difference is 2m, so that its inverse temperature is half of ours. It stops its
 * search at a relative 1e-6 or so.
 */
const CASES = [reference.bent, reference.given, reference.fallingBelow, reference.fallingAbove];

describe("temperature", () => {
  test.each(CASES)("finds numpy's optimum for Platt's targets within 1e-10 (%#)", (each) => {
    const { inverseTemperature } = temperature().fit(each.margins, each.labels).toJSON();
    expect(Math.abs(inverseTemperature - each.inverseTemperatureOfTargets)).toBeLessThan(1e-10);
  });

  test.each(CASES)(
    "is scikit-learn's temperature scaling for labels as they are, within 1e-5 (%#)",
    (each) => {
      const tally = tallyMargins("temperature", each.margins, each.labels, undefined);
      const { inverseTemperature } = temperatureOf(tally).toJSON();
      expect(Math.abs(inverseTemperature - 2 * each.sklearnInverseTemperature)).toBeLessThan(1e-5);
    },
  );

  test("keeps a margin of 0 at one half", () => {
    expect(temperature().fit(reference.given.margins, reference.given.labels).probabilityOf(0)).toBe(0.5);
  });

  test("by hand: margins ±1, of two at 1 one churned, none of two at −1", () => {
    // Platt's targets 2/3, 1/5 at 1 and 1/5, 1/5 at −1. Turned to the side of 1, the mean target is
    // (2/3 + 1/5 + 4/5 + 4/5) / 4 = 37/60, whose log-odds are ln(37/23).
    const { inverseTemperature } = temperature().fit([1, 1, -1, -1], [1, 0, 0, 0]).toJSON();
    expect(inverseTemperature).toBeCloseTo(Math.log(37 / 23), 12);
  });

  test("is finite where the margins separate the labels, and never falls", () => {
    const separated = temperature().fit([-2, -1, 1, 2], [0, 0, 1, 1]).toJSON();
    expect(separated.inverseTemperature).toBeGreaterThan(0);
    expect(Number.isFinite(separated.inverseTemperature)).toBe(true);
    expect(temperature().fit([-2, -1, 1, 2], [1, 1, 0, 0]).toJSON().inverseTemperature).toBe(0);
  });

  test("leaves margins as they are where all are 0", () => {
    expect(temperature().fit([0, 0, 0], [1, 0, 0]).toJSON().inverseTemperature).toBe(1);
  });
});
