import type { OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { meanAndError } from "../../math/mean-and-error.js";
import { Pulse } from "../../progress.js";
import { foldsFor, rowsOfFold } from "../../vectors/folds.js";
import { fitLinearEncoding, linearColumnNames, linearDesign } from "../../vectors/linear-design.js";
import type { Vectors } from "../../vectors/vectors.js";
import { checkFit, FIT_OPTIONS } from "../check-fit.js";
import { checkBothOutcomes } from "../check-rows.js";
import type { FitOptions } from "../classifier.js";
import { meanLogLossOfMargins } from "../margins.js";
import { LogisticObjective, marginOfRow } from "./objective.js";
import { solveLogistic } from "./solve.js";

/** Options of {@link elasticNetPath}. */
export interface ElasticNetPathOptions extends FitOptions {
  /** 1 = lasso (default), towards 0 = ridge; above 0. */
  readonly l1Ratio?: number;
  /** Number of penalties, evenly spaced on a logarithmic scale. Default 50. */
  readonly steps?: number;
  /** The least penalty, as a share of the one at which all coefficients are 0. Default 0.001. */
  readonly leastRatio?: number;
  /** Folds of the cross-validation, 2 to 20. Default 10. */
  readonly folds?: number;
}

const PATH_OPTIONS: OptionNames<ElasticNetPathOptions> = {
  ...FIT_OPTIONS,
  l1Ratio: "optional",
  steps: "optional",
  leastRatio: "optional",
  folds: "optional",
};

/** Coefficients along falling penalties, with their loss on held-out rows. */
export interface ElasticNetPath {
  /** Names of the coefficients: `"tenure"`, `"Contract = Two year"`; numeric columns are per standard deviation. */
  readonly columns: readonly string[];
  /** Falling. At the first all coefficients are 0. */
  readonly lambdas: readonly number[];
  readonly intercepts: readonly number[];
  /** One list a penalty, in the order of `columns`. */
  readonly coefficients: readonly (readonly number[])[];
  /** Mean held-out log loss over the folds, and its standard error. */
  readonly losses: readonly number[];
  readonly standardErrors: readonly number[];
  /** The penalty of the least loss, and the largest within one standard error of it. */
  readonly lambdaMin: number;
  readonly lambda1se: number;
}

/**
 * The whole path of an elastic net, warm-started from penalty to penalty (Friedman, Hastie & Tibshirani 2010, section 2.5),
 * with the cross-validated loss of each: which features enter first, and how many are worth it.
 * @throws HoldfastError for options out of range, labels other than 0 and 1, or labels of one class only.
 */
export async function elasticNetPath(
  vectors: Vectors,
  labels: Uint8Array,
  options: ElasticNetPathOptions = {},
): Promise<ElasticNetPath> {
  checkFit("elasticNetPath", { vectors, labels, options, optionNames: PATH_OPTIONS });
  const { l1Ratio = 1, steps = 50, leastRatio = 1e-3, folds: foldCount = 10, seed = 0, weights } = options;
  if (!(l1Ratio > 0 && l1Ratio <= 1))
    invalidArgument("elasticNetPath", "l1Ratio", "must be above 0 and at most 1", l1Ratio);
  if (!(Number.isInteger(steps) && steps >= 2))
    invalidArgument("elasticNetPath", "steps", "must be a whole number ≥ 2", steps);
  if (!(leastRatio > 0 && leastRatio < 1))
    invalidArgument("elasticNetPath", "leastRatio", "must be between 0 and 1", leastRatio);
  if (!(Number.isInteger(foldCount) && foldCount >= 2 && foldCount <= 20))
    invalidArgument("elasticNetPath", "folds", "must be a whole number from 2 to 20", foldCount);
  checkBothOutcomes("elasticNetPath", vectors.rowCount, labels, weights);
  const encoding = fitLinearEncoding(vectors, undefined, { weights });
  const design = linearDesign(encoding, vectors);
  const all = Int32Array.from(labels.keys());
  const largest =
    largestPenalty(new LogisticObjective(design, labels, all, weights), labels, weights) / l1Ratio;
  const lambdas = Array.from({ length: steps }, (_, step) => largest * leastRatio ** (step / (steps - 1)));
  const folds = foldsFor({ function: "elasticNetPath", argument: "labels" }, labels, foldCount, seed);
  const pulse = new Pulse(options);
  const total = foldCount + 1;
  const follow = async (rows: Int32Array, done: number) => {
    let start: Float64Array | undefined;
    const path: Float64Array[] = [];
    for (const lambda of lambdas) {
      pulse.report({ phase: "elastic net path", done, total });
      await pulse.beat();
      const given = start === undefined ? {} : { start };
      start = solveLogistic(
        design,
        labels,
        rows,
        { lambda, l1Ratio },
        { weights, tolerance: 1e-8, ...given },
      );
      path.push(start);
    }
    return path;
  };
  const path = await follow(all, 0);
  const lossesOfFolds: number[][] = [];
  for (let fold = 0; fold < foldCount; fold++) {
    const ofFold = await follow(rowsOfFold(folds, fold, true), fold + 1);
    const heldOut = rowsOfFold(folds, fold);
    lossesOfFolds.push(
      ofFold.map((parameters) => {
        const margins = new Float64Array(labels.length);
        for (const row of heldOut) margins[row] = marginOfRow(design, row, parameters);
        return meanLogLossOfMargins(margins, labels, heldOut, weights);
      }),
    );
  }
  pulse.report({ phase: "elastic net path", done: total, total });
  const measured = lambdas.map((_, step) => meanAndError(lossesOfFolds.map((of) => of[step])));
  const losses = measured.map(({ mean }) => mean);
  const standardErrors = measured.map(({ error }) => error);
  const best = losses.indexOf(Math.min(...losses));
  const columns = encoding.columnCount;
  return {
    columns: linearColumnNames(encoding),
    lambdas,
    intercepts: path.map((parameters) => parameters[columns]),
    coefficients: path.map((parameters) => Array.from(parameters.subarray(0, columns))),
    losses,
    standardErrors,
    lambdaMin: lambdas[best],
    lambda1se: lambdas[losses.findIndex((loss) => loss <= losses[best] + standardErrors[best])],
  };
}

/** The least L1 penalty at which all coefficients stay 0: the steepest slope with only the intercept. */
function largestPenalty(
  objective: LogisticObjective,
  labels: Uint8Array,
  weights: Float64Array | undefined,
): number {
  let churned = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    churned += weight * labels[row];
    total += weight;
  }
  const parameters = new Float64Array(objective.size);
  parameters[objective.size - 1] = Math.log(churned / (total - churned));
  objective.loss(parameters);
  const gradient = new Float64Array(objective.size);
  objective.gradient(gradient);
  return gradient.subarray(0, objective.size - 1).reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
}
