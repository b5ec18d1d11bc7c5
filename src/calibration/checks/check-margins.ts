import { argumentProblem, type Problem, Problems } from "../../errors.js";
import { listProblem } from "../../metrics/sample/number-list.js";
import { foldsProblem } from "../../vectors/check-folds.js";
import { marginProblems } from "../calibrator.js";

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
    formProblem(functionName, "margins", margins),
    formProblem(functionName, "labels", labels),
    weights === undefined ? undefined : formProblem(functionName, "weights", weights),
    typeof folds === "object" && folds !== null ? undefined : foldsProblem(functionName, "folds", folds, 0),
    ...others,
  );
  problems.throwIfAny();
  marginProblems(functionName, margins, labels, weights).moveTo(problems);
  add(foldsProblem(functionName, "folds", folds, labels.length));
  problems.throwIfAny();
}

/** Something else in the place of a typed array, such as a plain array of numbers. */
function formProblem(
  functionName: string,
  argument: "margins" | "labels" | "weights",
  list: unknown,
): Problem | undefined {
  if (!(Array.isArray(list) && list.every((each) => typeof each === "number")))
    return listProblem(functionName, argument, list);
  const type = argument === "labels" ? "Uint8Array" : "Float64Array";
  return argumentProblem(
    functionName,
    argument,
    `must be a ${type}`,
    list,
    `write ${type}.from(${argument})`,
  );
}
