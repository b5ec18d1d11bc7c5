import { type BoostingOptions, boostingSettings } from "../../src/classifiers/boosting/options.js";
import { createRandom, type Random } from "../../src/random.js";
import type { ObjectiveName } from "../../src/trees/growing/settings.js";
import type { Feature } from "../../src/vectors/vectors.js";
import { categorical, numeric } from "../support/vectors.js";
import type { ReferenceProblem } from "./reference-boost.js";

/** A problem with the seed it was made from, which a comparison with other trainers needs. */
export interface RandomProblem extends ReferenceProblem {
  readonly seed: number;
  readonly labels: Float64Array;
  readonly leafUnit: number;
}

/**
 * A small training problem, everything about it drawn from the seed: 1 to 6 features (numeric with few or many values,
 * whole numbers, zeros, one value only, none at all; categorical with 2 to 60 levels; any of them with missing values),
 * labels that depend on some of them, weights or none, held-out rows or none, and settings over all options.
 * Labels always have a finite best constant margin, and no row list repeats a row or meets the other.
 *
 * `rowFraction` and `columnFraction` may be below 1: a comparison of trainers draws rows and features once for all of
 * them and sets `rowsOfRound` and `featuresOfRound`.
 */
export function randomProblem(seed: number): RandomProblem {
  const random = createRandom(seed, "boosting problem");
  const rowCount = 40 + random.integer(361);
  const features = Array.from({ length: 1 + random.integer(6) }, (_, index) =>
    randomFeature(random, index, rowCount),
  );
  const objective = oneOf(random, ["logLoss", "squaredError", "poisson"] as const);
  const { trainingRows, heldOutRows } = dealRows(random, rowCount);
  const weights = randomWeights(random, rowCount, trainingRows);
  const labels = randomLabels(random, objective, features, rowCount);
  if (objective !== "squaredError") makeLearnable(labels, trainingRows);
  const largest = labels.reduce((most, label) => Math.max(most, Math.abs(label)), 0);
  return {
    seed,
    features,
    labels,
    ...(weights === undefined ? {} : { weights }),
    trainingRows,
    heldOutRows,
    settings: boostingSettings(randomOptions(random, features), objective),
    // Leaf values of squared error are about as large as the labels, those of the others about 1.
    leafUnit: objective === "squaredError" ? 2 ** (Math.ceil(Math.log2(largest)) - 24) : 2 ** -24,
  };
}

function randomFeature(random: Random, index: number, rowCount: number): Feature {
  const isMissing = missingAt(random);
  const name = `feature ${index}`;
  if (random.next() < 0.35) {
    const levelCount = random.next() < 0.4 ? 2 + random.integer(3) : 5 + random.integer(56);
    const levels = Array.from({ length: levelCount }, (_, level) => `level ${level}`);
    // Squaring makes the first levels frequent and the last ones rare; the code after the last level is *other*.
    const codes = Array.from({ length: rowCount }, () =>
      isMissing() ? -1 : Math.floor(random.next() ** 2 * (levelCount + 1)),
    );
    return categorical(name, codes, levels);
  }
  const draw = oneOf<() => number>(random, [
    () => random.normal(),
    () => Math.exp(2 * random.normal()),
    () => random.integer(400) - 100,
    () => random.integer(5) / 4,
    () => random.integer(2),
    () => (random.next() < 0.6 ? 0 : random.normal()),
    () => 3.5,
  ]);
  return numeric(
    name,
    Array.from({ length: rowCount }, () => (isMissing() ? null : draw())),
  );
}

/** Mostly nothing is missing; rarely everything. */
function missingAt(random: Random): () => boolean {
  const share = random.next() < 0.55 ? 0 : oneOf(random, [0.02, 0.2, 0.6, 1]);
  return () => share > 0 && random.next() < share;
}

function dealRows(random: Random, rowCount: number): { trainingRows: Int32Array; heldOutRows: Int32Array } {
  const heldOutShare = random.next() < 0.5 ? 0 : 0.25;
  const isHeldOut = Array.from({ length: rowCount }, () => random.next() < heldOutShare);
  const rows = Int32Array.from(isHeldOut.keys());
  return {
    trainingRows: rows.filter((row) => !isHeldOut[row]),
    heldOutRows: rows.filter((row) => isHeldOut[row]),
  };
}

/** None, whole numbers, or any numbers; among whole ones zeros too. The first training rows always have weight. */
function randomWeights(random: Random, rowCount: number, trainingRows: Int32Array): Float64Array | undefined {
  const kind = random.next();
  if (kind < 0.5) return undefined;
  const weights = Float64Array.from({ length: rowCount }, () =>
    kind < 0.75 ? random.integer(4) : 0.1 + 2 * random.next(),
  );
  for (const row of trainingRows.subarray(0, 2)) weights[row] = 1;
  return weights;
}

/** Labels around a margin that adds up effects of the features and an interaction of the first with the last. */
function randomLabels(
  random: Random,
  objective: ObjectiveName,
  features: readonly Feature[],
  rowCount: number,
): Float64Array {
  const effects = features.map((feature) => effectOf(random, feature));
  const start = random.normal() - 0.5;
  const interaction = random.normal() / 2;
  const scale = oneOf(random, [0.01, 1, 1, 300]);
  return Float64Array.from({ length: rowCount }, (_, row) => {
    const each = effects.map((effect) => effect(row));
    const sum = each.reduce((total, effect) => total + effect, start);
    const margin = Math.min(Math.max(sum + interaction * each[0] * (each.at(-1) as number), -4), 3);
    if (objective === "squaredError") return scale * (margin + random.normal() / 2);
    if (objective === "poisson") return poissonCount(random, Math.exp(margin));
    return random.next() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
  });
}

function effectOf(random: Random, feature: Feature): (row: number) => number {
  const ofMissing = random.normal();
  if (feature.kind === "categorical") {
    const ofCode = Array.from({ length: feature.levels.length + 1 }, () => 1.5 * random.normal());
    return (row) => (feature.codes[row] < 0 ? ofMissing : ofCode[feature.codes[row]]);
  }
  const slope = 2 * random.normal();
  return (row) => (Number.isNaN(feature.values[row]) ? ofMissing : slope * Math.tanh(feature.values[row]));
}

/** Knuth's method: products of uniform numbers; means here are at most e³. */
function poissonCount(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

/** The first two training rows, which have weight, differ in their labels: classes are two, counts have a mean. */
function makeLearnable(labels: Float64Array, trainingRows: Int32Array): void {
  labels[trainingRows[0]] = 0;
  labels[trainingRows[1]] = 1;
}

function randomOptions(random: Random, features: readonly Feature[]): BoostingOptions {
  const monotone: Record<string, 1 | -1> = {};
  if (random.next() < 0.35) {
    for (const { kind, name } of features) {
      if (kind === "numeric" && random.next() < 0.6) monotone[name] = random.next() < 0.5 ? 1 : -1;
    }
  }
  const groupOf = () => features.filter(() => random.next() < 0.5).map(({ name }) => name);
  const interactions =
    random.next() < 0.25 ? Array.from({ length: 1 + random.integer(3) }, groupOf) : undefined;
  return {
    rounds: 1 + random.integer(5),
    learningRate: oneOf(random, [0.05, 0.1, 0.3, 1]),
    maxLeaves: oneOf(random, [2, 3, 6, 16, 31, 255]),
    maxDepth: random.next() < 0.7 ? Number.POSITIVE_INFINITY : 1 + random.integer(5),
    maxBins: oneOf(random, [2, 3, 16, 64, 255, 255]),
    minChildWeight: oneOf(random, [0, 0.001, 0.001, 0.001, 1, 5]),
    minChildRows: oneOf(random, [1, 1, 2, 5, 10, 20]),
    l1: oneOf(random, [0, 0, 0, 0.1, 1]),
    l2: oneOf(random, [0, 1, 1, 10]),
    rowFraction: oneOf(random, [1, 1, 0.8, 0.5]),
    columnFraction: oneOf(random, [1, 1, 0.6]),
    patience: oneOf(random, [1, 2, 50]),
    // Above zero: with neither smoothing nor weight a category has no mean to be ordered by.
    categoricalSmoothing: oneOf(random, [0.5, 10, 10, 50]),
    categoricalL2: oneOf(random, [0, 1, 10]),
    minCategoryGroupRows: oneOf(random, [1, 5, 20, 50]),
    monotone,
    ...(interactions === undefined ? {} : { interactions }),
    ...(random.next() < 0.15 ? { baseMargin: random.normal() } : {}),
  };
}

function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[random.integer(values.length)];
}
