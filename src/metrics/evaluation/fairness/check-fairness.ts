import type { OptionNames } from "../../../arguments.js";
import { argumentProblem, HoldfastError } from "../../../errors.js";
import { addGroupProblems } from "../../sample/groups.js";
import { sampleProblems } from "../../sample/input.js";
import { addLevelProblem } from "../../sample/level.js";
import { addRowProblems, listProblem } from "../../sample/number-list.js";
import { addSegmentationProblems, type Segmentation } from "../segmentation.js";
import type { FairnessOptions } from "./fairness-options.js";

const FUNCTION = "groupFairness";

/** @throws HoldfastError with all that is wrong with the arguments of `groupFairness`. */
export function checkFairness(
  labels: ArrayLike<number> | null,
  probabilities: ArrayLike<number>,
  decisions: ArrayLike<number | boolean>,
  segmentations: readonly Segmentation[],
  options: FairnessOptions,
  optionNames: OptionNames<FairnessOptions>,
): void {
  const wrongLists = [
    listProblem(FUNCTION, "probabilities", probabilities),
    listProblem(FUNCTION, "decisions", decisions),
  ].filter((problem) => problem !== undefined);
  if (wrongLists.length > 0) throw new HoldfastError(wrongLists);
  const rows = probabilities.length;
  // Without labels the rest is checked with any.
  const problems = sampleProblems(FUNCTION, labels ?? new Uint8Array(rows), probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: false,
    optionNames,
  });
  const { groups, level = 0.95, leastRows = 30 } = options;
  if (decisions.length !== rows) {
    const expected = `must have the length of probabilities, ${rows}`;
    problems.add(argumentProblem(FUNCTION, "decisions", expected, decisions.length));
  }
  addRowProblems(problems, FUNCTION, "decisions", decisions, {
    expected: "must be true or false",
    isRight: (decision) => typeof decision === "boolean" || decision === 0 || decision === 1,
    hint: (decision) =>
      typeof decision === "number"
        ? "of probabilities: probabilities.map((each) => each >= threshold)"
        : undefined,
  });
  addLevelProblem(problems, FUNCTION, level);
  if (!(Number.isFinite(leastRows) && leastRows >= 1)) {
    problems.add(argumentProblem(FUNCTION, "leastRows", "must be finite and at least 1", leastRows));
  }
  if (groups !== undefined) addGroupProblems(problems, FUNCTION, rows, groups);
  addSegmentationProblems(problems, FUNCTION, rows, segmentations);
  problems.throwIfAny();
}

/** Groups numbered from 0 in the order in which they come. */
export function clustersOf(groups: ArrayLike<number>): Uint32Array {
  const numbers = new Map<number, number>();
  const clusters = new Uint32Array(groups.length);
  for (let row = 0; row < groups.length; row++) {
    let cluster = numbers.get(groups[row]);
    if (cluster === undefined) {
      cluster = numbers.size;
      numbers.set(groups[row], cluster);
    }
    clusters[row] = cluster;
  }
  return clusters;
}
