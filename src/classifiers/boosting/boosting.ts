import type { Classifier } from "../classifier.js";
import { loadedWhenUsed } from "../loaded-when-used.js";
import { type BoostingOptions, boostingSettings } from "./options.js";

/**
 * Gradient boosted trees on binned features: leaf-wise growth, missing values sent where they do best, categories
 * divided natively.
 *
 * `crossFit` stops each fold early on its held-out rows. `fit` makes exactly `rounds` trees when that is given, else
 * as many as cross-fitting kept on average.
 *
 * ```ts
 * const classifier = gradientBoosting({ maxLeaves: 4, learningRate: 0.1 });
 * ```
 * @throws HoldfastError when an option is out of range.
 */
export function gradientBoosting(options: BoostingOptions = {}): Classifier {
  const settings = boostingSettings(options);
  const name = `boosting, ${settings.maxLeaves} leaves`;
  return loadedWhenUsed(name, async () => {
    const { boostingTrainer } = await import("./trainer.js");
    return boostingTrainer(name, settings, options.rounds !== undefined);
  });
}
