import { describe, expect, test } from "vitest";
import { platt } from "../../src/calibration/platt.js";
import reference from "./sklearn-calibration.json" with { type: "json" };

/*
 * sklearn-calibration.json, "platt": the optimum for Platt's targets by Newton's method in numpy, to 1e-16, the same
 * to seven digits as _sigmoid_calibration(margins, labels) of scikit-learn 1.9.1 with its signs turned:
 *   t = np.where(y == 1, (pos + 1)/(pos + 2), 1/(n - pos + 2))
 *   p = 1/(1 + exp(-(w[0]*m + w[1]))); w += solve((A*(p*(1-p))[:, None]).T @ A, A.T @ (t - p)), A = [m, 1]
 */
const MARGINS = Float64Array.from(reference.margins);
const LABELS = Uint8Array.from(reference.labels);

describe("platt", () => {
  test("finds the curve that numpy and scikit-learn find, within 1e-6", () => {
    const { slope, intercept } = platt().fit(MARGINS, LABELS).toJSON();
    expect(Math.abs(slope - reference.platt.slope)).toBeLessThan(1e-6);
    expect(Math.abs(intercept - reference.platt.intercept)).toBeLessThan(1e-6);
  });

  test("is the logistic function of slope · margin + intercept", () => {
    const fitted = platt().fit(MARGINS, LABELS);
    const { slope, intercept } = fitted.toJSON();
    expect(fitted.probabilityOf(0.7)).toBeCloseTo(1 / (1 + Math.exp(-(slope * 0.7 + intercept))), 15);
    expect(fitted.probabilityOf(1e308)).toBe(1);
    expect(fitted.probabilityOf(-1e308)).toBe(0);
  });

  test("does not depend on the order of the rows", () => {
    const turned = platt().fit(MARGINS.slice().reverse(), LABELS.slice().reverse()).toJSON();
    expect(turned.slope).toBeCloseTo(platt().fit(MARGINS, LABELS).toJSON().slope, 12);
  });

  test("stays finite where the margins separate the labels", () => {
    const { slope, intercept } = platt()
      .fit(Float64Array.of(-2, -1, 1, 2), Uint8Array.of(0, 0, 1, 1))
      .toJSON();
    expect(Number.isFinite(slope) && Number.isFinite(intercept)).toBe(true);
    expect(slope).toBeGreaterThan(0);
  });

  test.each([
    ["are all equal", Float64Array.of(3, 3, 3, 3, 3)],
    ["fall as churn rises", Float64Array.of(-2, 1, 1.5, 1, 2)],
  ])("gives every row the mean of Platt's targets where margins %s", (_, margins) => {
    const fitted = platt().fit(margins, Uint8Array.of(1, 0, 0, 0, 0));
    // One churner of five: targets 2/3 once and 1/6 four times.
    expect(fitted.toJSON().slope).toBe(0);
    expect(fitted.probabilityOf(7)).toBeCloseTo((2 / 3 + 4 / 6) / 5, 12);
  });
});
