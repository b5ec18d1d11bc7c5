import { invalidArgument } from "../errors.js";

/** @throws HoldfastError for anything in the place of a model that is none, with what makes a model of it. */
export function checkModel(functionName: string, argument: string, model: unknown): void {
  const expected = "must be a churn model";
  if (model instanceof Promise) {
    invalidArgument(functionName, argument, `${expected}, not a promise of one`, undefined, "await it first");
  }
  if (typeof model === "string") {
    invalidArgument(functionName, argument, expected, model, "load it: await loadChurnModel(path)");
  }
  const isModel =
    typeof model === "object" &&
    model !== null &&
    "predictOne" in model &&
    typeof model.predictOne === "function";
  if (isModel) return;
  const hint = "models come from trainChurnModel and loadChurnModel";
  const isTable = typeof model === "object" && model !== null && "rowCount" in model;
  if (isTable) invalidArgument(functionName, argument, `${expected}, not a Table`, undefined, hint);
  invalidArgument(functionName, argument, expected, model, hint);
}
