import type { CompleteFamily } from "../family.js";
import { oneOf, settingsOf } from "../option-schema.js";
import { choice, logarithmic, wholeLogarithmic } from "../search-space.js";
import { FittedForest, type ForestJson } from "./fitted-forest.js";
import { extraTrees, randomForest } from "./forest.js";
import { FOREST_OPTIONS, type ForestKind, type ForestOptions } from "./options.js";

/** The options of either kind of forest, and which kind it is; default `"random-forest"`. */
export interface AnyForestOptions extends ForestOptions {
  readonly kind?: ForestKind;
}

const KIND = oneOf<ForestKind>("random-forest", "extra-trees");

export const forestFamily = {
  name: "forest",
  functions: ["randomForest", "extraTrees"],
  purpose:
    "trees beside each other, leaves smoothed, margins out of bag; `importMlRandomForest` takes over forests of ml-random-forest with identical votes",
  candidates: () => [randomForest(), extraTrees()],
  create: ({ kind: asked = "random-forest", ...options }: AnyForestOptions) => {
    const { kind } = settingsOf("forest", { kind: KIND }, { kind: asked });
    return kind === "random-forest" ? randomForest(options) : extraTrees(options);
  },
  options: { ...FOREST_OPTIONS, kind: KIND },
  searchSpace: {
    kind: choice("random-forest", "extra-trees"),
    minChildRows: wholeLogarithmic(3, 50),
    columnsPerSplit: wholeLogarithmic(2, 24),
    leafSmoothing: logarithmic(0.5, 8),
  },
  fromJson: (json: ForestJson) => new FittedForest(json),
  file: async () => (await import("./file-form.js")).forestForm,
  explaining: async () => (await import("./explain-forest.js")).explainForest,
  keepsRules: false,
  auto: "unless large",
  effortToRead: ({ kind }: AnyForestOptions) => (kind === "extra-trees" ? 40 : 41),
} as const satisfies CompleteFamily;
