import { namedErrors } from "../../arguments.js";
import type { TrainingChunks } from "../../trees/binning/training-chunks.js";
import type { Classifier, FitOptions, FittedClassifier } from "../classifier.js";
import { loadedWhenUsed } from "../loaded-when-used.js";
import { checkChunks, checkedChunks } from "./check-chunks.js";
import type { FittedBoosting } from "./fitted-boosting.js";
import { type BoostingOptions, boostingSettings } from "./options.js";

/**
 * Gradient boosted trees on binned features: leaf-wise growth, missing values sent to the better side, categories
 * split natively.
 *
 * `crossFit` keeps of each fold as many trees as are best on the held-out rows of the other folds. `fit` makes exactly `rounds` trees when that is given, else
 * the mean number that cross-fitting kept.
 *
 * ```ts
 * const classifier = gradientBoosting({ maxLeaves: 4, learningRate: 0.1 });
 * ```
 * @throws HoldfastError when an option is out of range.
 */
export function gradientBoosting(options: BoostingOptions = {}): Classifier<FittedBoosting> {
  const settings = boostingSettings(options);
  const name = `boosting, ${settings.maxLeaves} leaves`;
  return loadedWhenUsed("gradientBoosting", name, { family: "boosting", options }, async () => {
    const { boostingTrainer } = await import("./trainer.js");
    return boostingTrainer(name, settings, options.rounds !== undefined);
  });
}

/**
 * Trains gradient boosted trees on rows that arrive in chunks and are never all in memory as numbers, only as one
 * byte per value (twice). Makes exactly `rounds` trees.
 *
 * ```ts
 * const model = await gradientBoostingFromChunks({ rowCount, chunks }, { rounds: 200 });
 * ```
 * @throws HoldfastError when an option is out of range, a label is not 0 or 1, or there is not enough memory.
 */
export async function gradientBoostingFromChunks(
  source: TrainingChunks,
  options: BoostingOptions & { readonly rounds: number },
  fit: Omit<FitOptions, "weights"> = {},
): Promise<FittedClassifier> {
  checkChunks(source, options, fit);
  const settings = boostingSettings(options, "logLoss", "gradientBoostingFromChunks");
  const { chunkTrainer } = await import("./trainer.js");
  return namedErrors("gradientBoostingFromChunks", () => chunkTrainer(settings, checkedChunks(source), fit));
}
