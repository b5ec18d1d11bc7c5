import { describe, expect, test } from "vitest";
import type { LearningCurve } from "../../../src/training/learning-curve/curve.js";
import { prospectOf } from "../../../src/training/learning-curve/prospect.js";

/** A curve of 4,930 and 7,043 rows whose log loss is 0.41. */
function curveOf(
  twice: readonly [low: number, value: number, high: number] | null,
  lastGain = 0.0002,
): Omit<LearningCurve, "sentence"> {
  const at = (value: number) => ({ value, low: value - 0.001, high: value + 0.001 });
  const point = { share: 0.7, rows: 4930, churners: 1300, logLoss: at(0.41), rocAuc: at(0.85) };
  const before = { ...point, classifier: "logistic", gain: at(0.001) };
  const points = [before, { ...before, share: 1, rows: 7043, gain: at(lastGain) }];
  if (twice === null) return { points, skipped: [], expected: null };
  const [low, value, high] = twice;
  const logLoss = { value: 0.41 - value, low: 0.41 - high, high: 0.41 - low };
  return { points, skipped: [], expected: { rows: 14086, gain: { value, low, high }, logLoss } };
}

describe("the sentence", () => {
  test("says what twice the rows would gain where the interval is above 0", () => {
    expect(prospectOf(curveOf([0.001, 0.004, 0.007]))).toBe(
      "Twice the rows would lower the log loss by about 0.0040 (0.0010 to 0.0070), from 0.4100 to 0.4060.",
    );
  });

  test("says that more rows would hardly help where even the upper end is below 0.5% of the log loss", () => {
    expect(prospectOf(curveOf([-0.0004, 0.0003, 0.002]))).toBe(
      "More rows would hardly help: from 4,930 to 7,043 rows the log loss fell by 0.0002 (-0.0008 to 0.0012), twice the rows would lower it by at most 0.0020; better features may do more.",
    );
    expect(prospectOf(curveOf([0.0001, 0.0003, 0.002]))).toMatch(/^More rows would hardly help/u);
    expect(prospectOf(curveOf([-0.002, -0.001, -0.0005], -0.0002))).toMatch(
      /the log loss rose by 0\.0002 \(-0\.0008 to 0\.0012\), twice the rows would lower it by at most 0\.0000;/u,
    );
  });

  test("does not give a range for a log loss that stayed the same", () => {
    expect(prospectOf(curveOf([0, 0, 0], 0.00001))).toMatch(
      /from 4,930 to 7,043 rows the log loss stayed the same, twice the rows/u,
    );
  });

  test("says that there are too few rows where the interval holds both", () => {
    expect(prospectOf(curveOf([-0.003, 0.004, 0.011]))).toBe(
      "Too few rows to say for sure: twice the rows may bring the log loss from 0.4100 to 0.4060 (0.3990 to 0.4130).",
    );
  });

  test("says what is missing where the curve has too few points", () => {
    const few = curveOf(null);
    expect(prospectOf(few)).toBe(
      "Too few shares to say what more rows would buy: the curve has 2 points, and needs 4.",
    );
    expect(prospectOf({ ...few, skipped: [{ share: 0.1, rows: 30, reason: "…" }] })).toMatch(
      /^Too few rows to say/u,
    );
  });
});
