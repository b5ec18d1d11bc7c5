import type { Folds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { FitOptions } from "../classifier.js";
import type { FittedRegression } from "./fitted-regression.js";
import { type BoostingOptions, boostingSettings } from "./options.js";

export interface RegressionOptions extends BoostingOptions {
  /**
   * `"squaredError"` (default): the mean of a value, such as next month's revenue. `"poisson"`: the mean of a count ≥ 0,
   * such as calls to the hotline; predictions are positive.
   */
  readonly objective?: "squaredError" | "poisson";
}

/** Boosted trees for values and counts, with the options and the engine of `gradientBoosting`. */
export interface Regression {
  readonly name: string;
  /** Trains on all rows; one target per row. The same data, options and seed give the same trees to the last bit. */
  fit(vectors: Vectors, targets: Float64Array, options?: FitOptions): Promise<FittedRegression>;
  /** Trains one regression per fold on the rows outside it; the fold's rows choose when to stop. */
  crossFit(
    vectors: Vectors,
    targets: Float64Array,
    folds: Folds,
    options?: FitOptions,
  ): Promise<RegressionCrossFit>;
}

export interface RegressionCrossFit {
  readonly models: readonly FittedRegression[];
  /** One per row, from the model that did not see it. */
  readonly outOfFoldPredictions: Float64Array;
  readonly summary: string;
}

/**
 * Gradient boosted trees that predict a value or a count.
 *
 * ```ts
 * const revenue = await gradientBoostingRegression({ rounds: 200 }).fit(vectors, revenueNextMonth);
 * revenue.predict(vectors); // Float64Array, one per row
 * ```
 * `fit` makes exactly `rounds` trees when that is given, else as many as five-fold cross-fitting keeps on average.
 * @throws HoldfastError when an option is out of range.
 */
export function gradientBoostingRegression(options: RegressionOptions = {}): Regression {
  const { objective = "squaredError", ...boosting } = options;
  const settings = boostingSettings(boosting, objective, "gradientBoostingRegression");
  const name = `boosting of ${objective === "poisson" ? "counts" : "values"}, ${settings.maxLeaves} leaves`;
  const trainer = async () => {
    const { regressionTrainer } = await import("./regression-trainer.js");
    return regressionTrainer(name, settings, options.rounds !== undefined);
  };
  return {
    name,
    fit: async (...inputs) => (await trainer()).fit(...inputs),
    crossFit: async (...inputs) => (await trainer()).crossFit(...inputs),
  };
}
