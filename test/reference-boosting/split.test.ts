import { describe, expect, test } from "vitest";
import { type BoostingOptions, boostingSettings } from "../../src/classifiers/boosting/options.js";
import { createRandom, type Random } from "../../src/random.js";
import type { Feature } from "../../src/vectors/vectors.js";
import { categorical, numeric } from "../support/vectors.js";
import { binFeature } from "./binning.js";
import { constraintsOf } from "./constraints.js";
import { UNBOUNDED } from "./gain.js";
import { findSplit, type Split } from "./split.js";
import { type Gradients, sumsOf, sumsPerBin } from "./sums.js";

/** A node with gradients as the log loss has them, some of the rows weighted. */
interface Case {
  readonly feature: Feature;
  readonly gradients: Gradients;
}

const OPTIONS: BoostingOptions = { minChildRows: 3, minChildWeight: 0.4, l1: 0.2, l2: 0.3 };
const ROWS = 30;

function caseOf(random: Random, feature: Feature, rows = ROWS): Case {
  const probabilities = Float64Array.from({ length: rows }, () => random.next());
  const weights = probabilities.map(() => 1 + random.integer(3) / 2);
  return {
    feature,
    gradients: {
      gradient: probabilities.map((probability, row) => weights[row] * (probability - random.integer(2))),
      hessian: probabilities.map((probability, row) => weights[row] * probability * (1 - probability)),
    },
  };
}

function splitOf({ feature, gradients }: Case, options: BoostingOptions, noise = 1): Split | undefined {
  const settings = boostingSettings(options);
  const rows = Int32Array.from(gradients.gradient.keys());
  const binned = binFeature(feature, 255);
  const node = { sums: sumsOf(rows, gradients), bounds: UNBOUNDED };
  const perBin = sumsPerBin(binned.bins, binned.binCount, rows, gradients);
  const rules = { settings, constraints: constraintsOf([feature], settings), noise };
  return findSplit(0, binned, perBin, node, rules);
}

function total(values: Float64Array, keep: (row: number) => boolean = () => true): number {
  return values.reduce((sum, value, row) => (keep(row) ? sum + value : sum), 0);
}

/**
 * The least of G w + ½ (H + λ) w² + α |w|, by ternary search: the loss that a leaf can take off, free of the formula
 * that the trainer uses for it.
 */
function leastPenalisedLoss(gradient: number, hessian: number, l1: number, l2: number): number {
  const lossAt = (w: number) => gradient * w + ((hessian + l2) * w ** 2) / 2 + l1 * Math.abs(w);
  let [low, high] = [-1e3, 1e3];
  for (let step = 0; step < 200; step++) {
    const third = (high - low) / 3;
    if (lossAt(low + third) < lossAt(high - third)) high -= third;
    else low += third;
  }
  return lossAt((low + high) / 2);
}

/** Twice what a division takes off the loss, straight from the rows; undefined where a child is too small. */
function gainOf({ gradients }: Case, goesLeft: (row: number) => boolean, options: BoostingOptions) {
  const { l1, l2, minChildRows, minChildWeight } = boostingSettings(options);
  const { gradient, hessian } = gradients;
  const sides = [goesLeft, (row: number) => !goesLeft(row)];
  if (sides.some((keep) => gradient.filter((_, row) => keep(row)).length < minChildRows)) return undefined;
  if (sides.some((keep) => total(hessian, keep) < minChildWeight)) return undefined;
  const of = (keep?: (row: number) => boolean) =>
    leastPenalisedLoss(total(gradient, keep), total(hessian, keep), l1, l2);
  return 2 * (of() - of(sides[0]) - of(sides[1]));
}

function best(gains: readonly (number | undefined)[]): number | undefined {
  const positive = gains.filter((gain) => gain !== undefined && gain > 1e-9) as number[];
  return positive.length === 0 ? undefined : Math.max(...positive);
}

/** Compares with the best of all divisions, given as sets of rows, on 100 random nodes; returns how many split. */
function compareAll(
  makeFeature: (random: Random) => Feature,
  divisions: (each: Case) => ((row: number) => boolean)[],
): number {
  let splits = 0;
  for (let seed = 0; seed < 100; seed++) {
    const random = createRandom(seed, "splits");
    const each = caseOf(random, makeFeature(random));
    const expected = best(divisions(each).map((goesLeft) => gainOf(each, goesLeft, OPTIONS)));
    const split = splitOf(each, OPTIONS);
    if (expected === undefined || split === undefined) {
      expect(split).toBe(expected);
      continue;
    }
    splits++;
    expect(split.gain).toBeCloseTo(expected, 9);
    const { bins } = binFeature(each.feature, 255);
    const goesLeft = (row: number) => split.goesLeft[bins[row]];
    expect(split.left.gradient).toBeCloseTo(total(each.gradients.gradient, goesLeft), 9);
    expect(split.left.rows).toBe(bins.filter((_, row) => goesLeft(row)).length);
    expect(split.left.rows + split.right.rows).toBe(ROWS);
  }
  return splits;
}

describe("findSplit", () => {
  test("finds the best of all numeric splits, with missing values tried on either side", () => {
    const splits = compareAll(
      (random) =>
        numeric(
          "x",
          Array.from({ length: ROWS }, () => (random.next() < 0.25 ? null : random.integer(7))),
        ),
      ({ feature }) => {
        const { values } = feature as Extract<Feature, { kind: "numeric" }>;
        return [0, 1, 2, 3, 4, 5, 6].flatMap((limit) =>
          [false, true].map(
            (missingLeft) => (row: number) =>
              Number.isNaN(values[row]) ? missingLeft : values[row] <= limit,
          ),
        );
      },
    );
    expect(splits).toBeGreaterThan(70);
  });

  test("tries each of up to four categories, missing among them, against the rest", () => {
    const splits = compareAll(
      (random) =>
        categorical(
          "x",
          Array.from({ length: ROWS }, () => random.integer(4) - 1),
          ["a", "b", "c"],
        ),
      ({ feature }) => {
        const { codes } = feature as Extract<Feature, { kind: "categorical" }>;
        return [-1, 0, 1, 2].map((code) => (row: number) => codes[row] === code);
      },
    );
    expect(splits).toBeGreaterThan(70);
  });

  test("finds the best prefix of many categories in the order of their shrunk gradients, minus what chance gains", () => {
    const noise = 1.5;
    // The penalty of the node differs from that of its children: both with l1 = 0, by Chen & Guestrin's formula.
    const options = {
      ...OPTIONS,
      l1: 0,
      minCategoryGroupRows: 1,
      categoricalSmoothing: 2,
      categoricalL2: 0.5,
    };
    let splits = 0;
    for (let seed = 0; seed < 100; seed++) {
      const random = createRandom(seed, "prefixes");
      const codes = Array.from({ length: 120 }, () => random.integer(8) - 1);
      const each = caseOf(random, categorical("x", codes, ["a", "b", "c", "d", "e", "f"]), 120);
      const { gradient, hessian } = each.gradients;
      const prior = (2 * total(gradient)) / total(hessian);
      const meanOf = (code: number) =>
        (total(gradient, (row) => codes[row] === code) + prior) /
        (total(hessian, (row) => codes[row] === code) + 2);
      const ordered = [...new Set(codes)].sort((a, b) => meanOf(a) - meanOf(b));
      const gains = ordered.slice(0, -1).map((_, last) => {
        const left = new Set(ordered.slice(0, last + 1));
        const sides = [true, false].map((side) => (row: number) => left.has(codes[row]) === side);
        if (sides.some((keep) => codes.filter((_, row) => keep(row)).length < 3)) return undefined;
        if (sides.some((keep) => total(hessian, keep) < 0.4)) return undefined;
        const scoreOf = (keep: (row: number) => boolean) =>
          total(gradient, keep) ** 2 / (total(hessian, keep) + 0.8);
        const free = total(gradient) ** 2 / (total(hessian) + 0.3);
        return scoreOf(sides[0]) + scoreOf(sides[1]) - free - noise * (2 / Math.PI) * (ordered.length - 1);
      });
      const expected = best(gains);
      const split = splitOf(each, options, noise);
      if (expected === undefined) expect(split).toBeUndefined();
      else {
        splits++;
        expect(split?.gain).toBeCloseTo(expected, 9);
      }
    }
    expect(splits).toBeGreaterThan(30);
  });

  test("leaves candidates among ordered categories at least minCategoryGroupRows apart", () => {
    const codes = Array.from({ length: 100 }, (_, row) => row % 10);
    const gradient = Float64Array.from(codes, (code) => (code === 0 ? -3 : 0.3));
    const gradients = { gradient, hessian: gradient.map(() => 0.2) };
    const each = { feature: categorical("x", codes, "abcdefghij".split("")), gradients };
    expect(splitOf(each, { ...OPTIONS, minCategoryGroupRows: 10 })?.left.rows).toBe(10);
    expect(splitOf(each, { ...OPTIONS, minCategoryGroupRows: 30 })?.left.rows).toBe(30);
  });

  test("orders a category whose rows weigh nothing by the node's mean, where nothing is smoothed", () => {
    // Means −2 (b, c), 2 (d, e), and 0 for a, which so comes between them and behind the first best division.
    const codes = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4];
    const gradient = Float64Array.from([0, 0, -2, -2, -2, -2, 2, 2, 2, 2]);
    const gradients = { gradient, hessian: gradient.map((value) => (value === 0 ? 0 : 1)) };
    const each = { feature: categorical("x", codes, ["a", "b", "c", "d", "e"]), gradients };
    const options = {
      minChildRows: 1,
      minCategoryGroupRows: 1,
      categoricalSmoothing: 0,
      categoricalL2: 0,
      l2: 0,
    };
    // 8²/4 on either side less a charge of (2/π) 4.
    const split = splitOf(each, options);
    expect(split?.gain).toBeCloseTo(32 - 8 / Math.PI, 12);
    expect(split?.goesLeft.slice(0, 5)).toEqual([false, true, true, false, false]);
  });

  test("finds no split where there is nothing to gain, one value only, or children would be too small", () => {
    const rising = Array.from({ length: ROWS }, (_, row) => row);
    const flat = { gradient: new Float64Array(ROWS).fill(0.1), hessian: new Float64Array(ROWS).fill(0.2) };
    expect(
      splitOf({ feature: numeric("x", rising), gradients: flat }, { ...OPTIONS, l1: 0, l2: 0 }),
    ).toBeUndefined();
    const random = createRandom(1, "one value");
    const same = rising.map(() => 0);
    expect(splitOf(caseOf(random, numeric("x", same)), OPTIONS)).toBeUndefined();
    expect(splitOf(caseOf(random, categorical("x", same, ["a"])), OPTIONS)).toBeUndefined();
    const each = caseOf(random, numeric("x", rising));
    expect(splitOf(each, OPTIONS)).toBeDefined();
    expect(splitOf(each, { ...OPTIONS, minChildRows: 16 })).toBeUndefined();
    expect(splitOf(each, { ...OPTIONS, minChildWeight: 5.7 })).toBeUndefined();
  });

  test("sends a category or missing values without rows in the node where most rows go", () => {
    const hessian = new Float64Array(ROWS).fill(0.2);
    const codes = Array.from({ length: ROWS }, (_, row) => (row < 20 ? 1 : 2));
    const gradient = Float64Array.from(codes, (code) => (code === 1 ? -1 : 1));
    const gradients = { gradient, hessian };
    expect(splitOf({ feature: numeric("x", codes), gradients }, OPTIONS)?.goesLeft).toEqual([
      true,
      false,
      true,
    ]);
    const plan = categorical("plan", codes, ["a", "b", "c"]);
    // b against c is found first as b alone on the left; a, other and missing follow b's 20 rows.
    expect(splitOf({ feature: plan, gradients }, OPTIONS)?.goesLeft).toEqual([true, true, false, true, true]);
  });
});
