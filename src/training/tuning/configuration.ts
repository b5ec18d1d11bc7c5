import type { AdditiveOptions } from "../../classifiers/additive/options.js";
import type { BoostingOptions } from "../../classifiers/boosting/options.js";
import type { Classifier } from "../../classifiers/classifier.js";
import type { ForestKind, ForestOptions } from "../../classifiers/forest/options.js";
import { classifierFromRecipe } from "../../classifiers/from-recipe.js";
import type { LogisticOptions } from "../../classifiers/logistic/logistic.js";
import type { NeuralOptions } from "../../classifiers/neural/options.js";
import { createRandom, type Random } from "../../random.js";
import { type FamilyRules, RULE_KEEPERS } from "../families.js";

/** A family with the options that are tried for it: plain data. */
export type Configuration =
  | { readonly family: "logistic"; readonly options: LogisticOptions }
  | { readonly family: "additive"; readonly options: AdditiveOptions }
  | { readonly family: "boosting"; readonly options: BoostingOptions }
  | { readonly family: "forest"; readonly options: ForestOptions & { readonly kind?: ForestKind } }
  | { readonly family: "neural"; readonly options: NeuralOptions };

export type TunableFamily = Configuration["family"];

export const TUNABLE_FAMILIES: readonly TunableFamily[] = [
  "logistic",
  "additive",
  "boosting",
  "forest",
  "neural",
];

export function classifierOf({ family, options }: Configuration, rules: FamilyRules): Classifier {
  return classifierFromRecipe({
    family,
    options: RULE_KEEPERS.includes(family) ? { ...rules, ...options } : options,
  });
}

/** A value from a uniform number in [0, 1). */
type Dimension = (u: number) => number | string;

const linear =
  (least: number, most: number): Dimension =>
  (u) =>
    rounded(least + u * (most - least));
/** Evenly on a logarithmic scale. */
const logarithmic =
  (least: number, most: number): Dimension =>
  (u) =>
    rounded(least * (most / least) ** u);
const whole =
  (least: number, most: number): Dimension =>
  (u) =>
    least + Math.floor(u * (most - least + 1));
const wholeLogarithmic =
  (least: number, most: number): Dimension =>
  (u) =>
    Math.round(least * (most / least) ** u);
const choice =
  (...values: (number | string)[]): Dimension =>
  (u) =>
    values[Math.floor(u * values.length)];

/** Three digits say enough, and are read more easily. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** The few options of each family that matter. */
const SPACES: Readonly<Record<TunableFamily, Readonly<Record<string, Dimension>>>> = {
  logistic: { terms: choice("linear", "spline", "piecewise"), l1Ratio: choice(0, 0.5, 1) },
  additive: {
    learningRate: logarithmic(0.03, 0.3),
    maxBins: wholeLogarithmic(16, 256),
    pairs: whole(0, 20),
  },
  boosting: {
    maxLeaves: wholeLogarithmic(3, 64),
    learningRate: logarithmic(0.02, 0.1),
    minChildRows: wholeLogarithmic(3, 100),
    l2: logarithmic(0.1, 30),
    rowFraction: linear(0.5, 1),
    columnFraction: linear(0.3, 1),
  },
  forest: {
    kind: choice("random-forest", "extra-trees"),
    minChildRows: wholeLogarithmic(3, 50),
    columnsPerSplit: wholeLogarithmic(2, 24),
    leafSmoothing: logarithmic(0.5, 8),
  },
  neural: {
    width: wholeLogarithmic(24, 128),
    blocks: whole(1, 3),
    dropout: linear(0, 0.5),
    learningRate: logarithmic(5e-4, 5e-3),
    weightDecay: logarithmic(1e-3, 0.1),
    numericEmbedding: choice("piecewise-linear", "periodic"),
  },
};

/** The first of a family is its defaults; the others are drawn, each by its number alone. */
export function configurationAt(family: TunableFamily, index: number, seed: number): Configuration {
  if (index === 0) return { family, options: {} };
  const random: Random = createRandom(seed, "configuration", family, index);
  const drawn = Object.entries(SPACES[family]).map(([name, dimension]) => [name, dimension(random.next())]);
  return { family, options: Object.fromEntries(drawn) };
}
