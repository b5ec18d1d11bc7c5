import { argumentProblem, type Problems } from "../errors.js";
import {
  addRowProblems,
  hintOfType,
  listProblem,
  probabilityListProblems,
} from "../metrics/sample/number-list.js";

/** Adds all problems of a column of probabilities. */
export function probabilityProblems(
  functionName: string,
  probabilities: ArrayLike<number>,
  { mayBeEmpty }: { readonly mayBeEmpty: boolean },
): Problems {
  const problems = probabilityListProblems(functionName, probabilities);
  if (problems.count === 0 && probabilities.length === 0 && !mayBeEmpty) {
    problems.add(argumentProblem(functionName, "probabilities", "must not be empty", 0));
  }
  return problems;
}

/** Adds all problems of the weights of so many rows. */
export function addWeightListProblems(
  problems: Problems,
  functionName: string,
  argument: string,
  weights: ArrayLike<number>,
  rows: number,
): void {
  const problem = listProblem(functionName, argument, weights);
  if (problem !== undefined) {
    problems.add(problem);
    return;
  }
  if (weights.length !== rows) {
    problems.add(argumentProblem(functionName, argument, `must have one per row, ${rows}`, weights.length));
  }
  let total = 0;
  for (let row = 0; row < weights.length; row++) total += weights[row];
  addRowProblems(problems, functionName, argument, weights, {
    expected: "must be finite and not negative",
    isRight: (value) => Number.isFinite(value) && (value as number) >= 0,
    hint: (value) => hintOfType(argument, value),
  });
  if (rows > 0 && total === 0) {
    problems.add(argumentProblem(functionName, argument, "must not all be zero", total));
  }
}

/** Adds all problems of the values of subscribers; `rows` is how many there should be; default: any number. */
export function addValueProblems(
  problems: Problems,
  functionName: string,
  values: ArrayLike<number>,
  rows: number | undefined,
): void {
  const problem = listProblem(functionName, "values", values);
  if (problem !== undefined) {
    problems.add(problem);
    return;
  }
  if (rows !== undefined && values.length !== rows) {
    problems.add(
      argumentProblem(
        functionName,
        "values",
        `must have the length of probabilities, ${rows}`,
        values.length,
      ),
    );
  }
  addRowProblems(problems, functionName, "values", values, {
    expected: "must be finite and not negative",
    isRight: (value) => Number.isFinite(value) && (value as number) >= 0,
    hint: (value) => hintOfType("values", value),
  });
}
