import { describe, expect, test } from "vitest";
import { binVectors } from "../../../src/classifiers/boosting/binning.js";
import { fillHistogram, SUMS } from "../../../src/classifiers/boosting/histogram.js";
import { type BoostingSettings, boostingSettings } from "../../../src/classifiers/boosting/options.js";
import { findSplit, type Split } from "../../../src/classifiers/boosting/split.js";
import { createRandom, type Random } from "../../../src/random.js";
import type { Feature } from "../../../src/vectors/vectors.js";
import { categorical, numeric, vectorsOf } from "../../support/vectors.js";

interface Node {
  readonly feature: Feature;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

const SETTINGS = boostingSettings({ minChildRows: 3, minChildWeight: 0.4, l2: 0.3 });

/** A node of 30 rows with gradients as the log loss has them. */
function nodeOf(random: Random, feature: Feature): Node {
  const rows = feature.kind === "numeric" ? feature.values.length : feature.codes.length;
  const probabilities = Float64Array.from({ length: rows }, () => random.next());
  return {
    feature,
    gradient: probabilities.map((probability) => probability - random.integer(2)),
    hessian: probabilities.map((probability) => probability * (1 - probability)),
  };
}

function splitOf({ feature, gradient, hessian }: Node, settings: BoostingSettings): Split | undefined {
  const matrix = binVectors(vectorsOf(feature));
  const histogram = new Float64Array(matrix.totalBins * SUMS);
  const rows = Int32Array.from(gradient.keys());
  fillHistogram(histogram, matrix, Int32Array.of(0), rows, 0, rows.length, { gradient, hessian });
  const sums = { gradient: total(gradient), hessian: total(hessian), rows: rows.length };
  return findSplit(0, matrix.features[0], histogram, 0, sums, settings);
}

function total(values: Float64Array, keep: (row: number) => boolean = () => true): number {
  return values.reduce((sum, value, row) => (keep(row) ? sum + value : sum), 0);
}

/** Chen & Guestrin 2016, eq. 7, without the half, straight from the rows; undefined where a child is too small. */
function gainOf(
  { gradient, hessian }: Node,
  goesLeft: (row: number) => boolean,
  { l2, minChildRows, minChildWeight }: BoostingSettings,
  addedL2 = 0,
): number | undefined {
  const sides = [goesLeft, (row: number) => !goesLeft(row)].map((keep) => ({
    gradient: total(gradient, keep),
    hessian: total(hessian, keep),
    rows: gradient.filter((_, row) => keep(row)).length,
  }));
  if (sides.some(({ rows, hessian }) => rows < minChildRows || hessian < minChildWeight)) return undefined;
  const after = sides.reduce((sum, side) => sum + side.gradient ** 2 / (side.hessian + l2 + addedL2), 0);
  return after - total(gradient) ** 2 / (total(hessian) + l2);
}

function best(gains: readonly (number | undefined)[]): number | undefined {
  const positive = gains.filter((gain) => gain !== undefined && gain > 1e-9) as number[];
  return positive.length === 0 ? undefined : Math.max(...positive);
}

/** The split's sums and directions must be those of its own rows. */
function expectSound(split: Split, node: Node, addedL2 = 0): void {
  const bins = binVectors(vectorsOf(node.feature)).features[0].bins;
  const goesLeft = (row: number) => split.goesLeft[bins[row]] === 1;
  expect(split.gain).toBeCloseTo(gainOf(node, goesLeft, SETTINGS, addedL2) as number, 9);
  expect(split.left.gradient).toBeCloseTo(total(node.gradient, goesLeft), 9);
  expect(split.right.hessian).toBeCloseTo(
    total(node.hessian, (row) => !goesLeft(row)),
    9,
  );
  expect(split.left.rows).toBe(bins.filter((_, row) => goesLeft(row)).length);
  expect(split.left.rows + split.right.rows).toBe(bins.length);
}

function compareAll(
  makeFeature: (random: Random) => Feature,
  everyGain: (node: Node) => (number | undefined)[],
): number {
  let splits = 0;
  for (let seed = 0; seed < 150; seed++) {
    const random = createRandom(seed, "splits");
    const node = nodeOf(random, makeFeature(random));
    const expected = best(everyGain(node));
    const split = splitOf(node, SETTINGS);
    if (expected === undefined || split === undefined) {
      expect(split).toBe(expected);
      continue;
    }
    splits++;
    expect(split.gain).toBeCloseTo(expected, 9);
    expectSound(split, node);
  }
  return splits;
}

const ROWS = 30;

describe("findSplit", () => {
  test("finds the best of all numeric splits, with missing values tried on either side", () => {
    const splits = compareAll(
      (random) =>
        numeric(
          "x",
          Array.from({ length: ROWS }, () => (random.next() < 0.25 ? null : random.integer(7))),
        ),
      (node) => {
        const { values } = node.feature as Extract<Feature, { kind: "numeric" }>;
        return [0, 1, 2, 3, 4, 5, 6].flatMap((limit) =>
          [false, true].map((missingLeft) =>
            gainOf(node, (row) => (Number.isNaN(values[row]) ? missingLeft : values[row] <= limit), SETTINGS),
          ),
        );
      },
    );
    expect(splits).toBeGreaterThan(100);
  });

  test("tries each of up to four categories, missing among them, against the rest", () => {
    const splits = compareAll(
      (random) =>
        categorical(
          "x",
          Array.from({ length: ROWS }, () => random.integer(4) - 1),
          ["a", "b", "c"],
        ),
      (node) => {
        const { codes } = node.feature as Extract<Feature, { kind: "categorical" }>;
        return [-1, 0, 1, 2].map((code) => gainOf(node, (row) => codes[row] === code, SETTINGS));
      },
    );
    expect(splits).toBeGreaterThan(100);
  });

  test("finds the best prefix of many categories in the order of their shrunk gradients, less what chance gains", () => {
    const settings = { ...SETTINGS, minCategoryGroupRows: 1, categoricalSmoothing: 2, categoricalL2: 0.5 };
    const levels = ["a", "b", "c", "d", "e", "f"];
    let splits = 0;
    for (let seed = 0; seed < 150; seed++) {
      const random = createRandom(seed, "prefixes");
      const codes = Array.from({ length: 120 }, () => random.integer(8) - 1);
      const node = nodeOf(random, categorical("x", codes, levels));
      const present = [...new Set(codes)];
      const prior = (2 * total(node.gradient)) / total(node.hessian);
      const score = (code: number) =>
        (total(node.gradient, (row) => codes[row] === code) + prior) /
        (total(node.hessian, (row) => codes[row] === code) + 2);
      const ordered = present.sort((a, b) => score(a) - score(b));
      const chance = (2 / Math.PI) * (present.length - 1);
      const expected = best(
        ordered.slice(0, -1).map((_, last) => {
          const left = new Set(ordered.slice(0, last + 1));
          const gain = gainOf(node, (row) => left.has(codes[row]), settings, 0.5);
          return gain === undefined ? undefined : gain - chance;
        }),
      );
      const split = splitOf(node, settings);
      if (expected === undefined) expect(split).toBeUndefined();
      else {
        splits++;
        expect(split?.gain).toBeCloseTo(expected, 9);
      }
    }
    expect(splits).toBeGreaterThan(50);
  });

  test("leaves candidates among ordered categories at least minCategoryGroupRows apart", () => {
    const codes = Array.from({ length: 100 }, (_, row) => row % 10);
    const gradient = Float64Array.from(codes, (code) => (code === 0 ? -3 : 0.3));
    const node = {
      feature: categorical("x", codes, "abcdefghij".split("")),
      gradient,
      hessian: gradient.map(() => 0.2),
    };
    const narrow = splitOf(node, { ...SETTINGS, minCategoryGroupRows: 10 });
    const wide = splitOf(node, { ...SETTINGS, minCategoryGroupRows: 30 });
    expect(narrow?.left.rows).toBe(10);
    expect(wide?.left.rows).toBe(30);
  });

  test("finds no split where there is nothing to gain, one value only, or children would be too small", () => {
    const flat = (feature: Feature): Node => ({
      feature,
      gradient: new Float64Array(ROWS).fill(0.1),
      hessian: new Float64Array(ROWS).fill(0.2),
    });
    const rising = Array.from({ length: ROWS }, (_, row) => row);
    expect(splitOf(flat(numeric("x", rising)), { ...SETTINGS, l2: 0 })).toBeUndefined();
    const random = createRandom(1, "one value");
    expect(
      splitOf(
        nodeOf(
          random,
          numeric(
            "x",
            rising.map(() => 1),
          ),
        ),
        SETTINGS,
      ),
    ).toBeUndefined();
    expect(
      splitOf(
        nodeOf(
          random,
          categorical(
            "x",
            rising.map(() => 0),
            ["a"],
          ),
        ),
        SETTINGS,
      ),
    ).toBeUndefined();
    expect(splitOf(nodeOf(random, numeric("x", rising)), { ...SETTINGS, minChildRows: 16 })).toBeUndefined();
    expect(splitOf(nodeOf(random, numeric("x", rising)), { ...SETTINGS, minChildWeight: 4 })).toBeUndefined();
  });

  test("sends a bin without rows in the node where most rows go", () => {
    const values = Array.from({ length: ROWS }, (_, row) => (row < 20 ? 1 : 2));
    const gradient = Float64Array.from(values, (value) => (value === 1 ? -1 : 1));
    const node = { feature: numeric("x", values), gradient, hessian: new Float64Array(ROWS).fill(0.2) };
    expect([...(splitOf(node, SETTINGS)?.goesLeft ?? [])]).toEqual([1, 0, 1]);
  });
});
