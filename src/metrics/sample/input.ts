import { type OptionNames, optionProblems } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import { causeOfNumbers, hintOfLabel } from "./label-hint.js";
import { addRowProblems, hintOfType, listProblem } from "./number-list.js";

/** What every metric accepts. */
export interface MetricOptions {
  /** The weight of each row: finite, not negative, not all zero. Default: 1 each. A row of weight 0 is as if absent. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** The names of {@link MetricOptions}. */
export const METRIC_OPTIONS: OptionNames<MetricOptions> = { weights: "optional" };

/** What a metric requires of its sample beyond lengths that agree and labels of 0 and 1. */
interface SampleRules {
  readonly scoresAre: "scores" | "probabilities";
  /** The argument's name, where it is not the name of what it holds. */
  readonly scoresName?: string | undefined;
  /** Whether labels 0 and 1 must both occur (among rows of positive weight). */
  readonly bothLabels: boolean;
  /** The options of the function. Default: `weights` only. */
  readonly optionNames?: Readonly<Record<string, "optional" | "required">>;
  /** Whether scores come before labels in the function's arguments. Default false. */
  readonly scoresFirst?: boolean;
}

/**
 * Checks a sample and the names of the options and collects all of their problems; the caller adds the problems of its
 * options' values and throws all of them together.
 * @throws HoldfastError at once where labels, scores, weights or options are something else altogether.
 */
export function sampleProblems(
  functionName: string,
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: object,
  rules: SampleRules,
): Problems {
  const { scoresAre, scoresName = scoresAre, bothLabels, optionNames = METRIC_OPTIONS } = rules;
  const problems = checkedForm(functionName, { labels, [scoresName]: scores }, options, optionNames);
  const { weights }: MetricOptions = options;
  const add = (argument: string, expected: string, received: unknown, hint?: string) =>
    problems.add(argumentProblem(functionName, argument, expected, received, hint));
  const rows = labels.length;
  if (rows === 0) add("labels", "must not be empty", rows);
  if (scores.length !== rows) add(scoresName, `must have the length of labels, ${rows}`, scores.length);
  if (weights !== undefined && weights.length !== rows) {
    add("weights", `must have the length of labels, ${rows}`, weights.length);
  }

  let labelsAreValid = true;
  let positiveRows = 0;
  let negativeRows = 0;
  for (let i = 0; i < rows; i++) {
    const label = labels[i];
    if (label !== 0 && label !== 1) {
      labelsAreValid = false;
    } else if (weights === undefined || weights[i] > 0) {
      if (label === 1) positiveRows++;
      else negativeRows++;
    }
  }
  if (!labelsAreValid) {
    const order = rules.scoresFirst === true ? [scoresName, "labels"] : ["labels", scoresName];
    addLabelProblems(problems, functionName, labels, scores, `${order[0]} come before ${order[1]}`);
  }
  addScoreProblems(problems, functionName, scoresName, scores, scoresAre === "probabilities");
  if (weights !== undefined) addWeightProblems(problems, functionName, weights);
  if (bothLabels && rows > 0 && labelsAreValid && problems.count === 0) {
    if (positiveRows === 0) add("labels", "must hold both classes", "no label 1 in a row of positive weight");
    if (negativeRows === 0) add("labels", "must hold both classes", "no label 0 in a row of positive weight");
  }
  return problems;
}

/** How many rows a sample counts for: whole weights are that many rows each, else those of positive weight count. */
export function countedRows(rows: number, weights: ArrayLike<number> | undefined): number {
  if (weights === undefined) return rows;
  let counted = 0;
  let total = 0;
  let isWhole = true;
  for (let i = 0; i < rows; i++) {
    if (weights[i] > 0) counted++;
    if (!Number.isInteger(weights[i])) isWhole = false;
    total += weights[i];
  }
  return isWhole ? total : counted;
}

/** The problems of names of options. @throws HoldfastError where something is neither a list nor an object of options. */
function checkedForm(
  functionName: string,
  lists: Readonly<Record<string, unknown>>,
  options: object,
  optionNames: Readonly<Record<string, "optional" | "required">>,
): Problems {
  const problems = new Problems();
  const isObject = typeof options === "object" && options !== null;
  const { weights }: MetricOptions = isObject ? options : {};
  const given = weights === undefined ? lists : { ...lists, weights };
  for (const [argument, list] of Object.entries(given)) {
    const problem = listProblem(functionName, argument, list);
    if (problem !== undefined) problems.add(problem);
  }
  const areLists = problems.count === 0;
  problems.add(...optionProblems(functionName, options, optionNames));
  if (!(areLists && isObject) || problems.list.some(({ path }) => path.argument === "options")) {
    problems.throwIfAny();
  }
  return problems;
}

/** Adds the labels other than 0 and 1. @param order what comes first, as a clause, for scores in the place of labels. */
function addLabelProblems(
  problems: Problems,
  functionName: string,
  labels: ArrayLike<unknown>,
  scores: ArrayLike<unknown>,
  order: string,
): void {
  const expected = "must be 0 or 1";
  const isRight = (label: unknown) => label === 0 || label === 1;
  const cause = causeOfNumbers(labels, scores, order);
  if (cause === undefined) {
    const hint = (label: unknown) => hintOfLabel(label, labels);
    addRowProblems(problems, functionName, "labels", labels, { expected, isRight, hint });
    return;
  }
  const row = Array.from(labels).findIndex((label) => !isRight(label));
  problems.add(argumentProblem(functionName, `labels[${row}]`, expected, labels[row], cause));
}

/** Adds scores that are not finite and, where they are probabilities, those outside [0, 1]. */
function addScoreProblems(
  problems: Problems,
  functionName: string,
  name: string,
  scores: ArrayLike<number>,
  areProbabilities: boolean,
): void {
  const most = areProbabilities ? 1 : Number.MAX_VALUE;
  const least = areProbabilities ? 0 : -Number.MAX_VALUE;
  let areRight = true;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i];
    if (!(typeof score === "number" && score >= least && score <= most)) areRight = false;
  }
  if (areRight) return;
  const calibrate = "margins become probabilities by calibration";
  const arePercentages = Array.from(scores).every((score) => score >= 0 && score <= 100);
  const outside = arePercentages
    ? `percentages become probabilities by Array.from(${name}, (each) => each / 100), ${calibrate}`
    : calibrate;
  addRowProblems(problems, functionName, name, scores, {
    expected: (score) => (Number.isFinite(score) ? "must be in [0, 1]" : finiteOf(score)),
    isRight: (score) => typeof score === "number" && score >= least && score <= most,
    hint: (score) => (Number.isFinite(score) ? outside : hintOfType(name, score)),
  });
}

function finiteOf(value: unknown): string {
  return typeof value === "number" ? "must be finite" : "must be a finite number";
}

function addWeightProblems(problems: Problems, functionName: string, weights: ArrayLike<number>): void {
  const isRight = (weight: unknown) => Number.isFinite(weight) && (weight as number) >= 0;
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += isRight(weights[i]) ? weights[i] : Number.NaN;
  const add = (expected: string) => problems.add(argumentProblem(functionName, "weights", expected, total));
  if (Number.isNaN(total)) {
    addRowProblems(problems, functionName, "weights", weights, {
      expected: (weight) => `${finiteOf(weight)} and not negative`,
      isRight,
      hint: (weight) => hintOfType("weights", weight),
    });
  }
  if (weights.length > 0 && total === 0) add("must not all be zero");
  if (total === Number.POSITIVE_INFINITY) add("must have a finite sum");
}
