import type { LongWork } from "../progress.js";
import type { ChurnQuestions } from "./churn-questions.js";
import type { OperatorTables } from "./output/fact-log.js";
import type { WriteOperatorOptions, WrittenTable } from "./output/write-operator.js";
import type { OperatorOptions } from "./plan.js";
import type { TrueChurnOptions } from "./true-churn.js";

/**
 * Simulates a telecom operator month by month with a known hazard of leaving. Returns its history as the standard tables,
 * together with the `truth`, which an operator could not know: the hazard of each subscriber and month, and the effects of
 * the offers of a randomised retention campaign.
 * @example
 * const { truth, ...tables } = await simulateOperator({ subscribers: 2000, months: 18, seed: 1 });
 * const history = await openHistory(tables);
 * @throws HoldfastError with all options that are out of range.
 */
export async function simulateOperator(options: OperatorOptions = {}): Promise<OperatorTables> {
  return (await import("./simulate-operator.js")).simulateOperator(options);
}

/**
 * Simulates an operator and writes its history to files in a folder, one per table, and the truth to the subfolder `truth`,
 * holding at most one block of subscribers in memory. The files appear together, when all are complete.
 * @example await writeOperator("operator", { subscribers: 1_000_000, months: 24, seed: 1 });
 * @throws HoldfastError with all options that are out of range, and `data.unwritable` when the folder is not writable.
 */
export async function writeOperator(
  folder: string,
  options: WriteOperatorOptions = {},
): Promise<readonly WrittenTable[]> {
  return (await import("./output/write-operator.js")).writeOperator(folder, options);
}

/**
 * The true probability of churn of rows of a simulated operator, given all that the simulation knows at each cutoff: the
 * best prediction that any model could make. One number in (0, 1) per row, in their order.
 * @param operator the options that the operator was simulated with
 * @example
 * const truth = await trueChurnProbabilities({ subscribers: 2000, seed: 1 }, { subscriberIds, cutoffs });
 * @throws HoldfastError with all options out of range, unknown ids, and rows whose subscriber is not active at the cutoff.
 */
export async function trueChurnProbabilities(
  operator: OperatorOptions,
  questions: ChurnQuestions,
  options: TrueChurnOptions & LongWork = {},
): Promise<Float64Array> {
  return (await import("./true-churn.js")).trueChurnProbabilities(operator, questions, options);
}
