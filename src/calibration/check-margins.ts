import { argumentProblem, type Problem, Problems } from "../errors.js";
import { listProblem } from "../metrics/sample/number-list.js";
import { foldsProblem } from "../vectors/check-folds.js";
import { marginProblems } from "./calibrator.js";

/**
 * Checks out-of-fold margins with their labels and folds.
 * @throws HoldfastError with all problems, `others` among them.
 */
export function checkMargins(
  functionName: string,
  margins: Float64Array,
  labels: Uint8Array,
  folds: unknown,
  weights?: Float64Array,
  others: readonly Problem[] = [],
): void {
  const problems = new Problems();
  const add = (...found: readonly (Problem | undefined)[]) =>
    problems.add(...found.filter((problem) => problem !== undefined));
  add(
    listProblem(functionName, "margins", margins) ?? plainProblem(functionName, "margins", margins),
    listProblem(functionName, "labels", labels) ?? plainProblem(functionName, "labels", labels),
    weights && plainProblem(functionName, "weights", weights),
    typeof folds === "object" && folds !== null ? undefined : foldsProblem(functionName, "folds", folds, 0),
    ...others,
  );
  problems.throwIfAny();
  marginProblems(functionName, margins, labels, weights).moveTo(problems);
  add(foldsProblem(functionName, "folds", folds, labels.length));
  problems.throwIfAny();
}

/** A plain array of numbers in the place of a typed one. */
function plainProblem(
  functionName: string,
  argument: "margins" | "labels" | "weights",
  list: unknown,
): Problem | undefined {
  if (!(Array.isArray(list) && list.every((each) => typeof each === "number"))) return undefined;
  const type = argument === "labels" ? "Uint8Array" : "Float64Array";
  return argumentProblem(
    functionName,
    argument,
    `must be a ${type}`,
    list,
    `write ${type}.from(${argument})`,
  );
}
