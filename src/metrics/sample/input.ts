import { argumentProblem, Problems } from "../../errors.js";

/** What every metric accepts. */
export interface MetricOptions {
  /** The weight of each row: finite, not negative, not all zero. Default: 1 each. A row of weight 0 is as if absent. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** What a metric requires of its sample beyond lengths that agree and labels of 0 and 1. */
interface SampleRules {
  readonly scoresAre: "scores" | "probabilities";
  /** The argument's name, where it is not the name of what it holds. */
  readonly scoresName?: string | undefined;
  /** Whether labels 0 and 1 must both occur (among rows of positive weight). */
  readonly bothLabels: boolean;
}

/**
 * Checks a sample and collects all of its problems; the caller adds the problems of its options and throws all of them
 * together.
 */
export function sampleProblems(
  functionName: string,
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  { scoresAre, scoresName = scoresAre, bothLabels }: SampleRules,
): Problems {
  const problems = new Problems();
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
      add(`labels[${i}]`, "must be 0 or 1", label);
    } else if (weights === undefined || weights[i] > 0) {
      if (label === 1) positiveRows++;
      else negativeRows++;
    }
  }
  const isProbability = scoresAre === "probabilities";
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i];
    if (!Number.isFinite(score)) add(`${scoresName}[${i}]`, "must be finite", score);
    else if (isProbability && (score < 0 || score > 1)) {
      add(`${scoresName}[${i}]`, "must be in [0, 1]", score, "margins become probabilities by calibration");
    }
  }
  if (weights !== undefined) addWeightProblems(add, weights);
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

function addWeightProblems(
  add: (argument: string, expected: string, received: unknown) => void,
  weights: ArrayLike<number>,
): void {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    if (Number.isFinite(weight) && weight >= 0) total += weight;
    else {
      total = Number.NaN;
      add(`weights[${i}]`, "must be finite and not negative", weight);
    }
  }
  if (weights.length > 0 && total === 0) add("weights", "must not all be zero", total);
  if (total === Number.POSITIVE_INFINITY) add("weights", "must have a finite sum", total);
}
