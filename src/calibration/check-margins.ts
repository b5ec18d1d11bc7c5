import { argumentProblem, type Problem, Problems } from "../errors.js";
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
  problems.add(...others, ...typedProblems(functionName, { margins, labels, weights }));
  if (typeof folds !== "object" || folds === null) {
    const problem = foldsProblem(functionName, "folds", folds, 0);
    if (problem !== undefined) problems.add(problem);
  }
  problems.throwIfAny();
  marginProblems(functionName, margins, labels, weights).moveTo(problems);
  const problem = foldsProblem(functionName, "folds", folds, labels.length);
  if (problem !== undefined) problems.add(problem);
  problems.throwIfAny();
}

/** Plain arrays in the place of typed ones. */
function typedProblems(
  functionName: string,
  { margins, labels, weights }: Readonly<Record<"margins" | "labels" | "weights", unknown>>,
): Problem[] {
  const problem = (argument: string, list: unknown, type: string) =>
    Array.isArray(list) && list.every((each) => typeof each === "number")
      ? [
          argumentProblem(
            functionName,
            argument,
            `must be a ${type}`,
            list,
            `write ${type}.from(${argument})`,
          ),
        ]
      : [];
  return [
    ...problem("margins", margins, "Float64Array"),
    ...problem("labels", labels, "Uint8Array"),
    ...problem("weights", weights, "Float64Array"),
  ];
}
