import { invalidArgument } from "../../errors.js";
import type { TermKind } from "../../vectors/linear-design.js";
import type { Classifier } from "../classifier.js";
import { loadedWhenUsed } from "../loaded-when-used.js";
import type { FittedLogistic } from "./fitted-logistic.js";

export interface LogisticOptions {
  /**
   * λ, the strength of the penalty on the scale of the mean log loss (scikit-learn's C = 1 / (rows · λ)).
   * Default `"cross-validated"`: the λ of {@link LAMBDAS} with the least held-out log loss.
   */
  readonly lambda?: number | "cross-validated";
  /**
   * How numeric features count: `"linear"` (default) as they are, `"spline"` as natural cubic splines, `"piecewise"` in straight
   * pieces; five knots at quantiles (Harrell 2015), straight beyond the outermost. What bends is shrunk before what is
   * straight. `"auto"`: splines up to 60 numeric features, beyond which bends cost more than they tell. By name for some
   * features only: `{ tenure: "spline" }`.
   */
  readonly terms?: "auto" | TermKind | Readonly<Record<string, TermKind>>;
  /** 0 = L2 (default), 1 = L1, between = elastic net. */
  readonly l1Ratio?: number;
}

const TERM_KINDS: readonly string[] = ["auto", "linear", "spline", "piecewise"];
const MOST_BENDING = 60;

/** The path of penalties: half decades from 1 down to 1e-6. */
export const LAMBDAS: readonly number[] = Array.from({ length: 13 }, (_, step) => 10 ** (-step / 2));

/**
 * Logistic regression on one-hot, standardised features with missing indicators.
 *
 * ```ts
 * const classifier = logisticRegression({ l1Ratio: 1, lambda: 0.01 }); // lasso
 * ```
 */
export function logisticRegression(options: LogisticOptions = {}): Classifier<FittedLogistic> {
  const { lambda = "cross-validated", l1Ratio = 0, terms = "linear" } = options;
  for (const kind of typeof terms === "string" ? [terms] : Object.values(terms)) {
    if (!TERM_KINDS.includes(kind))
      invalidArgument("logisticRegression", "terms", `must be of ${TERM_KINDS.join(", ")}`, kind);
  }
  if (lambda !== "cross-validated" && !(lambda >= 0 && lambda < Number.POSITIVE_INFINITY)) {
    invalidArgument("logisticRegression", "lambda", 'must be a number ≥ 0 or "cross-validated"', lambda);
  }
  if (!(l1Ratio >= 0 && l1Ratio <= 1)) {
    invalidArgument("logisticRegression", "l1Ratio", "must be from 0 to 1", l1Ratio);
  }
  const lambdas = lambda === "cross-validated" ? LAMBDAS : [lambda];
  return loadedWhenUsed("logistic", { family: "logistic", options }, async () => {
    const { logisticTrainer } = await import("./trainer.js");
    return logisticTrainer(lambdas, l1Ratio, ({ features }) => {
      if (typeof terms !== "string") return (feature) => terms[feature] ?? "linear";
      const numerics = features.filter(({ kind }) => kind === "numeric").length;
      const kind = terms === "auto" ? (numerics <= MOST_BENDING ? "spline" : "linear") : terms;
      return () => kind;
    });
  });
}
