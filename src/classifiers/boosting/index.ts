import type { Classifier, FittedClassifier } from "../classifier.js";
import { WeightedAverage } from "../ensemble/weighted-average.js";
import type { CompleteFamily, FamilyRules } from "../family.js";
import { linear, logarithmic, wholeLogarithmic } from "../search-space.js";
import { gradientBoosting } from "./boosting.js";
import { type BoostingJson, FittedBoosting } from "./fitted-boosting.js";
import { BOOSTING_OPTIONS, type BoostingOptions } from "./options.js";

export const boostingFamily = {
  name: "boosting",
  functions: ["gradientBoosting"],
  purpose:
    "trees on each other's residuals, in WebAssembly; categories of many levels as shrunk statistics of the label, taken without a row's own, where that pays",
  candidates: twoShapes,
  create: (options: BoostingOptions) => gradientBoosting(options),
  options: BOOSTING_OPTIONS,
  searchSpace: {
    maxLeaves: wholeLogarithmic(3, 64),
    learningRate: logarithmic(0.02, 0.1),
    minChildRows: wholeLogarithmic(3, 100),
    l2: logarithmic(0.1, 30),
    rowFraction: linear(0.5, 1),
    columnFraction: linear(0.3, 1),
  },
  fromJson: (json: BoostingJson) => new FittedBoosting(json),
  file: async () => (await import("./file-form.js")).boostingForm,
  explaining: async () => (await import("./explain-boosting.js")).explainBoosting,
  average: meanOfBoostings,
  keepsRules: true,
  auto: "always",
  effortToRead: () => 30,
} as const satisfies CompleteFamily;

/**
 * Boosting comes in two shapes, as data differ in what they need: many small trees on samples of the features for nearly
 * additive data, larger trees that see all features where features interact.
 */
function twoShapes({ monotone, interactions }: FamilyRules): readonly Classifier[] {
  const rules = { monotone, interactions };
  const small: BoostingOptions = { maxLeaves: 4, rowFraction: 0.7, columnFraction: 0.6 };
  return [gradientBoosting({ ...small, ...rules }), gradientBoosting({ ...rules })];
}

/** All trees as one model, asked at once, times 1 / n: dividing the leaves would round them. */
function meanOfBoostings(models: readonly FittedClassifier[]): WeightedAverage | undefined {
  const own = models.filter((model) => model instanceof FittedBoosting);
  if (own.length < models.length) return undefined;
  const parts = own.map((model) => model.toJSON());
  const sum = new FittedBoosting({
    family: "boosting",
    baseMargin: parts.reduce((total, { baseMargin }) => total + baseMargin, 0),
    trees: parts.flatMap(({ trees }) => trees),
  });
  return new WeightedAverage([sum], [1 / models.length]);
}
