import { type OptionNames, optionProblems } from "../arguments.js";
import { argumentProblem, HoldfastError, type Problem } from "../errors.js";
import { listProblem } from "../metrics/sample/number-list.js";
import { foldsProblem } from "../vectors/check-folds.js";
import { vectorsProblem } from "../vectors/check-vectors.js";
import type { Vectors } from "../vectors/vectors.js";
import type { FitOptions } from "./classifier.js";

/** The names of {@link FitOptions}. */
export const FIT_OPTIONS: OptionNames<FitOptions> = {
  seed: "optional",
  weights: "optional",
  rowsBelongTogether: "optional",
  threads: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** What a caller passed for training. */
interface FitInputs {
  readonly vectors: unknown;
  /** Labels or targets. */
  readonly labels: unknown;
  /** What labels are called. Default `"labels"`. */
  readonly labelsName?: string;
  readonly options: unknown;
  /** The options of the function. Default: those of training. */
  readonly optionNames?: Readonly<Record<string, "optional" | "required">>;
}

/** @throws HoldfastError where vectors, labels or options are something else altogether. */
export function checkFit(
  functionName: string,
  { vectors, labels, labelsName = "labels", options, optionNames = FIT_OPTIONS }: FitInputs,
): void {
  const problems = [
    vectorsProblem(functionName, "vectors", vectors),
    listProblem(functionName, labelsName, labels),
    ...optionProblems(functionName, options, optionNames),
    ...valueProblems(functionName, options),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new HoldfastError(problems);
}

/** @throws HoldfastError as {@link checkFit}, and where there are no folds of these rows. */
export function checkCrossFit(functionName: string, inputs: FitInputs, folds: unknown): void {
  checkFit(functionName, inputs);
  const problem = foldsProblem(functionName, "folds", folds, (inputs.vectors as Vectors).rowCount);
  if (problem !== undefined) throw new HoldfastError(problem);
}

/** What is wrong with the options of training, where they are an object. */
export function valueProblems(functionName: string, options: unknown): Problem[] {
  if (typeof options !== "object" || options === null) return [];
  const { seed = 0, weights, threads = 1 }: FitOptions = options;
  const problems: Problem[] = [];
  const add = (argument: string, expected: string, received: unknown) =>
    problems.push(argumentProblem(functionName, argument, expected, received));
  if (!Number.isSafeInteger(seed)) add("seed", "must be a whole number", seed);
  if (!(Number.isInteger(threads) && threads >= 1)) add("threads", "must be a whole number ≥ 1", threads);
  const problem = weights === undefined ? undefined : listProblem(functionName, "weights", weights);
  return problem === undefined ? problems : [...problems, problem];
}
