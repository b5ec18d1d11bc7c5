import { describe, expect, test } from "vitest";
import { ForestWalker } from "../../../src/trees/scoring/forest-walker.js";
import { RankWalker } from "../../../src/trees/scoring/rank-walker.js";
import type { Tree } from "../../../src/trees/tree.js";

const STUMP: Tree = {
  feature: [0],
  threshold: [1.5],
  leftCodes: [null],
  missingLeft: [true],
  left: [~0],
  right: [~1],
  leafValues: [10, 20],
};
const CODES: Tree = { ...STUMP, threshold: [null], leftCodes: [[0, 31, 32, 63, 254]], missingLeft: [false] };
/** x0 ≤ 1.5 ? 1 : (x1 ≤ 4 ? 2 : 3) */
const DEEPER: Tree = {
  feature: [0, 1],
  threshold: [1.5, 4],
  leftCodes: [null, null],
  missingLeft: [false, false],
  left: [~0, ~1],
  right: [1, ~2],
  leafValues: [1, 2, 3],
};

interface Walker {
  marginAt(rows: Float64Array, from: number): number;
}

const WALKERS: readonly [string, (baseMargin: number, trees: readonly Tree[]) => Walker][] = [
  ["ForestWalker", (baseMargin, trees) => ForestWalker.of(baseMargin, trees)],
  ["RankWalker", (baseMargin, trees) => RankWalker.ifPossible(baseMargin, trees) as RankWalker],
];

describe.each(WALKERS)("%s", (_, walkerOf) => {
  const marginOf = (trees: readonly Tree[], ...row: number[]) =>
    walkerOf(0, trees).marginAt(Float64Array.from(row), 0);

  test("sends a value equal to the threshold left", () => {
    expect(marginOf([STUMP], 1.5)).toBe(10);
    expect(marginOf([STUMP], 1.5000000000000002)).toBe(20);
  });

  test("sends missing values where the node says", () => {
    expect(marginOf([STUMP], Number.NaN)).toBe(10);
    expect(marginOf([CODES], Number.NaN)).toBe(20);
  });

  test("sends exactly the codes of the left set left, across all words of the set", () => {
    const left = Array.from({ length: 255 }, (_, code) => code).filter(
      (code) => marginOf([CODES], code) === 10,
    );
    expect(left).toEqual([0, 31, 32, 63, 254]);
  });

  test("adds the leaves of all trees to the base margin, trees of one leaf among them", () => {
    const leaf: Tree = {
      feature: [],
      threshold: [],
      leftCodes: [],
      missingLeft: [],
      left: [],
      right: [],
      leafValues: [100],
    };
    const walker = walkerOf(1000, [DEEPER, leaf, STUMP]);
    const marginAt = (...row: number[]) => walker.marginAt(Float64Array.from(row), 0);
    expect(marginAt(1, 9)).toBe(1111);
    expect(marginAt(2, 4)).toBe(1122);
    expect(marginAt(2, 5)).toBe(1123);
  });

  test("is the base margin without any tree", () => {
    expect(walkerOf(-1.25, []).marginAt(Float64Array.of(3), 0)).toBe(-1.25);
  });

  test("reads the row that starts at the given place", () => {
    const rows = Float64Array.of(1, 9, 2, 5);
    const walker = walkerOf(0, [DEEPER]);
    expect([walker.marginAt(rows, 0), walker.marginAt(rows, 2)]).toEqual([1, 3]);
  });
});

test("RankWalker is unavailable for more thresholds of a feature than a node can distinguish", () => {
  const stumps = Array.from({ length: 65_536 }, (_, t): Tree => ({ ...STUMP, threshold: [t] }));
  expect(RankWalker.ifPossible(0, stumps)).toBeUndefined();
  expect(RankWalker.ifPossible(0, stumps.slice(1))?.marginAt(Float64Array.of(65_535), 0)).toBe(
    65_534 * 20 + 10,
  );
});
