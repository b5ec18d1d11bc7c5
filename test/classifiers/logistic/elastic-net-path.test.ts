import { expect, test } from "vitest";
import { elasticNetPath } from "../../../src/classifiers/logistic/elastic-net-path.js";
import type { ProgressEvent } from "../../../src/progress.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { expectSteadyProgress } from "../../support/steady-progress.js";
import { thrownBy } from "../../support/thrown.js";

const { vectors: VECTORS, labels: LABELS } = noisyVectors(400, 21);

/**
 * scikit-learn 1.9.1, LogisticRegression(penalty="elasticnet", solver="saga", l1_ratio=0.5, C=1/(400 λ), tol=1e-13) on
 * x and y over their deviations, the indicator of missing x, plan one-hot with other and missing.
 */
const SKLEARN: Record<number, Record<string, number>> = {
  0.03: {
    x: 0.73512834,
    "x is missing": 0.31992079,
    y: -0.03571139,
    "plan = a": -0.11832797,
    "plan = d": 0.50422445,
  },
  0.01: {
    x: 0.89776734,
    "x is missing": 0.7821559,
    y: -0.07276961,
    "plan = a": -0.52405418,
    "plan = c": 0.11414638,
    "plan = d": 0.97891581,
    "plan = e": -0.28676644,
  },
};
const INTERCEPTS: Record<number, number> = { 0.03: -0.58333998, 0.01: -0.65235902 };
/** The slope of the steepest column at the bare intercept, over the L1 share. */
const LARGEST = 0.3240840300948738;

test("elasticNetPath passes through the coefficients of scikit-learn", async () => {
  for (const lambda of [0.03, 0.01]) {
    // Two steps: the largest penalty, and this one.
    const path = await elasticNetPath(VECTORS, LABELS, {
      l1Ratio: 0.5,
      steps: 2,
      leastRatio: lambda / LARGEST,
      folds: 2,
    });
    expect(path.lambdas[0]).toBeCloseTo(LARGEST, 10);
    expect(path.coefficients[0].every((value) => Math.abs(value) < 1e-6)).toBe(true);
    expect(path.intercepts[1]).toBeCloseTo(INTERCEPTS[lambda], 5);
    path.columns.forEach((name, j) => {
      expect([name, path.coefficients[1][j]]).toEqual([name, expect.closeTo(SKLEARN[lambda][name] ?? 0, 5)]);
    });
  }
});

test("elasticNetPath cross-validates every penalty, and names the best and the simplest as good", async () => {
  const path = await elasticNetPath(VECTORS, LABELS, { steps: 20, seed: 4 });
  const best = path.lambdas.indexOf(path.lambdaMin);
  const simple = path.lambdas.indexOf(path.lambda1se);
  expect(path.losses[best]).toBe(Math.min(...path.losses));
  expect(path.losses[simple]).toBeLessThanOrEqual(path.losses[best] + path.standardErrors[best]);
  expect(
    path.losses.slice(0, simple).every((loss) => loss > path.losses[best] + path.standardErrors[best]),
  ).toBe(true);
  const used = (step: number) => path.coefficients[step].filter((value) => value !== 0).length;
  expect(used(0)).toBeLessThanOrEqual(1);
  expect(used(19)).toBeGreaterThan(used(simple));
  expect(await elasticNetPath(VECTORS, LABELS, { steps: 20, seed: 4 })).toEqual(path);
});

test("elasticNetPath reports progress and can be stopped", async () => {
  const events: ProgressEvent[] = [];
  await elasticNetPath(VECTORS, LABELS, { steps: 5, onProgress: (event) => events.push(event) });
  expectSteadyProgress(events);
  await expect(elasticNetPath(VECTORS, LABELS, { signal: AbortSignal.abort() })).rejects.toThrow();
});

test.each([{ l1Ratio: 0 }, { l1Ratio: 2 }, { steps: 1 }, { leastRatio: 1 }, { folds: 1 }, { folds: 21 }])(
  "elasticNetPath refuses %j",
  async (options) => {
    const { code, path } = await thrownBy(() => elasticNetPath(VECTORS, LABELS, options));
    expect([code, path]).toEqual([
      "argument.invalid",
      { function: "elasticNetPath", argument: Object.keys(options)[0] },
    ]);
  },
);
