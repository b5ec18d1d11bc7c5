import { CALIBRATION_METHODS, type CalibrationMethod } from "../calibration/calibrate.js";
import { Problems } from "../errors.js";
import type { LongWork } from "../progress.js";
import { findColumn, placeOf, type Table } from "../table/table.js";
import { checkRule, type TierRule } from "../tiers/risk-tiers.js";
import { type ValueBandRule, valueBands } from "../tiers/value-bands.js";
import { attempt } from "./attempt.js";
import type { ClassifierChoice } from "./candidates.js";
import { valuesOf } from "./subscriber-value.js";

export interface TrainOptions extends LongWork {
  /** The column that says who churned. */
  readonly label: string;
  /** The label value that means churned. Default: the one that says so (1, Yes, True, churned, 是, 流失 …). */
  readonly positive?: string;
  /** The column that names a subscriber: never a feature; rows of one id stay in one fold. Default: none. */
  readonly id?: string;
  /** Columns to leave out. Default: none beyond what training leaves out by itself. */
  readonly exclude?: readonly string[];
  /** What to train. Default `"auto"`: logistic regression, two shapes of boosting, and their blend; the best is kept. */
  readonly classifier?: ClassifierChoice;
  /** Default `"auto"`: the simplest curve, or a free rising shape, that cross-validation finds as good as the best. */
  readonly calibration?: CalibrationMethod;
  /** Default: the riskiest tenth is high, the next fifth medium, the rest low. Tiers by expected loss need `value`. */
  readonly tiers?: TierRule;
  /**
   * The column that says what a subscriber is worth, in money (mean monthly bill, lifetime value): tiers and predictions
   * then tell the expected loss, and where in the risk × value grid a subscriber stands. It stays a feature. Default: none.
   */
  readonly value?: string | undefined;
  /** Default: the most valuable twentieth is important, the next 15% main, the next 30% ordinary, the rest small. */
  readonly valueBands?: ValueBandRule | undefined;
  /** Folds of the cross-fit, 2 to 20. Default 5. */
  readonly folds?: number;
  /** Decides all randomness. Default 0. */
  readonly seed?: number;
  /** Threads of training; default: as many as there are processors, fewer on small data. The model does not depend on it. */
  readonly threads?: number | undefined;
  /** Bootstrap samples behind the intervals. Default 500. */
  readonly replicates?: number;
}

/**
 * Checks everything about the options that can be known before training.
 * @throws HoldfastError with all problems.
 */
export function checkTrainOptions(table: Table, options: TrainOptions): void {
  const problems = new Problems();
  const check = (isFine: boolean, argument: string, expected: string, received: unknown) => {
    if (isFine) return;
    problems.add({
      code: "argument.invalid",
      path: { function: "trainChurnModel", argument },
      expected,
      received,
    });
  };
  const {
    folds = 5,
    seed = 0,
    replicates = 500,
    threads = 1,
    classifier = "auto",
    calibration = "auto",
    label,
    id,
  } = options;
  check(isWhole(folds, 2) && folds <= 20, "folds", "must be a whole number from 2 to 20", folds);
  check(isWhole(seed, 0), "seed", "must be a whole number from 0 to 2^53 − 1", seed);
  check(isWhole(threads, 1), "threads", "must be a whole number ≥ 1", threads);
  check(isWhole(replicates, 1), "replicates", "must be a whole number ≥ 1", replicates);
  check(
    typeof classifier === "string"
      ? ["auto", "logistic", "boosting"].includes(classifier)
      : Array.isArray(classifier) && classifier.length > 0,
    "classifier",
    'must be "auto", "logistic", "boosting" or a list of classifiers',
    classifier,
  );
  check(
    CALIBRATION_METHODS.includes(calibration),
    "calibration",
    `must be one of ${CALIBRATION_METHODS.map((method) => `"${method}"`).join(", ")}`,
    calibration,
  );
  check(id === undefined || id !== label, "id", "must be another column than the label", id);
  const { tiers } = options;
  if (tiers !== undefined) attempt(problems, () => checkRule(tiers));
  const { value, valueBands: bandRule } = options;
  if (value === undefined) {
    check(tiers?.by !== "expectedLoss", "value", "must name a column where tiers go by expected loss", value);
    check(bandRule === undefined, "value", "must name a column where there are value bands", value);
  } else {
    const values = attempt(problems, () => valuesOf(table, value));
    if (values !== undefined) attempt(problems, () => valueBands(values, bandRule));
  }
  checkColumns(table, options, problems);
  problems.throwIfAny();
}

function checkColumns(table: Table, { id, exclude = [] }: TrainOptions, problems: Problems): void {
  const named: [string, string][] = exclude.map((name) => ["exclude", name]);
  if (id !== undefined) named.unshift(["id", id]);
  for (const [argument, column] of named) {
    if (findColumn(table, column) !== undefined) continue;
    problems.add({
      code: "data.missing-column",
      path: { function: "trainChurnModel", ...placeOf(table), argument, column },
      expected: "must be a column of the table",
      received: undefined,
    });
  }
}

function isWhole(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
