import { count, invalidArgument, Problems } from "../../errors.js";
import type { LabelFacts } from "./scales.js";
import type { ObjectiveName } from "./settings.js";
import type { RowFacts } from "./training-rows.js";

/** Sums over labels and weights that training starts from. */
export interface LabelSums extends LabelFacts {
  /** Of the rows to train on. */
  readonly totalWeight: number;
  readonly weightedLabels: number;
  readonly squaredWeights: number;
  readonly heldOutWeight: number;
}

/** One pass over labels and weights; the rows of `heldOutFold` only enter `heldOutWeight`. */
export function labelFacts({ labels, weights, folds }: RowFacts, heldOutFold: number): LabelSums {
  let totalWeight = 0;
  let weightedLabels = 0;
  let squaredWeights = 0;
  let heldOutWeight = 0;
  let largestWeight = 0;
  let lowestLabel = Number.POSITIVE_INFINITY;
  let highestLabel = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights?.[row] ?? 1;
    const label = labels[row];
    largestWeight = Math.max(largestWeight, weight);
    lowestLabel = Math.min(lowestLabel, label);
    highestLabel = Math.max(highestLabel, label);
    if (folds !== undefined && folds[row] === heldOutFold) {
      heldOutWeight += weight;
    } else {
      totalWeight += weight;
      weightedLabels += weight * label;
      squaredWeights += weight * weight;
    }
  }
  const range = { rowCount: labels.length, largestWeight, lowestLabel, highestLabel };
  return { ...range, totalWeight, weightedLabels, squaredWeights, heldOutWeight };
}

/** The margin that fits the training rows best without a tree. @throws HoldfastError when there is none. */
export function bestConstant(objective: ObjectiveName, { totalWeight, weightedLabels }: LabelSums): number {
  if (objective === "squaredError") return weightedLabels / totalWeight;
  if (objective === "poisson") {
    if (!(weightedLabels > 0)) {
      refuse(objective, "must hold a count above 0 in the rows to train on", weightedLabels);
    }
    return Math.log(weightedLabels / totalWeight);
  }
  if (!(weightedLabels > 0 && weightedLabels < totalWeight)) {
    refuse(objective, "must hold both classes in the rows to train on", weightedLabels);
  }
  return Math.log(weightedLabels / (totalWeight - weightedLabels));
}

/** Variance of a weighted gradient divided by its weighted hessian, where a label's variance is its hessian. */
export function noiseOfWeights({ squaredWeights, totalWeight }: LabelSums): number {
  return squaredWeights / totalWeight;
}

const LABELS = {
  logLoss: [(label: number) => label === 0 || label === 1, "must be 0 or 1"],
  squaredError: [Number.isFinite, "must be a finite number"],
  poisson: [(label: number) => label >= 0 && Number.isFinite(label), "must be a finite number ≥ 0"],
} as const;

/** The most rows that a list of row numbers can address. */
const MOST_ROWS = 2 ** 31;

/** @throws HoldfastError with all invalid labels and weights. */
export function checkRows(
  functionName: string,
  objective: ObjectiveName,
  rowCount: number,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): void {
  if (rowCount > MOST_ROWS) invalidArgument(functionName, "vectors", "must have at most 2^31 rows", rowCount);
  if (rowCount === 0) invalidArgument(functionName, "vectors", "must have rows", rowCount);
  const lengthOf = `must have one per row, ${count(rowCount, "row")}`;
  const name = labelsName(objective);
  if (labels.length !== rowCount) invalidArgument(functionName, name, lengthOf, labels.length);
  if (weights !== undefined && weights.length !== rowCount)
    invalidArgument(functionName, "weights", lengthOf, weights.length);
  const problems = new Problems();
  const [isLabel, expected] = LABELS[objective];
  const add = (argument: string, should: string, received: number) =>
    problems.add({
      code: "argument.invalid",
      path: { function: functionName, argument },
      expected: should,
      received,
    });
  let totalWeight = 0;
  for (let row = 0; row < rowCount; row++) {
    if (!isLabel(labels[row])) add(`${name}[${row}]`, expected, labels[row]);
    const weight = weights?.[row] ?? 1;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      add(`weights[${row}]`, "must be a finite number ≥ 0", weight);
    }
    totalWeight += weight;
  }
  problems.throwIfAny();
  if (totalWeight === 0) invalidArgument(functionName, "weights", "must not all be 0", totalWeight);
}

/** The function that a user called to train for an objective, as errors name it. */
export function trainingFunction(objective: ObjectiveName): string {
  return objective === "logLoss" ? "gradientBoosting" : "gradientBoostingRegression";
}

function labelsName(objective: ObjectiveName): string {
  return objective === "logLoss" ? "labels" : "targets";
}

function refuse(objective: ObjectiveName, expected: string, received: number): never {
  return invalidArgument(trainingFunction(objective), labelsName(objective), expected, received);
}
