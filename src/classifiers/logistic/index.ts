import type { CompleteFamily } from "../family.js";
import { choice } from "../search-space.js";
import { FittedLogistic, type LogisticJson } from "./fitted-logistic.js";
import { logisticRegression } from "./logistic.js";
import { LOGISTIC_OPTIONS, type LogisticOptions } from "./options.js";

export const logisticFamily = {
  name: "logistic",
  functions: ["logisticRegression"],
  purpose:
    "a line or natural cubic splines per number, ridge to lasso; `oddsRatios` with intervals, `elasticNetPath`",
  candidates: ({ extrapolate }) => [
    logisticRegression({ terms: "auto", ...(extrapolate === true ? { extrapolate } : {}) }),
  ],
  create: (options: LogisticOptions) => logisticRegression(options),
  options: LOGISTIC_OPTIONS,
  searchSpace: { terms: choice("linear", "spline", "piecewise"), l1Ratio: choice(0, 0.5, 1) },
  fromJson: (json: LogisticJson) => new FittedLogistic(json),
  file: async () => (await import("./file-form.js")).logisticForm,
  explaining: async () => (await import("./explain-logistic.js")).explainLogistic,
  average: (models) => {
    const own = models.filter((model) => model instanceof FittedLogistic);
    return own.length < models.length ? undefined : FittedLogistic.mean(own);
  },
  keepsRules: false,
  auto: "unless large",
  effortToRead: () => 10,
} as const satisfies CompleteFamily;
