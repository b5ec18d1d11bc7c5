import { argumentProblem, type Problems } from "../../errors.js";
import { addRowProblems, hintOfType, listProblem } from "./number-list.js";

/** Adds what is wrong with numbers that say which rows belong together. @param rows how many there should be. */
export function addGroupProblems(
  problems: Problems,
  functionName: string,
  rows: number,
  groups: ArrayLike<number>,
): void {
  const problem = listProblem(functionName, "groups", groups);
  if (problem !== undefined) {
    problems.add(problem);
    return;
  }
  if (groups.length !== rows) {
    const expected = `must have the length of labels, ${rows}`;
    problems.add(argumentProblem(functionName, "groups", expected, groups.length));
  }
  addRowProblems(problems, functionName, "groups", groups, {
    expected: "must be finite",
    isRight: Number.isFinite,
    hint: (group) =>
      hintOfType("groups", group) ??
      (typeof group === "string"
        ? "number the texts: groups.map((id) => ids.indexOf(id)) with const ids = [...new Set(groups)]"
        : undefined),
  });
}
