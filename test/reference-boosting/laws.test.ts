import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, shuffle } from "../../src/random.js";
import type { Feature } from "../../src/vectors/vectors.js";
import { OBJECTIVES, weightedMean } from "./objective.js";
import { type RandomProblem, randomProblem } from "./random-problem.js";
import { referenceBoost } from "./reference-boost.js";
import { leafOf, marginOf } from "./walk.js";

const RUNS = { seed: 2026, numRuns: 60 };
const problems = fc.nat({ max: 1_000_000 }).map(randomProblem);
const NO_ROWS = new Int32Array(0);

function holds(law: (problem: RandomProblem) => void): void {
  fc.assert(fc.property(problems, law), RUNS);
}

/** The same rows in another order: row i of the result is row `order[i]`. */
function reordered(problem: RandomProblem, order: Int32Array): RandomProblem {
  const placeOf = new Int32Array(order.length);
  for (const [place, row] of order.entries()) placeOf[row] = place;
  const take = (values: ArrayLike<number>) => Float64Array.from(order, (row) => values[row]);
  const features = problem.features.map(
    (feature): Feature =>
      feature.kind === "numeric"
        ? { ...feature, values: take(feature.values) }
        : { ...feature, codes: Int32Array.from(order, (row) => feature.codes[row]) },
  );
  return {
    ...problem,
    features,
    labels: take(problem.labels),
    ...(problem.weights === undefined ? {} : { weights: take(problem.weights) }),
    trainingRows: problem.trainingRows.map((row) => placeOf[row]),
    heldOutRows: problem.heldOutRows.map((row) => placeOf[row]),
  };
}

describe("referenceBoost", () => {
  test("does not depend on the order of the rows, to the last bit", () => {
    holds((problem) => {
      const order = Int32Array.from(problem.labels.keys());
      shuffle(order, createRandom(problem.seed, "order"));
      const one = referenceBoost({ ...problem, heldOutRows: NO_ROWS });
      const other = referenceBoost({ ...reordered(problem, order), heldOutRows: NO_ROWS });
      expect(other.trees).toEqual(one.trees);
    });
  });

  test("takes a row of weight 2 for the row twice, where rows are not counted", () => {
    holds((problem) => {
      const { settings, trainingRows, labels, features } = problem;
      const twice = Int32Array.from([...labels.keys(), ...trainingRows]);
      const doubled = reordered({ ...problem, trainingRows: NO_ROWS, heldOutRows: NO_ROWS }, twice);
      // Limits on row counts are switched off, and so are quantile cut points and the charge for noise, which counts
      // two copies as one observation.
      const free = { ...settings, minChildRows: 1, minCategoryGroupRows: 1, maxBins: 255 };
      const numericOnly = (list: readonly Feature[]) => list.filter(({ kind }) => kind === "numeric");
      fc.pre(numericOnly(features).length > 0);
      const shared = {
        settings: { ...free, monotone: {}, interactions: [] },
        findCuts: (values: Float64Array) => {
          const rising = [...new Set(values.filter((value) => !Number.isNaN(value)))].sort((a, b) => a - b);
          return Float64Array.from(rising.slice(0, -1));
        },
        heldOutRows: NO_ROWS,
        baseMargin: 0.25,
      };
      const { weights = new Float64Array(labels.length).fill(1) } = problem;
      const weighted = referenceBoost({
        ...problem,
        ...shared,
        features: numericOnly(features),
        weights: Float64Array.from(weights, (weight) => 2 * weight),
      });
      const repeated = referenceBoost({
        ...doubled,
        ...shared,
        features: numericOnly(doubled.features),
        trainingRows: Int32Array.from([...trainingRows, ...trainingRows.map((_, i) => labels.length + i)]),
      });
      expect(repeated.trees.map(({ feature }) => feature)).toEqual(
        weighted.trees.map(({ feature }) => feature),
      );
      expect(repeated.trees.map(({ leafValues }) => leafValues)).toEqual(
        weighted.trees.map(({ leafValues }) => leafValues),
      );
    });
  });

  test("makes leaf values and a base margin that are whole multiples of leafUnit", () => {
    holds((problem) => {
      const { baseMargin, trees } = referenceBoost(problem);
      for (const value of [baseMargin, ...trees.flatMap(({ leafValues }) => leafValues)]) {
        expect(Number.isInteger(value / problem.leafUnit)).toBe(true);
      }
    });
  });

  test("puts enough rows and hessian into every leaf and grows no more leaves and levels than allowed", () => {
    holds((problem) => {
      const {
        settings,
        trainingRows,
        features,
        labels,
        weights = new Float64Array(labels.length).fill(1),
      } = problem;
      const { baseMargin, trees } = referenceBoost({ ...problem, heldOutRows: NO_ROWS });
      expect(trees).toHaveLength(settings.rounds);
      trees.forEach((tree, t) => {
        const rows = new Float64Array(tree.leafValues.length);
        const weight = new Float64Array(tree.leafValues.length);
        for (const row of trainingRows) {
          const margin = marginOf(baseMargin, trees.slice(0, t), features, row);
          const leaf = leafOf(tree, features, row);
          rows[leaf]++;
          weight[leaf] += weights[row] * OBJECTIVES[settings.objective].hessian(margin, labels[row]);
        }
        expect(rows.length).toBeLessThanOrEqual(settings.maxLeaves);
        if (rows.length === 1) return;
        expect(rows.length).toBeLessThanOrEqual(2 ** settings.maxDepth);
        expect(Math.min(...rows)).toBeGreaterThanOrEqual(settings.minChildRows);
        // Up to the rounding of a few hundred additions.
        expect(Math.min(...weight)).toBeGreaterThan(settings.minChildWeight - 1e-9);
      });
    });
  });

  test("never raises the squared error of the training rows", () => {
    holds((problem) => {
      // The loss is a parabola whose least value lies at a full step: no shorter step can raise it.
      fc.pre(problem.settings.objective === "squaredError");
      const { features, labels, trainingRows, weights = new Float64Array(labels.length).fill(1) } = problem;
      const { baseMargin, trees } = referenceBoost({ ...problem, heldOutRows: NO_ROWS });
      const lossAfter = (count: number) =>
        weightedMean(trainingRows, weights, (row) =>
          OBJECTIVES.squaredError.loss(
            marginOf(baseMargin, trees.slice(0, count), features, row),
            labels[row],
          ),
        );
      trees.forEach((_, t) => {
        expect(lossAfter(t + 1)).toBeLessThanOrEqual(lossAfter(t) * (1 + 1e-9));
      });
    });
  });

  test("gives the held-out margins and losses of its trees, walked by raw values", () => {
    holds((problem) => {
      fc.pre(problem.heldOutRows.length > 0);
      const {
        heldOutRows,
        features,
        labels,
        settings,
        weights = new Float64Array(labels.length).fill(1),
      } = problem;
      const { baseMargin, trees, heldOutMargins, heldOutLosses } = referenceBoost(problem);
      heldOutRows.forEach((row, i) => {
        expect(heldOutMargins[i]).toBe(marginOf(baseMargin, trees, features, row));
      });
      const marginAt = new Map([...heldOutRows].map((row, i) => [row, heldOutMargins[i]]));
      const loss = weightedMean(heldOutRows, weights, (row) =>
        OBJECTIVES[settings.objective].loss(marginAt.get(row) as number, labels[row]),
      );
      expect(heldOutLosses[trees.length]).toBe(loss);
      expect(Math.min(...heldOutLosses)).toBe(loss);
    });
  });
});
