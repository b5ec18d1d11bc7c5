import { describe, expect, test } from "vitest";
import { binVectors } from "../../../src/classifiers/boosting/binning.js";
import { ForestWalker } from "../../../src/classifiers/boosting/forest-walker.js";
import { leafValueOf, TreeGrower } from "../../../src/classifiers/boosting/grower.js";
import { type BoostingOptions, boostingSettings } from "../../../src/classifiers/boosting/options.js";
import type { Tree } from "../../../src/classifiers/boosting/tree.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { rowOf } from "../../support/vectors.js";

const { vectors: VECTORS, labels: LABELS } = noisyVectors(600, 11);
const MATRIX = binVectors(VECTORS);
const GRADIENTS = {
  gradient: Float64Array.from(LABELS, (label) => 0.4 - label),
  hessian: new Float64Array(LABELS.length).fill(0.24),
};
const FEATURES = Int32Array.of(0, 1, 2);

function grow(options: BoostingOptions) {
  const grower = new TreeGrower(MATRIX, boostingSettings(options));
  return grower.grow(Int32Array.from(LABELS.keys()), FEATURES, GRADIENTS);
}

function depthOf(tree: Tree, node = tree.feature.length === 0 ? -1 : 0): number {
  if (node < 0) return 0;
  return 1 + Math.max(depthOf(tree, tree.left[node]), depthOf(tree, tree.right[node]));
}

/** Rows by the leaf they fall into, told apart by its value. */
function rowsPerLeaf(options: BoostingOptions): number[] {
  const grown = grow(options);
  const rows = new Map<number, number>();
  for (const row of LABELS.keys()) {
    const value = leafValueOf(grown, MATRIX, row);
    rows.set(value, (rows.get(value) ?? 0) + 1);
  }
  return [...rows.values()];
}

describe("TreeGrower", () => {
  test.each([2, 3, 8])("makes at most maxLeaves leaves: %i", (maxLeaves) => {
    expect(grow({ maxLeaves }).tree.leafValues).toHaveLength(maxLeaves);
  });

  test.each([1, 2, 3])("grows no deeper than maxDepth: %i", (maxDepth) => {
    expect(depthOf(grow({ maxLeaves: 30, maxDepth }).tree)).toBe(maxDepth);
  });

  test("puts at least minChildRows rows and minChildWeight hessian into every leaf", () => {
    expect(Math.min(...rowsPerLeaf({ maxLeaves: 30, minChildRows: 40 }))).toBeGreaterThanOrEqual(40);
    // 18 / 0.24 = 75 rows.
    expect(Math.min(...rowsPerLeaf({ maxLeaves: 30, minChildWeight: 18 }))).toBeGreaterThanOrEqual(75);
    expect(Math.min(...rowsPerLeaf({ maxLeaves: 30, minChildRows: 5 }))).toBeLessThan(40);
  });

  test("is a single leaf with the Newton step −learningRate · G / (H + l2) when no split is allowed", () => {
    const { tree } = grow({ minChildRows: 301, learningRate: 0.1, l2: 2 });
    const gradient = GRADIENTS.gradient.reduce((sum, value) => sum + value, 0);
    expect(tree.feature).toEqual([]);
    expect(tree.leafValues).toHaveLength(1);
    expect(tree.leafValues[0]).toBeCloseTo((-0.1 * gradient) / (600 * 0.24 + 2), 12);
    expect(new ForestWalker(0.5, [tree]).marginAt(rowOf(VECTORS, 0), 0)).toBe(0.5 + tree.leafValues[0]);
  });

  test("splits the leaf that gains most first, so that a smaller tree is the beginning of a larger one", () => {
    const small = grow({ maxLeaves: 4 }).tree;
    const large = grow({ maxLeaves: 12 }).tree;
    expect(large.feature.slice(0, 3)).toEqual(small.feature);
    expect(large.threshold.slice(0, 3)).toEqual(small.threshold);
  });

  test("gives the same tree whether its buffers are fresh or used", () => {
    const grower = new TreeGrower(MATRIX, boostingSettings({ maxLeaves: 12 }));
    const [first, second] = [0, 1].map(() =>
      grower.grow(Int32Array.from(LABELS.keys()), FEATURES, GRADIENTS),
    );
    expect(second.tree).toEqual(first.tree);
  });

  test("looks at the given features only", () => {
    const grower = new TreeGrower(MATRIX, boostingSettings({}));
    const { tree } = grower.grow(Int32Array.from(LABELS.keys()), Int32Array.of(1), GRADIENTS);
    expect(new Set(tree.feature)).toEqual(new Set([1]));
  });

  test("numbers children after their parents, as the model file demands", () => {
    const { left, right } = grow({ maxLeaves: 20 }).tree;
    left.forEach((child, node) => {
      for (const each of [child, right[node]]) expect(each < 0 || each > node).toBe(true);
    });
  });

  test("takes no step where nothing has curvature left and there is no penalty", () => {
    const none = new Float64Array(LABELS.length);
    const grower = new TreeGrower(MATRIX, boostingSettings({ l2: 0, minChildWeight: 0 }));
    const { tree } = grower.grow(Int32Array.from(LABELS.keys()), FEATURES, { gradient: none, hessian: none });
    expect(tree.leafValues.map(Math.abs)).toEqual([0]);
  });
});
