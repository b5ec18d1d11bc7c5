import { type BoostingOptions, boostingSettings } from "./options.js";
import type { Regression } from "./regression-contract.js";

/** Options of {@link gradientBoostingRegression}. */
export interface RegressionOptions extends BoostingOptions {
  /**
   * `"squaredError"` (default): the mean of a value, such as next month's revenue. `"poisson"`: the mean of a count ≥ 0,
   * such as calls to the hotline; predictions are positive.
   */
  readonly objective?: "squaredError" | "poisson";
}

/**
 * Gradient boosted trees that predict a value or a count.
 *
 * ```ts
 * const revenue = await gradientBoostingRegression({ rounds: 200 }).fit(vectors, revenueNextMonth);
 * revenue.predict(vectors); // Float64Array, one per row
 * ```
 * `fit` makes exactly `rounds` trees when that is given, else the mean number that five-fold cross-fitting keeps.
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
