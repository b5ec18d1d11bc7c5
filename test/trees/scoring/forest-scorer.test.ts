import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/random.js";
import { ForestScorer, MOST_MASK_LEAVES } from "../../../src/trees/scoring/forest-scorer.js";
import { ForestWalker } from "../../../src/trees/scoring/forest-walker.js";
import type { Tree } from "../../../src/trees/tree.js";

const LEVELS = 40;

/** A random tree over two numeric features (0, 2) and two categorical ones (1, 3). */
function randomTree(random: Random, leaves: number): Tree {
  const nodes = leaves - 1;
  const feature = Array.from({ length: nodes }, () => random.integer(4));
  const isCategorical = feature.map((f) => f % 2 === 1);
  const children: [number, number][] = feature.map(() => [0, 0]);
  const open: [node: number, side: 0 | 1][] = [
    [0, 0],
    [0, 1],
  ];
  for (let node = 1; node < nodes; node++) {
    const [[parent, side]] = open.splice(random.integer(open.length), 1);
    children[parent][side] = node;
    open.push([node, 0], [node, 1]);
  }
  open.forEach(([node, side], leaf) => {
    children[node][side] = ~leaf;
  });
  return {
    feature,
    threshold: isCategorical.map((is) => (is ? null : Math.round(random.normal() * 4) / 4)),
    leftCodes: isCategorical.map((is) =>
      is ? Array.from({ length: LEVELS + 1 }, (_, code) => code).filter(() => random.next() < 0.5) : null,
    ),
    missingLeft: feature.map(() => random.next() < 0.5),
    left: children.map(([left]) => left),
    right: children.map(([, right]) => right),
    leafValues: Array.from({ length: leaves }, () => random.normal()),
  };
}

function randomRow(random: Random): Float64Array {
  return Float64Array.from({ length: 4 }, (_, f) => {
    if (random.next() < 0.15) return Number.NaN;
    // Quarters, so that values often equal a threshold.
    return f % 2 === 1 ? random.integer(LEVELS + 1) : Math.round(random.normal() * 4) / 4;
  });
}

describe("ForestScorer", () => {
  test.each([2, 3, 8, 31, MOST_MASK_LEAVES])(
    "gives the walker's bits on random trees of %i leaves",
    (leaves) => {
      const random = createRandom(leaves, "forests");
      const trees = Array.from({ length: 12 }, () => randomTree(random, leaves));
      const [scorer, walker] = [ForestScorer.of(-0.7, trees), ForestWalker.of(-0.7, trees)];
      const margins = new Set<number>();
      for (let i = 0; i < 300; i++) {
        const row = randomRow(random);
        const margin = walker.marginAt(row, 0);
        expect(scorer.marginAt(row, 0)).toBe(margin);
        margins.add(margin);
      }
      expect(margins.size).toBeGreaterThan(50);
    },
  );

  test("takes more nodes of one feature than a call takes arguments", () => {
    const stump: Tree = {
      feature: [0],
      threshold: [0.5],
      leftCodes: [null],
      missingLeft: [true],
      left: [-1],
      right: [-2],
      leafValues: [0.25, 0.5],
    };
    const scorer = ForestScorer.of(0, new Array<Tree>(200_000).fill(stump));
    expect(scorer.marginAt(Float64Array.of(0.5), 0)).toBe(50_000);
    expect(scorer.marginAt(Float64Array.of(1), 0)).toBe(100_000);
  });

  test("mixes trees of all sizes, one leaf among them", () => {
    const random = createRandom(1, "mixed forest");
    const leaf: Tree = {
      feature: [],
      threshold: [],
      leftCodes: [],
      missingLeft: [],
      left: [],
      right: [],
      leafValues: [0.125],
    };
    const trees = [
      leaf,
      randomTree(random, 5),
      leaf,
      randomTree(random, MOST_MASK_LEAVES),
      randomTree(random, 2),
    ];
    const [scorer, walker] = [ForestScorer.of(0, trees), ForestWalker.of(0, trees)];
    for (let i = 0; i < 200; i++) {
      const row = randomRow(random);
      expect(scorer.marginAt(row, 0)).toBe(walker.marginAt(row, 0));
    }
  });

  test("is the base margin without any tree", () => {
    expect(ForestScorer.of(-1.25, []).marginAt(Float64Array.of(3), 0)).toBe(-1.25);
  });
});
