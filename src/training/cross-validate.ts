import { checkOptions, namedErrors, type OptionNames } from "../arguments.js";
import { invalidArgument } from "../errors.js";
import { meanAndError } from "../math/mean-and-error.js";
import type { MetricInterval } from "../metrics/bootstrap/bootstrap-options.js";
import { type Evaluation, evaluateScoresInWorkers } from "../metrics/evaluation/evaluate-scores.js";
import { logLoss } from "../metrics/probability/log-loss.js";
import { type RocAucInterval, rocAucInterval } from "../metrics/ranking/roc-auc-interval.js";
import { checkTable } from "../table/check-table.js";
import { type Table, takeRows } from "../table/table.js";
import { readLabels } from "../vectors/column-roles/labels.js";
import { rowGroups, withoutGaps } from "../vectors/column-roles/row-groups.js";
import { weighedTable } from "../vectors/column-roles/row-weights.js";
import { foldsFor, rowsOfFold } from "../vectors/folds.js";
import { seedOfRepeat } from "./candidates/cross-fit-repeatedly.js";
import { rolesOf } from "./known-roles.js";
import { trainChurnModel } from "./train.js";
import { placeInOptions, TRAIN_OPTIONS, type TrainOptions } from "./train-options.js";

/** Rows to train on and rows to be measured on, numbered from 0. */
export interface RowSplit {
  readonly train: ArrayLike<number>;
  readonly test: ArrayLike<number>;
}

/** Options of {@link crossValidate}: those of training, and how the rows are split. */
export interface CrossValidateOptions extends TrainOptions {
  /**
   * How many folds to hold out in turn, 2 to 20 (default 5), stratified by label, rows of one id or group in one fold; or
   * your own splits, by time for example.
   */
  readonly splits?: number | readonly RowSplit[];
  /** How often it is repeated, each time on newly assigned folds, 1 to 20. Default 1. */
  readonly rounds?: number;
}

const CROSS_VALIDATE_OPTIONS: OptionNames<CrossValidateOptions> = {
  ...TRAIN_OPTIONS,
  splits: "optional",
  rounds: "optional",
};

/** A churn model, measured on rows that no part of it has seen. */
export interface SplitResult {
  readonly trainRows: number;
  readonly testRows: number;
  readonly logLoss: number;
  readonly rocAuc: RocAucInterval;
  /** The candidate that was kept. */
  readonly classifier: string;
}

/** What {@link crossValidate} measured, by split and of all held-out rows together. */
export interface CrossValidation {
  readonly splits: readonly SplitResult[];
  /** Of all rows that were held out, each by the mean of its probabilities, with bootstrap intervals. */
  readonly pooled: Evaluation;
  /** Mean log loss and ROC AUC over the splits, with the range of two standard errors between them. */
  readonly mean: { readonly logLoss: MetricInterval; readonly rocAuc: MetricInterval };
  /** One per row of the table: the mean over the models that did not see it; NaN where no split tests it, and for weight 0. */
  readonly probabilities: Float64Array;
}

/**
 * Measures a training without bias: all of it (which columns are features, the choice of the classifier, its ensemble,
 * calibration) is repeated on each training part and measured on held-out rows (nested cross-validation; Varma & Simon
 * 2006).
 * @example const { pooled, mean } = await crossValidate(table, { label: "Churn", id: "customerID", splits: 5 });
 * @throws HoldfastError as `trainChurnModel`; for splits that are empty, share rows, or name rows that do not exist.
 */
export async function crossValidate(
  table: Table,
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  checkTable("crossValidate", "table", table);
  checkOptions("crossValidate", options, CROSS_VALIDATE_OPTIONS);
  return namedErrors(
    "crossValidate",
    () => crossValidateBy("crossValidate", table, options, async (_, trainOptions) => trainOptions),
    placeInOptions(options),
  );
}

/** {@link crossValidate} where the options of every training are themselves found on its training rows. */
export async function crossValidateBy(
  functionName: string,
  given: Table,
  { splits = 5, rounds = 1, ...unread }: CrossValidateOptions,
  optionsOn: (trainTable: Table, options: TrainOptions, split: number) => Promise<TrainOptions>,
): Promise<CrossValidation> {
  const { options } = rolesOf(given, unread);
  const { seed = 0, onProgress } = options;
  const { table, weights, rows } = weighedTable(given, options.weights);
  const labels = readLabels(table, options.label, options.positive).values;
  if (typeof splits !== "number") checkSplits(functionName, splits, given.rowCount);
  const parts =
    typeof splits === "number"
      ? stratifiedSplits(functionName, table, labels, splits, rounds, options)
      : splitsOfWeight(splits, rows);
  checkSplits(functionName, parts, table.rowCount);
  const sums = new Float64Array(table.rowCount);
  const counts = new Int32Array(table.rowCount);
  const results: SplitResult[] = [];
  for (const [s, { train, test }] of parts.entries()) {
    const trainTable = takeRows(table, Array.from(train));
    const ofSplit: TrainOptions = {
      ...options,
      seed: seedOfRepeat(seed, s),
      onProgress: (event) =>
        onProgress?.({ ...event, phase: `split ${s + 1} of ${parts.length}: ${event.phase}` }),
    };
    const model = await trainChurnModel(trainTable, await optionsOn(trainTable, ofSplit, s));
    const held = Array.from(test);
    const probabilities = model.probabilities(takeRows(table, held));
    const truth = Uint8Array.from(held, (row) => labels[row]);
    const ofHeld = { weights: weights && Float64Array.from(held, (row) => weights[row]) };
    held.forEach((row, i) => {
      sums[row] += probabilities[i];
      counts[row]++;
    });
    results.push({
      trainRows: train.length,
      testRows: held.length,
      logLoss: logLoss(truth, probabilities, ofHeld),
      rocAuc: rocAucInterval(truth, probabilities, ofHeld),
      classifier: model.training.leaderboard[0].name,
    });
  }
  const probabilities = sums.map((sum, row) => sum / counts[row]);
  const tested = Int32Array.from(counts.keys()).filter((row) => counts[row] > 0);
  const groups = rowGroups(table, options.id, options.group);
  const pooled = await evaluateScoresInWorkers(
    Uint8Array.from(tested, (row) => labels[row]),
    Float64Array.from(tested, (row) => probabilities[row]),
    {
      seed,
      groups: groups && withoutGaps(tested, groups),
      weights: weights && Float64Array.from(tested, (row) => weights[row]),
      replicates: options.replicates,
      metrics: options.metrics,
      threads: options.threads,
      onProgress,
      signal: options.signal,
    },
  );
  return {
    splits: results,
    pooled,
    mean: {
      logLoss: meanOf(results.map((result) => result.logLoss)),
      rocAuc: meanOf(results.map((result) => result.rocAuc.value)),
    },
    probabilities: rows === undefined ? probabilities : atPlaces(probabilities, rows, given.rowCount),
  };
}

/** Splits of all rows as splits of those that have weight. @param rows their numbers; undefined: all have. */
function splitsOfWeight(splits: readonly RowSplit[], rows: Int32Array | undefined): readonly RowSplit[] {
  if (rows === undefined) return splits;
  const placeOf = new Map(Array.from(rows, (row, place) => [row, place]));
  const places = (some: ArrayLike<number>) => Array.from(some).flatMap((row) => placeOf.get(row) ?? []);
  return splits.map(({ train, test }) => ({ train: places(train), test: places(test) }));
}

/** Numbers of some rows at the places of these rows among all; NaN elsewhere. */
function atPlaces(values: Float64Array, rows: Int32Array, rowCount: number): Float64Array {
  const all = new Float64Array(rowCount).fill(Number.NaN);
  rows.forEach((row, i) => {
    all[row] = values[i];
  });
  return all;
}

function stratifiedSplits(
  functionName: string,
  table: Table,
  labels: Uint8Array,
  count: number,
  rounds: number,
  { seed = 0, id, group }: TrainOptions,
): RowSplit[] {
  if (!(Number.isInteger(count) && count >= 2 && count <= 20))
    invalidArgument(functionName, "splits", "must be a whole number from 2 to 20, or splits", count);
  if (!(Number.isInteger(rounds) && rounds >= 1 && rounds <= 20))
    invalidArgument(functionName, "rounds", "must be a whole number from 1 to 20", rounds);
  const groups = rowGroups(table, id, group);
  return Array.from({ length: rounds }, (_, round) => {
    const folds = foldsFor(
      { function: functionName, argument: "label" },
      labels,
      count,
      seedOfRepeat(seed, round + 1),
      groups,
      group === undefined ? "id" : "group",
    );
    return Array.from({ length: count }, (_fold, fold) => ({
      train: rowsOfFold(folds, fold, true),
      test: rowsOfFold(folds, fold),
    }));
  }).flat();
}

function checkSplits(functionName: string, splits: readonly RowSplit[], rowCount: number): void {
  if (splits.length === 0) invalidArgument(functionName, "splits", "must not be empty", splits);
  splits.forEach(({ train, test }, s) => {
    const trained = new Set(Array.from(train));
    for (const [name, rows] of Object.entries({ train, test })) {
      const path = `splits[${s}].${name}`;
      if (rows.length === 0) invalidArgument(functionName, path, "must not be empty", rows.length);
      for (const row of Array.from(rows)) {
        if (!(Number.isInteger(row) && row >= 0 && row < rowCount))
          invalidArgument(functionName, path, `must hold rows from 0 to ${rowCount - 1}`, row);
        if (name === "test" && trained.has(row))
          invalidArgument(functionName, path, "must hold no row that is trained on", row);
      }
    }
  });
}

function meanOf(values: readonly number[]): MetricInterval {
  const { mean, error } = meanAndError(values);
  return { value: mean, low: mean - 2 * error, high: mean + 2 * error };
}
