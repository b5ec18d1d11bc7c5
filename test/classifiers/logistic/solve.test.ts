import fc from "fast-check";
import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { FittedLogistic } from "../../../src/classifiers/logistic/fitted-logistic.js";
import { type LogisticPenalty, solveLogistic } from "../../../src/classifiers/logistic/solve.js";
import { createRandom } from "../../../src/random.js";
import { fitLinearEncoding, type LinearDesign, linearDesign } from "../../../src/vectors/linear-design.js";
import { categorical, numeric, vectorsOf } from "../../support/vectors.js";
import reference from "./sklearn-logistic.json" with { type: "json" };

/*
 * sklearn-logistic.json: 160 rows drawn by formula, and the coefficients of scikit-learn 1.9.1 on the design matrix
 * [standardised with ddof=0 and 0 where missing | is missing | one-hot of all levels | other | missing]:
 *   LogisticRegression(solver="newton-cholesky", C=1/(n*lambda), tol=1e-13, max_iter=1000000)
 *   LogisticRegression(solver="saga", l1_ratio=l1Ratio, C=1/(n*lambda), tol=1e-13, max_iter=1000000)
 * Their optimality conditions hold within 4e-14, so the tolerance of 1e-6 is for our coefficients only.
 */
const LEVELS = ["a", "b", "c"];
const LABELS = Uint8Array.from(reference.labels);
const ALL_ROWS = Int32Array.from(LABELS.keys());

function referenceVectors(collinear: boolean) {
  const { tenure, charge, plan, region } = reference;
  const weeks = numeric(
    "tenure in weeks",
    tenure.map((months) => 4 * months + 1),
  );
  return vectorsOf(
    numeric("tenure", tenure),
    numeric("charge", charge),
    ...(collinear ? [weeks] : []),
    categorical("plan", plan, LEVELS),
    categorical("region", region, LEVELS),
  );
}

describe("solveLogistic", () => {
  test.each(reference.cases)(
    "finds scikit-learn's coefficients within 1e-6: λ $lambda, L1 share $l1Ratio, collinear $collinear",
    ({ lambda, l1Ratio, collinear, coefficients, intercept }) => {
      const encoding = fitLinearEncoding(referenceVectors(collinear));
      const design = linearDesign(encoding, referenceVectors(collinear));
      const parameters = solveLogistic(design, LABELS, ALL_ROWS, { lambda, l1Ratio });
      const fitted = FittedLogistic.of(encoding, parameters, lambda, l1Ratio);
      expect([...fitted.coefficients.keys()].sort()).toEqual(Object.keys(coefficients).sort());
      for (const [name, coefficient] of Object.entries(coefficients)) {
        expect(Math.abs((fitted.coefficients.get(name) as number) - coefficient)).toBeLessThan(1e-6);
      }
      expect(Math.abs(fitted.intercept - intercept)).toBeLessThan(1e-6);
    },
  );

  test("satisfies the optimality conditions for any data and penalty", () => {
    const penalties = fc.record({
      lambda: fc.double({ min: -5, max: 0, noNaN: true }).map((power) => 10 ** power),
      l1Ratio: fc.constantFrom(0, 0.2, 0.7, 1),
    });
    fc.assert(
      fc.property(fc.nat(10_000), penalties, (seed, penalty) => {
        const { design, labels } = randomProblem(seed);
        const rows = Int32Array.from(labels.keys());
        const parameters = solveLogistic(design, labels, rows, penalty);
        expect(violation(design, labels, parameters, penalty)).toBeLessThan(1e-9);
      }),
      { numRuns: 60, seed: 20_261_122 },
    );
  });

  test("leaves the intercept without penalty: the mean prediction is the churn rate", () => {
    const { design, labels } = randomProblem(3);
    const rows = Int32Array.from(labels.keys());
    const parameters = solveLogistic(design, labels, rows, { lambda: 0.3, l1Ratio: 0.5 });
    const probabilities = Array.from(rows, (row) => probabilityOf(design, row, parameters));
    expect(mean(probabilities)).toBeCloseTo(mean([...labels]), 10);
  });

  test("sets every coefficient to zero when the lasso is strong enough, and none with L2", () => {
    const { design, labels } = randomProblem(4);
    const rows = Int32Array.from(labels.keys());
    const lasso = solveLogistic(design, labels, rows, { lambda: 10, l1Ratio: 1 });
    const ridge = solveLogistic(design, labels, rows, { lambda: 10, l1Ratio: 0 });
    expect(lasso.slice(0, -1).every((coefficient) => coefficient === 0)).toBe(true);
    expect(ridge.slice(0, -1).every((coefficient) => coefficient !== 0)).toBe(true);
  });

  test("reaches the same solution from another start", () => {
    const { design, labels } = randomProblem(5);
    const rows = Int32Array.from(labels.keys());
    const penalty = { lambda: 0.01, l1Ratio: 0.4 };
    const start = Float64Array.from({ length: design.columnCount + 1 }, (_, j) => 2 * Math.cos(j));
    const [one, other] = [{}, { start }].map((options) =>
      solveLogistic(design, labels, rows, penalty, options),
    );
    one.forEach((parameter, j) => {
      expect(parameter).toBeCloseTo(other[j], 8);
    });
    expect(start[0]).toBe(2);
  });

  test.each([0, 1])("stays finite where a column separates the labels, L1 share %s", (l1Ratio) => {
    const vectors = vectorsOf(numeric("x", [1, 2, 3, 4, 5, 6, 7, 8]), numeric("y", [1, 0, 1, 0, 1, 0, 1, 0]));
    const labels = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    const design = linearDesign(fitLinearEncoding(vectors), vectors);
    for (const lambda of [1e-9, 0]) {
      const parameters = solveLogistic(design, labels, Int32Array.from(labels.keys()), { lambda, l1Ratio });
      expect(parameters.every(Number.isFinite)).toBe(true);
      expect(parameters[0]).toBeGreaterThan(5);
    }
  });

  test("takes only the given rows into account", () => {
    const { design, labels } = randomProblem(6);
    const rows = Int32Array.from(labels.keys()).filter((row) => row % 3 > 0);
    const flipped = labels.map((label, row) => (row % 3 > 0 ? label : 1 - label));
    const penalty = { lambda: 0.01, l1Ratio: 0 };
    expect(solveLogistic(design, flipped, rows, penalty)).toEqual(
      solveLogistic(design, labels, rows, penalty),
    );
  });
});

function randomProblem(seed: number): { design: LinearDesign; labels: Uint8Array } {
  const random = createRandom(seed, "logistic problem");
  const count = 60;
  const values = () => Array.from({ length: count }, () => (random.next() < 0.1 ? null : random.normal()));
  const codes = Array.from({ length: count }, () => random.integer(5) - 1);
  const vectors = vectorsOf(numeric("a", values()), numeric("b", values()), categorical("c", codes, LEVELS));
  const labels = Uint8Array.from(codes, (code, row) =>
    row < 2 ? row : random.next() < 1 / (1 + Math.exp(-code / 2)) ? 1 : 0,
  );
  return { design: linearDesign(fitLinearEncoding(vectors), vectors), labels };
}

function probabilityOf(design: LinearDesign, row: number, parameters: Float64Array): number {
  let margin = parameters[design.columnCount];
  for (let at = row * design.slots; at < (row + 1) * design.slots; at++) {
    if (design.columns[at] >= 0) margin += parameters[design.columns[at]] * design.values[at];
  }
  return 1 / (1 + Math.exp(-margin));
}

/** The subgradient conditions of Friedman, Hastie & Tibshirani 2010, computed without the code under test. */
function violation(
  design: LinearDesign,
  labels: Uint8Array,
  parameters: Float64Array,
  { lambda, l1Ratio }: LogisticPenalty,
): number {
  const gradient = new Float64Array(parameters.length);
  for (let row = 0; row < labels.length; row++) {
    const residual = (probabilityOf(design, row, parameters) - labels[row]) / labels.length;
    gradient[design.columnCount] += residual;
    for (let at = row * design.slots; at < (row + 1) * design.slots; at++) {
      if (design.columns[at] >= 0) gradient[design.columns[at]] += residual * design.values[at];
    }
  }
  let worst = Math.abs(gradient[design.columnCount]);
  for (let j = 0; j < design.columnCount; j++) {
    const smooth = gradient[j] + lambda * (1 - l1Ratio) * parameters[j];
    const missed =
      parameters[j] === 0
        ? Math.max(0, Math.abs(smooth) - lambda * l1Ratio)
        : Math.abs(smooth + lambda * l1Ratio * Math.sign(parameters[j]));
    worst = Math.max(worst, missed);
  }
  return worst;
}
