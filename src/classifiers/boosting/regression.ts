import { checkOptions, namedErrors } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { checkCrossFit, checkFit } from "../check-fit.js";
import { BOOSTING_OPTIONS, type BoostingOptions, boostingSettings } from "./options.js";
import type { Regression } from "./regression-contract.js";

/** Options of {@link gradientBoostingRegression}. */
export interface RegressionOptions extends BoostingOptions {
  /**
   * `"squaredError"` (default): the mean of a value, such as next month's revenue. `"poisson"`: the mean of a count ≥ 0,
   * such as calls to the hotline; predictions are positive.
   */
  readonly objective?: "squaredError" | "poisson";
}

const REGRESSION_OPTIONS = {
  ...Object.fromEntries(Object.keys(BOOSTING_OPTIONS).map((name) => [name, "optional" as const])),
  objective: "optional",
} as const;

/** What other libraries call the objectives. */
const OTHER_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  ["regression", "mse", "l2", "squared_error", "reg:squarederror", "rmse"].map((name) => [
    name,
    'did you mean "squaredError"?',
  ]),
);

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
  const functionName = "gradientBoostingRegression";
  checkOptions(functionName, options, REGRESSION_OPTIONS);
  const { objective = "squaredError", ...boosting } = options;
  if (objective !== "squaredError" && objective !== "poisson") {
    const hint = OTHER_NAMES[String(objective)];
    invalidArgument(functionName, "objective", 'must be "squaredError" or "poisson"', objective, hint);
  }
  const settings = boostingSettings(boosting, objective, functionName);
  const name = `boosting of ${objective === "poisson" ? "counts" : "values"}, ${settings.maxLeaves} leaves`;
  const trainer = async () => {
    const { regressionTrainer } = await import("./regression-trainer.js");
    return regressionTrainer(name, settings, options.rounds !== undefined);
  };
  return {
    name,
    fit: async (vectors, targets, fit = {}) => {
      checkFit(functionName, { vectors, labels: targets, labelsName: "targets", options: fit });
      return namedErrors(functionName, async () => (await trainer()).fit(vectors, targets, fit));
    },
    crossFit: async (vectors, targets, folds, fit = {}) => {
      const inputs = { vectors, labels: targets, labelsName: "targets", options: fit };
      checkCrossFit(functionName, inputs, folds);
      return namedErrors(functionName, async () => (await trainer()).crossFit(vectors, targets, folds, fit));
    },
  };
}
