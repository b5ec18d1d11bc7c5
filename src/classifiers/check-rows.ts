import { count, invalidArgument, Problems } from "../errors.js";
import { hintOfLabel } from "../metrics/sample/label-hint.js";
import { addRowProblems, hintOfType } from "../metrics/sample/number-list.js";

/** @throws HoldfastError with all labels that are not 0 or 1 and weights that are not finite and ≥ 0, or where all are 0. */
export function checkTrainingRows(
  functionName: string,
  rowCount: number,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): void {
  if (rowCount === 0) invalidArgument(functionName, "vectors", "must have rows", rowCount);
  const lengthOf = `must have one per row, ${count(rowCount, "row")}`;
  if (labels.length !== rowCount) invalidArgument(functionName, "labels", lengthOf, labels.length);
  if (weights !== undefined && weights.length !== rowCount)
    invalidArgument(functionName, "weights", lengthOf, weights.length);
  const problems = new Problems();
  addRowProblems(problems, functionName, "labels", labels, {
    expected: "must be 0 or 1",
    isRight: (label) => label === 0 || label === 1,
    hint: (label) => hintOfLabel(label, labels),
  });
  let total = weights === undefined ? rowCount : 0;
  if (weights !== undefined) {
    addRowProblems(problems, functionName, "weights", weights, {
      expected: "must be a finite number ≥ 0",
      isRight: (weight) => Number.isFinite(weight) && (weight as number) >= 0,
      hint: (weight) => hintOfType("weights", weight),
    });
    for (let row = 0; row < rowCount; row++) total += weights[row];
  }
  problems.throwIfAny();
  if (total === 0) invalidArgument(functionName, "weights", "must not all be 0", total);
}

/** @throws HoldfastError as {@link checkTrainingRows}, and for rows of positive weight that all have the same label. */
export function checkBothOutcomes(
  functionName: string,
  rowCount: number,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): void {
  checkTrainingRows(functionName, rowCount, labels, weights);
  const counted = [0, 0];
  for (let row = 0; row < rowCount; row++) counted[labels[row]] += weights === undefined ? 1 : weights[row];
  if (counted[0] === 0 || counted[1] === 0)
    invalidArgument(functionName, "labels", "must hold both 0 and 1", counted[0] === 0 ? 1 : 0);
}
