import { checkOptions, namedErrors } from "../arguments.js";
import type { ChurnModel } from "../predict/churn-model.js";
import { checkTable } from "../table/check-table.js";
import type { Table } from "../table/table.js";
import type { MeasuredTraining } from "./pipeline.js";
import { placeInOptions, TRAIN_OPTIONS, type TrainOptions } from "./train-options.js";

export type { Preference, TrainOptions } from "./train-options.js";

/**
 * Trains a churn model on a table with a label column.
 *
 * Every candidate is cross-fitted on the same folds; the churn model keeps the average of the fold models of the best,
 * or of an ensemble. What is chosen on out-of-fold margins (weights of the ensemble, candidate, calibrator) is chosen
 * once more without each fold, to measure the rows of the fold: metrics are those of the whole procedure (nested
 * cross-validation; Varma & Simon 2006). Where no candidate beats the churn rate itself by more than chance, the model
 * predicts the churn rate. The same table, options and seed give the same model to the last bit.
 *
 * ```ts
 * const model = await trainChurnModel(await readTable("telco.csv"), { label: "Churn", id: "customerID" });
 * console.log(model.training.evaluation.metrics.rocAuc); // { value, low, high }
 * ```
 * @throws HoldfastError for wrong options, labels that are not two values with 20 rows each, infinite numbers, no
 * usable column; with code `aborted` when `signal` was aborted.
 */
export async function trainChurnModel(table: Table, options: TrainOptions = {}): Promise<ChurnModel> {
  checkTable("trainChurnModel", "table", table);
  checkOptions("trainChurnModel", options, TRAIN_OPTIONS);
  // Loaded when used: prediction alone needs no trainer.
  const { train } = await import("./pipeline.js");
  return namedErrors("trainChurnModel", () => train(table, options), placeInOptions(options));
}

/** {@link trainChurnModel} for another public function, with the probabilities that the training measured itself by. */
export async function measuredTraining(
  functionName: string,
  table: Table,
  options: TrainOptions,
): Promise<MeasuredTraining> {
  const { trainAndMeasure } = await import("./pipeline.js");
  return namedErrors(functionName, () => trainAndMeasure(table, options), placeInOptions(options));
}
