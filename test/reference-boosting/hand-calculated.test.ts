import { describe, expect, test } from "vitest";
import { type BoostingOptions, boostingSettings } from "../../src/classifiers/boosting/options.js";
import type { ObjectiveName } from "../../src/trees/growing/settings.js";
import type { Feature } from "../../src/vectors/vectors.js";
import { categorical, numeric } from "../support/vectors.js";
import { type ReferenceProblem, referenceBoost } from "./reference-boost.js";

/** No penalty, whole steps, leaves of one row. */
const FREE: BoostingOptions = {
  rounds: 1,
  learningRate: 1,
  maxLeaves: 2,
  l2: 0,
  minChildRows: 1,
  minChildWeight: 0,
};

function boosted(
  objective: ObjectiveName,
  features: Feature[],
  labels: number[],
  options: BoostingOptions,
  more: Partial<ReferenceProblem> = {},
) {
  return referenceBoost({
    features,
    labels,
    trainingRows: Int32Array.from(labels.keys()),
    heldOutRows: new Int32Array(0),
    settings: boostingSettings({ ...FREE, ...options }, objective),
    ...more,
  });
}

/** Leaf values and the base margin that they start from are rounded to multiples of 2^-24, by at most 3e-8 each. */
function expectNear(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length);
  for (const [i, value] of values.entries()) expect(Math.abs(value - expected[i])).toBeLessThan(1e-7);
}

describe("referenceBoost, logistic", () => {
  // Base margin 0, p = ½: gradients ½ ½ −½ −½, hessians ¼. Left child G = 1, H = ½.
  const x = numeric("x", [1, 1, 2, 2]);
  const labels = [0, 0, 1, 1];

  test("takes η G / (H + λ) off the margin: −0.3 · 1 / 1.5", () => {
    const { baseMargin, trees } = boosted("logLoss", [x], labels, { learningRate: 0.3, l2: 1 });
    expect(baseMargin).toBe(0);
    expect(trees[0]).toMatchObject({ feature: [0], threshold: [1.5], left: [-1], right: [-2] });
    expectNear(trees[0].leafValues, [-0.2, 0.2]);
  });

  test("shrinks G by l1: −0.3 · (1 − 0.25) / 1.5", () => {
    const { trees } = boosted("logLoss", [x], labels, { learningRate: 0.3, l2: 1, l1: 0.25 });
    expectNear(trees[0].leafValues, [-0.15, 0.15]);
  });

  test("makes no split and no step where l1 exceeds every |G|", () => {
    expect(boosted("logLoss", [x], labels, { l1: 1 }).trees[0]).toMatchObject({
      feature: [],
      leafValues: [0],
    });
  });

  test("starts from the log-odds of the weighted mean", () => {
    const { baseMargin } = boosted("logLoss", [x], labels, {}, { weights: [1, 2, 4, 5] });
    expectNear([baseMargin], [Math.log(3)]);
  });

  test("takes the second step from the margins of the first", () => {
    const { trees } = boosted("logLoss", [x], labels, { rounds: 2, learningRate: 0.3, l2: 1 });
    const p = 1 / (1 + Math.exp(0.2));
    expectNear([trees[1].leafValues[0]], [(-0.3 * 2 * p) / (2 * p * (1 - p) + 1)]);
  });
});

describe("referenceBoost, squared error", () => {
  // Mean 4: gradients 3 2 −2 −3, hessians 1.
  const x = numeric("x", [1, 2, 3, 4]);
  const labels = [1, 2, 6, 7];

  test("predicts the means of its leaves when nothing is penalised", () => {
    const { baseMargin, trees } = boosted("squaredError", [x], labels, {});
    expect(baseMargin).toBe(4);
    expect(trees[0].threshold).toEqual([2.5]);
    expect(trees[0].leafValues).toEqual([-2.5, 2.5]);
  });

  test("grows the leaf that gains most first, and numbers leaves by their place in the list", () => {
    // With leaves {1, 2} and {6, 8}: the right one gains 2² / 2, the left one 1² / 2.
    const { trees } = boosted("squaredError", [x], [1, 2, 6, 8], { maxLeaves: 3 });
    expect(trees[0]).toMatchObject({ threshold: [2.5, 3.5], left: [-1, -2], right: [1, -3] });
    expectNear(trees[0].leafValues, [1.5 - 4.25, 6 - 4.25, 8 - 4.25]);
  });

  test("weighs gradient and hessian, and counts rows", () => {
    // Weighted mean (1 + 2 + 6 + 3 · 7) / 6 = 5; left G = 4 + 3, H = 2; right G = −1 − 3 · 2, H = 4.
    const weights = [1, 1, 1, 3];
    const { baseMargin, trees } = boosted("squaredError", [x], labels, {}, { weights });
    expect(baseMargin).toBe(5);
    expect(trees[0].leafValues).toEqual([-3.5, 1.75]);
    // A single row of weight 3 is one row.
    const { trees: wide } = boosted("squaredError", [x], [1, 1, 1, 9], { minChildRows: 2 }, { weights });
    expect(wide[0].threshold).toEqual([2.5]);
  });

  test("never goes deeper than maxDepth", () => {
    const { trees } = boosted("squaredError", [x], labels, { maxLeaves: 4, maxDepth: 1 });
    expect(trees[0].leafValues).toHaveLength(2);
  });

  test("starts from the given base margin, that of the call before that of the settings", () => {
    const free = { maxLeaves: 4, baseMargin: 1 };
    expect(boosted("squaredError", [x], labels, free).trees[0].leafValues).toEqual([0, 5, 1, 6]);
    const { baseMargin } = boosted("squaredError", [x], labels, free, { baseMargin: -2 });
    expect(baseMargin).toBe(-2);
  });

  test("rounds the base margin and leaf values to multiples of leafUnit", () => {
    const { baseMargin, trees } = boosted("squaredError", [x], [1, 2, 6, 8], {}, { leafUnit: 0.5 });
    // Mean 4.25; the grid point at half way up.
    expect(baseMargin).toBe(4.5);
    expect(trees[0].leafValues).toEqual([-3, 2.5]);
  });

  test("sends missing values where they gain most, alone if necessary", () => {
    const nearLow = boosted("squaredError", [numeric("x", [1, 2, null, 4])], [1, 1, 1, 7], {}).trees[0];
    expect(nearLow).toMatchObject({ threshold: [3], missingLeft: [true] });
    const nearHigh = boosted("squaredError", [numeric("x", [1, 2, null, 4])], [1, 1, 7, 7], {}).trees[0];
    expect(nearHigh).toMatchObject({ threshold: [3], missingLeft: [false] });
    const alone = boosted("squaredError", [numeric("x", [1, 2, null, 4])], [1, 1, 7, 1], {}).trees[0];
    expect(alone).toMatchObject({ threshold: [Number.MAX_VALUE], missingLeft: [false] });
  });

  test("sends a value that equals its threshold left", () => {
    const neighbours = numeric("x", [1, 1 + Number.EPSILON, 1, 1 + Number.EPSILON]);
    const held = { trainingRows: Int32Array.of(0, 1), heldOutRows: Int32Array.of(2, 3) };
    const { trees, heldOutMargins } = boosted("squaredError", [neighbours], [1, 5, 1, 5], {}, held);
    expect(trees[0].threshold).toEqual([1]);
    expect([...heldOutMargins]).toEqual([1, 5]);
  });

  test("takes the lowest feature of equal ones, and the first candidate of equal ones", () => {
    const labelsOfTie = [0, 1, 1, 0];
    const { trees } = boosted("squaredError", [x, x], labelsOfTie, {});
    // Cutting off the first or the last row gains the same.
    expect(trees[0]).toMatchObject({ feature: [0], threshold: [1.5] });
  });

  test("grows on the rows and features of the round, and adds the tree to all rows", () => {
    const { trees } = boosted(
      "squaredError",
      [x, numeric("z", [1, 1, 2, 2])],
      labels,
      { rounds: 2 },
      {
        rowsOfRound: (round) => (round === 0 ? Int32Array.of(0, 3) : Int32Array.of(1, 2)),
        featuresOfRound: (round) => Int32Array.of(1 - round),
      },
    );
    expect(trees.map(({ feature }) => feature)).toEqual([[1], [0]]);
    // First leaves 4 ∓ 3; the second tree sees rows with labels 2 and 6 at margins 1 and 7.
    expect(trees.map(({ leafValues }) => leafValues)).toEqual([
      [-3, 3],
      [1, -1],
    ]);
  });

  test("charges ordered categories (2/π)(k − 1) times Σw²/Σw times the mean squared residual", () => {
    // Two rows a level; at base margin 0 levels c, d and e have no gradient, whatever the noise in e. Level a alone
    // against the rest gains 4²/2 + 4²/8 = 10. The mean squared residual is (16 + 2 noise²) / 10, so the charge is
    // 9.96 at noise 3.4 and 10.31 at 3.5.
    const codes = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4];
    const plan = categorical("plan", codes, ["a", "b", "c", "d", "e"]);
    const free = {
      categoricalSmoothing: 0,
      categoricalL2: 0,
      minCategoryGroupRows: 1,
      baseMargin: 0,
    };
    const labelsWithNoise = (noise: number) => [2, 2, -2, -2, 0, 0, 0, 0, -noise, noise];
    const splits = (noise: number, weights?: number[]) =>
      boosted("squaredError", [plan], labelsWithNoise(noise), free, weights ? { weights } : {}).trees[0]
        .feature;
    expect(splits(0)).toEqual([0]);
    expect(splits(3.4)).toEqual([0]);
    expect(splits(3.5)).toEqual([]);
    // With all weights 2, gain and charge both double.
    expect(splits(3.4, new Array(10).fill(2))).toEqual([0]);
    expect(splits(3.5, new Array(10).fill(2))).toEqual([]);
  });
});

describe("referenceBoost, Poisson", () => {
  // Mean 2: gradients μ − y are 2 0 1 −3, hessians 2.
  const x = numeric("x", [0, 0, 1, 1]);
  const labels = [0, 2, 1, 5];

  test("starts from the log mean and takes η G / (H + λ) off: −0.5 · 2 / 5", () => {
    const { baseMargin, trees } = boosted("poisson", [x], labels, { learningRate: 0.5, l2: 1 });
    expectNear([baseMargin], [Math.log(2)]);
    expectNear(trees[0].leafValues, [-0.2, 0.2]);
  });

  test("weighs rows: mean (2 · 0 + 2 + 1 + 5) / 5", () => {
    const { baseMargin, trees } = boosted("poisson", [x], labels, { l2: 1 }, { weights: [2, 1, 1, 1] });
    expectNear([baseMargin], [Math.log(1.6)]);
    // Left G = 2 · 1.6 − 0.4 = 2.8, H = 4.8; right G = 0.6 − 3.4 + … = −2.8, H = 3.2.
    expectNear(trees[0].leafValues, [-2.8 / 5.8, 2.8 / 4.2]);
  });
});

describe("referenceBoost with held-out rows", () => {
  const x = numeric("x", [1, 2, 1, 2]);
  const labels = [0, 4, 1, 3];
  const heldOut = { trainingRows: Int32Array.of(0, 1), heldOutRows: Int32Array.of(2, 3) };

  test("keeps the trees up to the least loss and stops after patience more", () => {
    // Margins 2 ∓ (1, 1.5, 1.75 …) against labels 2 ∓ 1: the first step is right, all further ones too long.
    const options = { rounds: 50, learningRate: 0.5, patience: 3 };
    const { trees, heldOutMargins, heldOutLosses } = boosted("squaredError", [x], labels, options, heldOut);
    expect(trees).toHaveLength(1);
    expect([...heldOutMargins]).toEqual([1, 3]);
    expect(heldOutLosses).toEqual([0.5, 0, 0.125, 0.28125, 0.3828125]);
  });

  test("keeps no tree where none helps", () => {
    const { trees, heldOutMargins } = boosted(
      "squaredError",
      [x],
      [0, 4, 2, 2],
      { rounds: 9, patience: 2 },
      heldOut,
    );
    expect(trees).toEqual([]);
    expect([...heldOutMargins]).toEqual([2, 2]);
  });

  test("keeps the fewest trees of those with the least loss", () => {
    // Nothing to learn: every tree is one leaf of 0.
    const { trees, heldOutLosses } = boosted(
      "squaredError",
      [x],
      [2, 2, 3, 1],
      { rounds: 9, patience: 2 },
      heldOut,
    );
    expect(trees).toEqual([]);
    expect(heldOutLosses).toEqual([0.5, 0.5, 0.5]);
  });

  test("weighs the held-out losses", () => {
    const weights = [1, 1, 3, 1];
    const { heldOutLosses } = boosted("squaredError", [x], [0, 4, 1, 2], {}, { ...heldOut, weights });
    // Before: ½ 1² weighs 3, ½ 0² weighs 1. After the margins are 0 and 4: ½ 1² and ½ 2².
    expect(heldOutLosses).toEqual([1.5 / 4, (1.5 + 2) / 4]);
  });
});
