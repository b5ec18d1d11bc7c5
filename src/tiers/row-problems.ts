import { argumentProblem, Problems } from "../errors.js";

/** Adds all problems of a column of probabilities. */
export function probabilityProblems(
  functionName: string,
  probabilities: ArrayLike<number>,
  { mayBeEmpty }: { readonly mayBeEmpty: boolean },
): Problems {
  const problems = new Problems();
  if (probabilities.length === 0 && !mayBeEmpty) {
    problems.add(argumentProblem(functionName, "probabilities", "must not be empty", 0));
  }
  for (let row = 0; row < probabilities.length; row++) {
    const probability = probabilities[row];
    if (probability >= 0 && probability <= 1) continue;
    problems.add(argumentProblem(functionName, `probabilities[${row}]`, "must be in [0, 1]", probability));
  }
  return problems;
}

/** Adds all problems of the values of subscribers; `rows` is how many there should be. */
export function addValueProblems(
  problems: Problems,
  functionName: string,
  values: ArrayLike<number>,
  rows: number,
): void {
  if (values.length !== rows) {
    problems.add(
      argumentProblem(
        functionName,
        "values",
        `must have the length of probabilities, ${rows}`,
        values.length,
      ),
    );
  }
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isFinite(value) && value >= 0) continue;
    problems.add(argumentProblem(functionName, `values[${row}]`, "must be finite and not negative", value));
  }
}
