import type { CompleteFamily } from "../family.js";
import { logarithmic, wholeLogarithmic, wholeNumber } from "../search-space.js";
import { additiveModel } from "./additive.js";
import { averageAdditive } from "./average-additive.js";
import { type AdditiveJson, FittedAdditive } from "./fitted-additive.js";
import { ADDITIVE_OPTIONS, type AdditiveOptions } from "./options.js";

export const additiveFamily = {
  name: "additive",
  functions: ["additiveModel"],
  purpose: "a smooth curve per feature and a few pairs, to be read: `shapeTables`",
  candidates: ({ monotone, interactions }) => [additiveModel({ monotone, interactions })],
  create: (options: AdditiveOptions) => additiveModel(options),
  options: ADDITIVE_OPTIONS,
  searchSpace: {
    learningRate: logarithmic(0.03, 0.3),
    maxBins: wholeLogarithmic(16, 256),
    pairs: wholeNumber(0, 20),
  },
  fromJson: (json: AdditiveJson) => new FittedAdditive(json),
  file: async () => (await import("./file-form.js")).additiveForm,
  explaining: async () => (await import("./explain-additive.js")).explainAdditive,
  average: (models, foldCount) => {
    const own = models.filter((model) => model instanceof FittedAdditive);
    return own.length < models.length ? undefined : averageAdditive(own, foldCount);
  },
  keepsRules: true,
  auto: "always",
  effortToRead: () => 20,
} as const satisfies CompleteFamily;
