import { afterEach, describe, expect, test, vi } from "vitest";
import { createRandom } from "../../../src/random.js";
import { PathDependentTrees } from "../../../src/trees/explaining/path-dependent.js";
import { PathKernel } from "../../../src/trees/explaining/path-kernel.js";
import { PathTables } from "../../../src/trees/explaining/path-tables.js";
import { PathWalker } from "../../../src/trees/explaining/path-walker.js";
import type { Tree } from "../../../src/trees/tree.js";
import { copyRows } from "../../../src/vectors/vectors.js";
import { randomForest, rowsAround } from "../scoring/random-forest.js";

interface Shape {
  readonly leafCounts: readonly number[];
  readonly levelCounts: readonly number[];
  readonly seed?: number;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  "of one feature, tested again and again": { leafCounts: [2, 5, 12], levelCounts: [0] },
  "of numbers and categories": { leafCounts: [31, 31, 17, 4], levelCounts: [0, 5, 0, 30, 0, 200] },
  "of one leaf, among others": { leafCounts: [1, 9, 1], levelCounts: [0, 3] },
  "that are one leaf, all of them": { leafCounts: [1, 1], levelCounts: [0, 3] },
  "of more than 64 nodes": { leafCounts: [80, 150, 400], levelCounts: [0, 0, 12, 0, 0, 0] },
  "of so many features that a chain tests 60 of them": {
    leafCounts: [300, 70, 90, 120],
    levelCounts: Array.from({ length: 60 }, (_, f) => (f % 9 === 4 ? 7 : 0)),
  },
};

/** Random trees with random training rows, and rows around their thresholds. */
function treesAndRows({ leafCounts, levelCounts, seed = 1 }: Shape, rowCount: number) {
  const random = createRandom(seed, "explained trees");
  const trees = randomForest(random, {
    leafCounts,
    levelCounts,
    leafValue: (from) => from.normal(),
    threshold: (from) => from.normal(),
  }).map((tree): Tree => ({ ...tree, leafRows: tree.leafValues.map(() => 1 + random.integer(50)) }));
  const vectors = rowsAround(random, trees, levelCounts, rowCount, 0.1);
  const rows = new Float64Array(rowCount * levelCounts.length);
  copyRows(vectors, 0, rowCount, rows);
  return { trees, rows, width: levelCounts.length };
}

function contributions(
  scorer: Pick<PathWalker, "add">,
  rows: Float64Array,
  width: number,
  weight = 1,
): Float64Array {
  const into = new Float64Array(rows.length).fill(0.5);
  scorer.add(rows, rows.length / width, width, weight, into);
  return into;
}

const kernelOf = (trees: readonly Tree[]) => PathKernel.ifPossible(new PathTables(trees)) as PathKernel;

/** What the trees say where features outside the coalition send a row both ways. */
function worthOf(tree: Tree, row: Float64Array, coalition: number): number {
  const rowsOf = (child: number): number =>
    child < 0 ? (tree.leafRows as number[])[~child] : rowsOf(tree.left[child]) + rowsOf(tree.right[child]);
  const visit = (child: number): number => {
    if (child < 0) return tree.leafValues[~child];
    const [left, right] = [tree.left[child], tree.right[child]];
    const feature = tree.feature[child];
    if ((coalition >> feature) & 1) {
      const value = row[feature];
      const codes = tree.leftCodes[child];
      const isLeft = codes === null ? value <= (tree.threshold[child] as number) : codes.includes(value);
      return visit((Number.isNaN(value) ? tree.missingLeft[child] : isLeft) ? left : right);
    }
    const share = rowsOf(left) / rowsOf(child);
    return share * visit(left) + (1 - share) * visit(right);
  };
  return visit(tree.feature.length === 0 ? -1 : 0);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the kernel of contributions", () => {
  test.each(Object.keys(SHAPES))("gives the bits of JavaScript for trees %s", (name) => {
    const { trees, rows, width } = treesAndRows(SHAPES[name], 700);
    const walked = contributions(new PathWalker(new PathTables(trees)), rows, width, 0.3);
    expect(contributions(kernelOf(trees), rows, width, 0.3)).toEqual(walked);
    expect(walked.every(Number.isFinite)).toBe(true);
  });

  test("gives a row the same bits alone as among others, and none for no rows", () => {
    const { trees, rows, width } = treesAndRows(SHAPES["of numbers and categories"], 530);
    const kernel = kernelOf(trees);
    const all = contributions(kernel, rows, width);
    for (let from = 0; from < rows.length; from += width) {
      const alone = contributions(kernel, rows.subarray(from, from + width), width);
      expect(alone).toEqual(all.slice(from, from + width));
    }
    expect(contributions(kernel, new Float64Array(0), width)).toHaveLength(0);
  });

  test("leaves features alone that no tree tests", () => {
    const { trees, rows } = treesAndRows(SHAPES["of one feature, tested again and again"], 40);
    const wide = Float64Array.from({ length: 120 }, (_, i) => (i % 3 === 0 ? rows[i / 3] : Number.NaN));
    const into = contributions(kernelOf(trees), wide, 3);
    const narrow = contributions(kernelOf(trees), rows, 1);
    expect(into).toEqual(Float64Array.from({ length: 120 }, (_, i) => (i % 3 === 0 ? narrow[i / 3] : 0.5)));
  });

  test("takes absurd numbers and codes as JavaScript does", () => {
    const { trees, width } = treesAndRows(SHAPES["of numbers and categories"], 1);
    const absurd = [
      Number.NaN,
      1e300,
      -1e300,
      -0,
      5e-324,
      Infinity,
      -Infinity,
      255,
      256,
      2 ** 31,
      2 ** 40,
      -3,
    ];
    const rows = Float64Array.from(absurd.flatMap((value) => new Array<number>(width).fill(value)));
    const walked = contributions(new PathWalker(new PathTables(trees)), rows, width);
    expect(contributions(kernelOf(trees), rows, width)).toEqual(walked);
    expect(walked.every(Number.isFinite)).toBe(true);
  });

  test.each([
    ["numbers", [0, 0, 0, 0, 0]],
    ["categories among them", [0, 4, 0, 9, 0]],
  ])("gives Shapley values by their definition, with features tested again: %s", (_, levelCounts) => {
    const { trees, rows, width } = treesAndRows({ leafCounts: [90, 12, 3], levelCounts }, 6);
    const size = 2 ** width;
    // s! (n − s − 1)! / n! for n = 5.
    const weights = [24, 6, 4, 6, 24].map((orders) => orders / 120);
    const found = contributions(kernelOf(trees), rows, width);
    for (let from = 0; from < rows.length; from += width) {
      const row = rows.subarray(from, from + width);
      const worth = Array.from({ length: size }, (__, coalition) =>
        trees.reduce((sum, tree) => sum + worthOf(tree, row, coalition), 0),
      );
      for (let f = 0; f < width; f++) {
        let value = 0.5;
        for (let coalition = 0; coalition < size; coalition++) {
          if ((coalition >> f) & 1) continue;
          const members = [...coalition.toString(2)].filter((bit) => bit === "1").length;
          value += weights[members] * (worth[coalition | (1 << f)] - worth[coalition]);
        }
        // Sums of 32 and of 90 terms near 1: about 1e-15 each.
        expect(Math.abs(found[from + f] - value)).toBeLessThan(1e-12);
      }
    }
  });

  class RefusedMemory {
    constructor() {
      throw new RangeError("could not allocate memory");
    }
  }

  test.each([
    ["there is no memory", { Module: WebAssembly.Module, Memory: RefusedMemory }],
    ["there is no WebAssembly", undefined],
  ])("is done without where %s", (_, available) => {
    const { trees, rows, width } = treesAndRows(SHAPES["of numbers and categories"], 50);
    const expected = contributions(new PathDependentTrees(trees), rows, width);
    vi.stubGlobal("WebAssembly", available);
    expect(PathKernel.ifPossible(new PathTables(trees))).toBeUndefined();
    expect(contributions(new PathDependentTrees(trees), rows, width)).toEqual(expected);
  });
});
