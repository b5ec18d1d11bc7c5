import { mean, rootMeanSquare } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { FittedRegression } from "../../../src/classifiers/boosting/fitted-regression.js";
import { gradientBoostingRegression } from "../../../src/classifiers/boosting/regression.js";
import { createRandom } from "../../../src/random.js";
import { thrownBy } from "../../support/thrown.js";
import { categorical, numeric, rowOf, vectorsOf } from "../../support/vectors.js";

const ROWS = 3000;
const random = createRandom(7, "regression test");
const x = Float64Array.from({ length: ROWS }, () => random.normal());
const code = Int32Array.from({ length: ROWS }, () => random.integer(4));
const VECTORS = vectorsOf(numeric("x", [...x]), categorical("plan", [...code], ["a", "b", "c", "d"]));
/** Known means, which the regressions should find. */
const REVENUE = x.map((value, row) => 4000 + 900 * Math.tanh(value) + 500 * code[row]);
const RATE = x.map((value, row) => Math.exp(0.6 * Math.sin(value) + 0.4 * (code[row] === 2 ? 1 : 0)));
const FOLDS = { count: 3, of: Uint8Array.from({ length: ROWS }, (_, row) => row % 3) };

function poisson(mean: number): number {
  let count = 0;
  for (let product = random.next(); product > Math.exp(-mean); product *= random.next()) count++;
  return count;
}

function distance(values: Float64Array, others: Float64Array): number {
  return rootMeanSquare([...values.map((value, i) => value - others[i])]);
}

describe("gradientBoostingRegression", () => {
  test("finds the mean of a value, whatever its unit", async () => {
    for (const unit of [1e-6, 1, 1e6]) {
      const targets = REVENUE.map((mean) => unit * (mean + 100 * random.normal()));
      const model = await gradientBoostingRegression({ learningRate: 0.1 }).crossFit(VECTORS, targets, FOLDS);
      const means = REVENUE.map((mean) => unit * mean);
      // Noise of 100 around a spread of some 850: the mean is found within a fifth of the noise's size and some.
      expect(distance(model.outOfFoldPredictions, means)).toBeLessThan(30 * unit);
    }
  });

  test("finds the mean of a count and predicts above 0", async () => {
    const targets = RATE.map(poisson);
    const regression = gradientBoostingRegression({ objective: "poisson", learningRate: 0.1 });
    const { outOfFoldPredictions } = await regression.crossFit(VECTORS, targets, FOLDS);
    const constant = new Float64Array(ROWS).fill(mean([...targets]));
    expect(outOfFoldPredictions.every((rate) => rate > 0)).toBe(true);
    expect(distance(outOfFoldPredictions, RATE)).toBeLessThan(0.35 * distance(constant, RATE));
    expect(mean([...outOfFoldPredictions])).toBeCloseTo(constant[0], 1);
  });

  test("takes every row's prediction from the model that did not see it, also row by row and after JSON", async () => {
    const regression = gradientBoostingRegression({ rounds: 20, patience: 20 });
    const { models, outOfFoldPredictions } = await regression.crossFit(VECTORS, REVENUE, FOLDS);
    const copies = models.map((model) => new FittedRegression(JSON.parse(JSON.stringify(model))));
    for (let row = 0; row < 50; row++) {
      const fold = FOLDS.of[row];
      expect(models[fold].predictOf(rowOf(VECTORS, row))).toBe(outOfFoldPredictions[row]);
      expect(copies[fold].predict(VECTORS)[row]).toBe(outOfFoldPredictions[row]);
    }
  });

  test("makes the same trees for any number of threads", async () => {
    const regression = gradientBoostingRegression({ rounds: 10 });
    const fits = [1, 2, 3].map((threads) => regression.fit(VECTORS, REVENUE, { threads }));
    const [alone, ...others] = (await Promise.all(fits)).map((model) => JSON.stringify(model));
    for (const other of others) expect(other).toBe(alone);
  });

  test("refuses targets that are not finite, and negative counts, naming each", async () => {
    const targets = REVENUE.slice();
    targets[3] = Number.NaN;
    targets[5] = Number.POSITIVE_INFINITY;
    const error = await thrownBy(() => gradientBoostingRegression().fit(VECTORS, targets));
    expect(error.problems.map(({ path }) => path.argument)).toEqual(["targets[3]", "targets[5]"]);
    const negative = await thrownBy(() =>
      gradientBoostingRegression({ objective: "poisson" }).fit(VECTORS, new Float64Array(ROWS).fill(-1)),
    );
    expect(negative.message).toContain("must be a finite number ≥ 0, received -1");
    const none = await thrownBy(() =>
      gradientBoostingRegression({ objective: "poisson", rounds: 2 }).fit(VECTORS, new Float64Array(ROWS)),
    );
    expect(none.path).toEqual({ function: "gradientBoostingRegression", argument: "targets" });
  });

  test("predicts the mean where the features are uninformative", async () => {
    const constant = vectorsOf(numeric("x", new Array<number>(40).fill(1)));
    const targets = Float64Array.from({ length: 40 }, (_, row) => row % 2);
    const model = await gradientBoostingRegression({ rounds: 3, rowFraction: 1 }).fit(constant, targets);
    for (const prediction of model.predict(constant)) expect(prediction).toBeCloseTo(0.5, 8);
  });
});
