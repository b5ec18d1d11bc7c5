import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { marginsByBlock } from "../../../src/classifiers/margins.js";
import { createRandom, type Random } from "../../../src/random.js";
import { ForestScorer, MOST_MASK_LEAVES } from "../../../src/trees/scoring/forest-scorer.js";
import { ForestWalker } from "../../../src/trees/scoring/forest-walker.js";
import { fitsPlanes } from "../../../src/trees/scoring/plane-model.js";
import { PlaneScorer } from "../../../src/trees/scoring/plane-scorer.js";
import { RankWalker } from "../../../src/trees/scoring/rank-walker.js";
import type { RowScorer } from "../../../src/trees/scoring/row-scorer.js";
import { inWebAssembly } from "../../../src/trees/scoring/single-row.js";
import type { Tree } from "../../../src/trees/tree.js";
import type { Vectors } from "../../../src/vectors/vectors.js";
import { categorical, numeric, vectorsOf } from "../../support/vectors.js";
import { type ForestShape, neighbour, randomForest, rowsAround } from "./random-forest.js";

function planeMargins(baseMargin: number, trees: readonly Tree[], vectors: Vectors): Float64Array {
  return new PlaneScorer(baseMargin, trees).margin(vectors);
}

function walkedMargins(baseMargin: number, trees: readonly Tree[], vectors: Vectors): Float64Array {
  const walker = ForestWalker.of(baseMargin, trees);
  return marginsByBlock(vectors, (rows, from) => walker.marginAt(rows, from));
}

function marginsBy(scorer: RowScorer, vectors: Vectors): Float64Array {
  return marginsByBlock(vectors, (rows, from) => scorer.marginAt(rows, from));
}

function expectSameBits(received: Float64Array, expected: Float64Array): void {
  expect(new BigUint64Array(received.buffer)).toEqual(new BigUint64Array(expected.buffer));
}

const GRIDS: Readonly<Record<string, (random: Random) => number>> = {
  "multiples of 2^-24": (random) => Math.round(random.normal() * 2 ** 22) * 2 ** -24,
  "multiples of 2^-24 up to 40": (random) => Math.round(random.normal() * 10 * 2 ** 24) * 2 ** -24,
  "whole thousands": (random) => random.integer(2000) * 1024 - 1_000_000 * 1024,
  "any doubles": (random) => random.normal(),
  "doubles of all sizes": (random) => random.normal() * 2 ** (random.integer(80) - 40),
  "zeros of both signs": (random) => (random.next() < 0.5 ? 0 : -0),
};
const quarters = (random: Random) => Math.round(random.normal() * 4) / 4;
const anyNumber = (random: Random) => random.normal() * 10 ** (random.integer(9) - 4);

const forests = fc.record({
  seed: fc.integer(),
  leafCounts: fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.integer({ min: 1, max: MOST_MASK_LEAVES }), { maxLength: 40 }) },
    { weight: 2, arbitrary: fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 12 }) },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom(1, 8, 9, 16, 17, 32, 33, 64, 255, 256), { maxLength: 12 }),
    },
  ),
  levelCounts: fc.array(fc.constantFrom(0, 0, 0, 1, 2, 7, 15, 16, 17, 40, 253, 254), {
    minLength: 1,
    maxLength: 6,
  }),
  grid: fc.constantFrom(...Object.keys(GRIDS)),
  thresholds: fc.constantFrom(quarters, anyNumber),
  rowCount: fc.constantFrom(0, 1, 63, 64, 65, 1000, 1024, 1025),
  missingShare: fc.constantFrom(0, 0.15, 1),
  baseMargin: fc.constantFrom(0, -0, 0.5, -1.25, 1 / 3, 12345 * 2 ** -24),
});

describe("PlaneScorer", () => {
  test("gives the bits of the walk and of masks for any trees and rows", () => {
    fc.assert(
      fc.property(forests, (drawn) => {
        const random = createRandom(drawn.seed, "planes");
        const shape: ForestShape = { ...drawn, leafValue: GRIDS[drawn.grid], threshold: drawn.thresholds };
        const trees = randomForest(random, shape);
        const vectors = rowsAround(random, trees, drawn.levelCounts, drawn.rowCount, drawn.missingShare);
        const walked = walkedMargins(drawn.baseMargin, trees, vectors);
        expectSameBits(planeMargins(drawn.baseMargin, trees, vectors), walked);
        const ranks = RankWalker.ifPossible(drawn.baseMargin, trees) as RankWalker;
        expectSameBits(marginsBy(ranks, vectors), walked);
        expectSameBits(marginsBy(inWebAssembly(ranks, trees) as RowScorer, vectors), walked);
        if (drawn.leafCounts.every((count) => count <= MOST_MASK_LEAVES)) {
          const masks = ForestScorer.of(drawn.baseMargin, trees);
          expectSameBits(marginsBy(masks, vectors), walked);
          expectSameBits(marginsBy(inWebAssembly(masks, trees) as RowScorer, vectors), walked);
          // States as close as can be, and none at all.
          for (const stride of [1, 2, 1e6]) {
            expectSameBits(marginsBy(ForestScorer.of(drawn.baseMargin, trees, stride), vectors), walked);
          }
        }
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });

  test.each([255, 256, 510, 511, 2000])("distinguishes %i thresholds of one feature", (count) => {
    const stumps = Array.from({ length: count }, (_, i) => stump(i - count / 2, 2 ** -24, 2 ** -20));
    const values = stumps.flatMap(({ threshold: [t] }) => [t as number, neighbour(t as number, 1n)]);
    const vectors = vectorsOf(numeric("x", [...values, null, -0, 1e300, -1e300]));
    expectSameBits(planeMargins(0, stumps, vectors), walkedMargins(0, stumps, vectors));
  });

  test("distinguishes all 254 levels, other, missing and unseen codes", () => {
    const trees = Array.from({ length: 255 }, (_, code): Tree => {
      return {
        ...stump(0, 1, 2 ** code % 1021),
        threshold: [null],
        leftCodes: [[code]],
        missingLeft: [code % 3 === 0],
      };
    });
    const levels = Array.from({ length: 254 }, (_, i) => `${i}`);
    const vectors = vectorsOf(categorical("x", [...levels.keys(), 254, 255, -1], levels));
    expectSameBits(planeMargins(0, trees, vectors), walkedMargins(0, trees, vectors));
  });

  test("sends a value equal to the threshold left, the next double right", () => {
    const vectors = vectorsOf(numeric("x", [0.1, neighbour(0.1, 1n), neighbour(0.1, -1n), 0, -0, null]));
    expect([...planeMargins(0.5, [stump(0.1, 10, 20)], vectors)]).toEqual([
      10.5, 20.5, 10.5, 10.5, 10.5, 10.5,
    ]);
    expect([...planeMargins(0.5, [stump(0, 10, 20)], vectors)]).toEqual([20.5, 20.5, 20.5, 10.5, 10.5, 10.5]);
    expect([...planeMargins(0.5, [stump(-0, 10, 20)], vectors)]).toEqual([
      20.5, 20.5, 20.5, 10.5, 10.5, 10.5,
    ]);
  });

  test("does not overflow where leaves of many trees add up beyond 31 bits", () => {
    const trees = Array.from({ length: 500 }, () => stump(0, 100, 100 + 2 ** -24));
    const vectors = vectorsOf(numeric("x", [-1, 1]));
    expect([...planeMargins(0, trees, vectors)]).toEqual([50_000, 50_000 + 500 * 2 ** -24]);
  });

  test("scores the same vectors again with the same bits, whatever was scored between", () => {
    const random = createRandom(7, "again");
    const shape = { leafCounts: [31, 40], levelCounts: [0, 9], leafValue: quarters, threshold: quarters };
    const trees = randomForest(random, shape);
    const [vectors, others] = [1500, 70].map((rows) =>
      rowsAround(random, trees, shape.levelCounts, rows, 0.1),
    );
    const scorer = new PlaneScorer(0.1, trees);
    const first = scorer.margin(vectors);
    scorer.margin(others);
    expectSameBits(scorer.margin(vectors), first);
  });

  test("leaves trees of more than 256 leaves to others", () => {
    const leafCounts = [256];
    const shape = { leafCounts, levelCounts: [0], leafValue: quarters, threshold: quarters };
    expect(fitsPlanes(randomForest(createRandom(1, "large"), shape))).toBe(true);
    expect(fitsPlanes(randomForest(createRandom(1, "large"), { ...shape, leafCounts: [257] }))).toBe(false);
  });
});

/** x ≤ threshold ? left : right, missing values left. */
function stump(threshold: number, left: number, right: number): Tree {
  return {
    feature: [0],
    threshold: [threshold],
    leftCodes: [null],
    missingLeft: [true],
    left: [~0],
    right: [~1],
    leafValues: [left, right],
  };
}
