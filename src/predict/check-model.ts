import { invalidArgument } from "../errors.js";
import type { ChurnModel } from "./churn-model.js";

/**
 * Makes sure that an argument is a churn model, for public functions.
 * @throws HoldfastError that says how to get one of what was passed.
 */
export function checkModel(
  functionName: string,
  argument: string,
  model: unknown,
): asserts model is ChurnModel {
  if (typeof (model as { predictOne?: unknown } | null | undefined)?.predictOne === "function") return;
  const expected = "must be a ChurnModel";
  if (typeof model === "string") {
    invalidArgument(functionName, argument, expected, model, "load a file with await loadChurnModel(path)");
  }
  if (typeof (model as { then?: unknown } | null | undefined)?.then === "function") {
    invalidArgument(functionName, argument, `${expected}, not a promise of one`, undefined, "await it first");
  }
  const hint = "trainChurnModel and loadChurnModel make one";
  invalidArgument(
    functionName,
    argument,
    model === undefined ? `${expected}, not undefined` : expected,
    model,
    hint,
  );
}
