import { describe, expect, test } from "vitest";
import { elasticNetPath } from "../../../src/classifiers/logistic/elastic-net-path.js";
import type { FittedLogistic } from "../../../src/classifiers/logistic/fitted-logistic.js";
import { logisticRegression } from "../../../src/classifiers/logistic/logistic.js";
import { LAMBDAS } from "../../../src/classifiers/logistic/options.js";
import { logisticTrainer } from "../../../src/classifiers/logistic/trainer.js";
import { meanLogLossOfMargins } from "../../../src/classifiers/margins.js";
import { stratifiedFolds } from "../../../src/vectors/folds.js";
import { sparseVectors } from "./sparse-vectors.js";

const { vectors: VECTORS, labels: LABELS } = sparseVectors(600, 20, { x0: 0.5, x1: -0.5, x2: 0.5 }, 3);
const FOLDS = stratifiedFolds(LABELS, 5, 0);
const ALL_ROWS = Int32Array.from(LABELS.keys());

/**
 * scikit-learn 1.9.1, LogisticRegression(solver="saga", l1_ratio=1, C=1/(rows λ), tol=1e-13, max_iter=1000000) on the
 * features over their deviations of all rows: log loss of all rows, each by the model of the other four folds of FOLDS,
 * and coefficients of all rows. The optimality conditions of each hold within 2e-14. At λ of 1, 0.32 and 0.1 all models
 * are the churn rate (saga ends before its intercept is there, so that the loss is that of the rates).
 */
const SKLEARN = {
  constantLoss: 0.4478914,
  losses: [
    [10 ** -1.5, 0.42049617],
    [10 ** -2, 0.41874594],
    [10 ** -2.5, 0.428472],
    [10 ** -3, 0.43467748],
  ],
  intercept: -1.8063303,
  coefficients: {
    x0: 0.51473999,
    x1: -0.35037032,
    x2: 0.40653523,
    x3: -0.06671751,
    x5: -0.10680378,
    x6: -0.07942591,
    x9: -0.06758682,
    x10: 0.02070595,
    x11: 0.02728846,
  } as Readonly<Record<string, number>>,
};

/** The trainer of linear terms over the given penalties. */
const trainerOver = (lambdas: readonly number[], l1Ratio: number) =>
  logisticTrainer(lambdas, l1Ratio, () => () => "linear");

const usedBy = (model: FittedLogistic) => [...model.coefficients].filter(([, value]) => value !== 0);

async function lossOf(lambda: number | "cross-validated", l1Ratio: number, seed?: number): Promise<number> {
  const { vectors, labels } = seed === undefined ? { vectors: VECTORS, labels: LABELS } : chance(seed);
  const folds = seed === undefined ? FOLDS : stratifiedFolds(labels, 5, 0);
  const { outOfFoldMargins } = await logisticRegression({ lambda, l1Ratio }).crossFit(vectors, labels, folds);
  return meanLogLossOfMargins(outOfFoldMargins, labels, ALL_ROWS);
}

const chance = (seed: number) => sparseVectors(600, 20, {}, seed);

describe("logisticRegression under L1, with a cross-validated λ", () => {
  test("measures every penalty as scikit-learn does: level where all coefficients are 0, then lower", async () => {
    for (const lambda of [1, 10 ** -0.5, 0.1])
      expect(await lossOf(lambda, 1)).toBeCloseTo(SKLEARN.constantLoss, 7);
    for (const [lambda, loss] of SKLEARN.losses) expect(await lossOf(lambda, 1)).toBeCloseTo(loss, 7);
  });

  test("fit passes three penalties of the constant and ends at the λ and coefficients of scikit-learn", async () => {
    const model = await trainerOver(LAMBDAS, 1).fit(VECTORS, LABELS);
    expect(model.lambda).toBeCloseTo(0.01, 12);
    expect(model.intercept).toBeCloseTo(SKLEARN.intercept, 6);
    for (const [name, value] of model.coefficients)
      expect([name, value]).toEqual([name, expect.closeTo(SKLEARN.coefficients[name] ?? 0, 6)]);
  });

  test("crossFit beats the constant on data with signal, by nearly what the best single λ does", async () => {
    const loss = await lossOf("cross-validated", 1);
    expect(loss).toBeLessThan(SKLEARN.constantLoss - 0.02);
    // Each fold has the λ that is best on the others, which costs 0.003 here.
    expect(loss).toBeLessThan(Math.min(...SKLEARN.losses.map(([, each]) => each)) + 0.005);
  });

  test.each([1, 0.5, 0.1])(
    "ends at the same λ however many penalties of the constant come first, L1 share %s",
    async (l1Ratio) => {
      const expected = await trainerOver(LAMBDAS, l1Ratio).fit(VECTORS, LABELS);
      const before = Array.from({ length: 9 }, (_, step) => 1000 * 10 ** (-step / 3));
      const fitted = await trainerOver([...before, ...LAMBDAS], l1Ratio).fit(VECTORS, LABELS);
      expect(fitted.lambda).toBe(expected.lambda);
      expect(usedBy(fitted).length).toBeGreaterThanOrEqual(3);
      const models = await trainerOver([...before, ...LAMBDAS], l1Ratio).crossFit(VECTORS, LABELS, FOLDS);
      for (const model of models.models) expect(usedBy(model as FittedLogistic)).not.toEqual([]);
    },
  );

  test("finds the features that have an effect, the largest of all", async () => {
    for (let seed = 0; seed < 6; seed++) {
      const { vectors, labels } = sparseVectors(1500, 20, { x4: 0.6, x9: -0.6, x15: 0.6 }, seed);
      const used = usedBy(await trainerOver(LAMBDAS, 1).fit(vectors, labels));
      const largest = used.sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).slice(0, 3);
      expect(largest.map(([name, value]) => [name, Math.sign(value)]).sort()).toEqual([
        ["x15", 1],
        ["x4", 1],
        ["x9", -1],
      ]);
    }
  });

  test.each([1, 0.5])("stays at the constant on labels of pure chance, L1 share %s", async (l1Ratio) => {
    for (let seed = 0; seed < 3; seed++) {
      const { vectors, labels } = chance(seed);
      expect(usedBy(await trainerOver(LAMBDAS, l1Ratio).fit(vectors, labels))).toEqual([]);
      expect(await lossOf("cross-validated", l1Ratio, seed)).toBeCloseTo(await lossOf(1, l1Ratio, seed), 3);
    }
  });

  test("works when no feature varies: the search meets the constant only", async () => {
    const { vectors, labels } = sparseVectors(60, 1, {}, 1);
    const [feature] = vectors.features;
    const level = { ...feature, values: new Float64Array(60).fill(3) } as typeof feature;
    const model = await trainerOver(LAMBDAS, 1).fit({ ...vectors, features: [level] }, labels);
    const churned = labels.reduce((sum, label) => sum + label, 0);
    expect(model.lambda).toBe(1);
    expect(model.intercept).toBeCloseTo(Math.log(churned / (60 - churned)), 6);
  });
});

test.each([1, 0.5, 0.1])(
  "elasticNetPath begins where the constant ends and goes to the end, L1 share %s",
  async (l1Ratio) => {
    const path = await elasticNetPath(VECTORS, LABELS, { l1Ratio, steps: 13, folds: 5 });
    const used = path.coefficients.map((each) => each.filter((value) => Math.abs(value) > 1e-6).length);
    expect(used[0]).toBe(0);
    expect(used[1]).toBeGreaterThan(0);
    expect(path.losses).toHaveLength(13);
    expect(path.losses[0]).toBeCloseTo(SKLEARN.constantLoss, 2);
    expect(Math.min(...path.losses)).toBeLessThan(SKLEARN.constantLoss - 0.02);
    // Half a decade is the spacing of the default penalties, a quarter that of these.
    const { lambda } = await trainerOver(LAMBDAS, l1Ratio).fit(VECTORS, LABELS);
    expect(Math.abs(Math.log10(path.lambdaMin / lambda))).toBeLessThanOrEqual(0.5);
  },
);
