import { describe, expect, test } from "vitest";
import { randomProblem } from "./random-problem.js";
import { referenceBoost } from "./reference-boost.js";

const PROBLEMS = Array.from({ length: 400 }, (_, seed) => randomProblem(seed));
const share = (is: (problem: (typeof PROBLEMS)[number]) => boolean) =>
  PROBLEMS.filter(is).length / PROBLEMS.length;

describe("randomProblem", () => {
  test("makes the same problem from the same seed and another one from another", () => {
    expect(randomProblem(5)).toEqual(randomProblem(5));
    expect(randomProblem(6)).not.toEqual(randomProblem(5));
  });

  test("draws every objective and option, with and without weights and held-out rows", () => {
    expect(new Set(PROBLEMS.map(({ settings }) => settings.objective)).size).toBe(3);
    const [{ settings: first }] = PROBLEMS;
    // How categories are encoded before the engine sees them is not one of its settings.
    const { manyLevels: _, nativeLevels: __, ...ofEngine } = first;
    for (const option of Object.keys(ofEngine) as (keyof typeof ofEngine)[]) {
      const values = new Set(PROBLEMS.map(({ settings }) => JSON.stringify(settings[option])));
      expect(values.size, option).toBeGreaterThan(1);
    }
    expect(share(({ weights }) => weights !== undefined)).toBeGreaterThan(0.3);
    expect(share(({ heldOutRows }) => heldOutRows.length > 0)).toBeGreaterThan(0.3);
    expect(share(({ settings }) => Object.keys(settings.monotone).length > 0)).toBeGreaterThan(0.15);
  });

  test("makes at most 400 rows, each in one list only, and finite labels and weights", () => {
    for (const { labels, weights, trainingRows, heldOutRows, settings } of PROBLEMS) {
      expect(labels.length).toBeLessThanOrEqual(400);
      expect(new Set([...trainingRows, ...heldOutRows]).size).toBe(labels.length);
      expect(labels.every(Number.isFinite)).toBe(true);
      if (settings.objective === "logLoss")
        expect(labels.every((label) => label === 0 || label === 1)).toBe(true);
      if (settings.objective === "poisson")
        expect(labels.every((label) => Number.isInteger(label) && label >= 0)).toBe(true);
      expect(Array.from(weights ?? []).every((weight) => weight >= 0 && Number.isFinite(weight))).toBe(true);
    }
  });

  test("makes problems that the reference can learn: numeric and categorical splits, missing either way", () => {
    const trees = PROBLEMS.flatMap(
      (problem) => referenceBoost({ ...problem, heldOutRows: new Int32Array(0) }).trees,
    );
    const leaves = trees.map(({ leafValues }) => leafValues.length);
    expect(leaves.filter((count) => count > 1).length / leaves.length).toBeGreaterThan(0.7);
    expect(leaves.filter((count) => count > 8).length / leaves.length).toBeGreaterThan(0.1);
    const isCategorical = trees.flatMap(({ leftCodes }) => leftCodes.map((codes) => codes !== null));
    expect(isCategorical.filter((is) => is).length / isCategorical.length).toBeGreaterThan(0.1);
    expect(new Set(trees.flatMap(({ missingLeft }) => missingLeft)).size).toBe(2);
    expect(trees.flatMap(({ leafValues }) => leafValues).every(Number.isFinite)).toBe(true);
  });
});
