import { describe, expect, test } from "vitest";
import type { ObjectiveName } from "../../src/trees/growing/settings.js";
import { thrownBy } from "../support/thrown.js";
import { bestConstantOf, OBJECTIVES, weightedMean } from "./objective.js";

const MARGINS = [-6, -1.3, -0.2, 0, 0.4, 2.1, 5];
const CASES: readonly { name: ObjectiveName; labels: readonly number[] }[] = [
  { name: "logLoss", labels: [0, 1] },
  { name: "squaredError", labels: [-3, 0, 2.5] },
  { name: "poisson", labels: [0, 1, 7] },
];

describe.each(CASES)("OBJECTIVES.$name", ({ name, labels }) => {
  const objective = OBJECTIVES[name];
  const step = 1e-4;

  // Central differences err by step² / 6 times the third derivative, at most e^5 here, and by rounding over the step.
  test("has the loss's first and second derivative as gradient and hessian", () => {
    for (const label of labels) {
      for (const margin of MARGINS) {
        const slope = objective.loss(margin + step, label) - objective.loss(margin - step, label);
        const bend = objective.gradient(margin + step, label) - objective.gradient(margin - step, label);
        expect(Math.abs(slope / (2 * step) - objective.gradient(margin, label))).toBeLessThan(1e-6);
        expect(Math.abs(bend / (2 * step) - objective.hessian(margin, label))).toBeLessThan(1e-6);
      }
    }
  });

  test("starts where the weighted gradients add up to nothing", () => {
    const weights = labels.map((_, row) => 0.5 + row);
    const rows = Int32Array.from(labels.keys());
    const margin = bestConstantOf(objective, labels, weights, rows);
    const sum = labels.reduce(
      (total, label, row) => total + weights[row] * objective.gradient(margin, label),
      0,
    );
    expect(Math.abs(sum)).toBeLessThan(1e-12);
  });
});

describe("OBJECTIVES", () => {
  test("are −log(probability), ½ (m − y)² and μ − y m", () => {
    expect(OBJECTIVES.logLoss.loss(Math.log(3), 1)).toBeCloseTo(-Math.log(0.75), 14);
    expect(OBJECTIVES.logLoss.loss(Math.log(3), 0)).toBeCloseTo(-Math.log(0.25), 14);
    expect(OBJECTIVES.logLoss.loss(-1000, 1)).toBe(1000);
    expect(OBJECTIVES.squaredError.loss(1, 4)).toBe(4.5);
    expect(OBJECTIVES.poisson.loss(Math.log(2), 3)).toBeCloseTo(2 - 3 * Math.log(2), 14);
  });

  test.each([
    ["logLoss", [1, 1]],
    ["logLoss", [0, 0]],
    ["poisson", [0, 0]],
  ] as const)("%s has no best constant for labels %j", async (name, labels) => {
    const error = await thrownBy(() => bestConstantOf(OBJECTIVES[name], labels, [1, 1], Int32Array.of(0, 1)));
    expect(error.path).toEqual({ function: "referenceBoost", argument: "labels" });
  });
});

test("weightedMean weighs the given rows only", () => {
  expect(weightedMean(Int32Array.of(0, 2), [1, 100, 3], (row) => row)).toBe(1.5);
});
