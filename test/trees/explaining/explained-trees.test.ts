import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { InterventionalTrees } from "../../../src/trees/explaining/interventional.js";
import { PathDependentTrees } from "../../../src/trees/explaining/path-dependent.js";
import { gaussLegendre } from "../../../src/trees/explaining/quadrature.js";
import type { Tree } from "../../../src/trees/tree.js";

type Rows = (number | null)[][];

/** Trees and values of lightgbm 4.7.0 and shap 0.51.0, as the file says. */
const { categorical, numeric } = JSON.parse(
  readFileSync(new URL("./reference.json", import.meta.url), "utf8"),
) as {
  categorical: { trees: Tree[]; rows: Rows; contributions: number[][]; margins: number[] };
  numeric: {
    trees: Tree[];
    rows: Rows;
    background: Rows;
    interventional: number[][];
    expected: number;
    pathDependent: number[][];
    pathDependentExpected: number;
  };
};

const flat = (rows: Rows) => Float64Array.from(rows.flat(), (value) => value ?? Number.NaN);

function contributionsOf(trees: PathDependentTrees | InterventionalTrees, rows: Rows): number[][] {
  const width = rows[0].length;
  const into = new Float64Array(rows.length * width);
  trees.add(flat(rows), rows.length, width, 1, into);
  return rows.map((_, row) => Array.from(into.subarray(row * width, (row + 1) * width)));
}

function expectClose(found: readonly number[], expected: readonly number[], tolerance = 1e-9): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(tolerance);
  });
}

describe("path-dependent contributions of trees", () => {
  test("are LightGBM's, categorical and missing splits included, and sum to its margins", () => {
    const trees = new PathDependentTrees(categorical.trees);
    const found = contributionsOf(trees, categorical.rows);
    found.forEach((values, row) => {
      expectClose([...values, trees.expected], categorical.contributions[row]);
      const sum = values.reduce((total, value) => total + value, trees.expected);
      expect(Math.abs(sum - categorical.margins[row])).toBeLessThan(1e-9);
    });
    const hasMissing = categorical.rows.some((row) => row.includes(null));
    const hasCategories = categorical.trees.some(({ leftCodes }) =>
      leftCodes.some((codes) => codes !== null),
    );
    expect([hasMissing, hasCategories]).toEqual([true, true]);
  });

  test("are those of shap's tree explainer", () => {
    const trees = new PathDependentTrees(numeric.trees);
    expectClose([trees.expected], [numeric.pathDependentExpected]);
    contributionsOf(trees, numeric.rows).forEach((values, row) => {
      expectClose(values, numeric.pathDependent[row]);
    });
  });

  test("are added to what is there, times a weight", () => {
    const trees = new PathDependentTrees(numeric.trees);
    const [plain] = contributionsOf(trees, numeric.rows);
    const into = new Float64Array(4).fill(10);
    trees.add(flat([numeric.rows[0]]), 1, 4, 0.5, into);
    expectClose(
      Array.from(into),
      plain.map((value) => 10 + value / 2),
    );
  });

  test("of a tree of one leaf are none", () => {
    const leaf: Tree = {
      feature: [],
      threshold: [],
      leftCodes: [],
      missingLeft: [],
      left: [],
      right: [],
      leafValues: [0.7],
      leafRows: [12],
    };
    const trees = new PathDependentTrees([leaf, leaf]);
    expect(trees.expected).toBeCloseTo(1.4, 12);
    expect(contributionsOf(trees, [[1, 2]])).toEqual([[0, 0]]);
  });

  test("stay finite where a file says absurd numbers of rows", () => {
    const [tree] = numeric.trees;
    const absurd = { ...tree, leafRows: tree.leafValues.map((_, l) => (l % 2 === 0 ? 1e-300 : 1e300)) };
    const [values] = contributionsOf(new PathDependentTrees([absurd]), numeric.rows);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe("interventional contributions of trees", () => {
  test("are those of shap's tree explainer over a background", () => {
    const trees = new InterventionalTrees(numeric.trees, flat(numeric.background), 4);
    expectClose([trees.expected], [numeric.expected]);
    contributionsOf(trees, numeric.rows).forEach((values, row) => {
      // shap keeps weights of coalitions in single precision: its values sum to the margin only within 2e-8. That
      // these are exact is tested against the definition, in test/classifiers/explainers.test.ts.
      expectClose(values, numeric.interventional[row], 1e-7);
    });
  });

  test("of the background's single row are 0", () => {
    const [row] = categorical.rows;
    const trees = new InterventionalTrees(categorical.trees, flat([row]), row.length);
    expect(contributionsOf(trees, [row])).toEqual([row.map(() => 0)]);
  });
});

describe("Gauss-Legendre quadrature on [0, 1]", () => {
  test.each([1, 2, 3, 5, 8, 16, 40])("of %i nodes integrates powers up to its degree", (count) => {
    const { nodes, weights } = gaussLegendre(count);
    for (let degree = 0; degree < 2 * count; degree++) {
      const integral = nodes.reduce((sum, node, q) => sum + weights[q] * node ** degree, 0);
      expect(Math.abs(integral - 1 / (degree + 1))).toBeLessThan(1e-14);
    }
  });
});
