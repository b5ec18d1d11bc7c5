import type { Vectors } from "../../vectors/vectors.js";
import type { Classifier } from "../classifier.js";
import { loadedWhenUsed } from "../loaded-when-used.js";
import type { FittedLogistic } from "./fitted-logistic.js";
import { LAMBDAS, type LogisticOptions, logisticSettings } from "./options.js";

/** Numeric features to which `terms: "auto"` bends them. */
const MOST_BENDING = 60;

/**
 * Logistic regression on one-hot, standardised features with missing indicators.
 *
 * ```ts
 * const classifier = logisticRegression({ l1Ratio: 1, lambda: 0.01 }); // lasso
 * ```
 */
export function logisticRegression(options: LogisticOptions = {}): Classifier<FittedLogistic> {
  const { lambda, l1Ratio, terms, extrapolate } = logisticSettings(options);
  const lambdas = lambda === "cross-validated" ? LAMBDAS : [lambda];
  return loadedWhenUsed("logisticRegression", "logistic", { family: "logistic", options }, async () => {
    const { logisticTrainer } = await import("./trainer.js");
    const kindsOf = ({ features }: Vectors) => {
      if (typeof terms !== "string") return (feature: string) => terms[feature] ?? "linear";
      const numerics = features.filter(({ kind }) => kind === "numeric").length;
      const kind = terms === "auto" ? (numerics <= MOST_BENDING ? "spline" : "linear") : terms;
      return () => kind;
    };
    return logisticTrainer(lambdas, l1Ratio, kindsOf, extrapolate);
  });
}
