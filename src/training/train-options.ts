import type { Calibrator } from "../calibration/calibrator.js";
import { CALIBRATION_METHODS, type CalibrationMethod } from "../calibration/calibrators.js";
import { hasRules } from "../classifiers/family.js";
import { attempt, Problems } from "../errors.js";
import type { MetricDefinition } from "../metrics/metric.js";
import type { LongWork } from "../progress.js";
import { findColumn, placeOf, type Table } from "../table/table.js";
import { checkRule, type TierRule } from "../tiers/risk-tiers.js";
import { type ValueBandRule, valueBands } from "../tiers/value-bands.js";
import { rowWeights } from "../vectors/column-roles/row-weights.js";
import { valuesOf } from "../vectors/column-roles/subscriber-value.js";
import {
  CHOICES,
  type ClassifierChoice,
  clashingNames,
  isChosen,
  keepsRules,
  RULE_KEEPERS,
} from "./families.js";

/** What decides between candidates that are as good. */
export type Preference = "accuracy" | "speed" | "readability";

const PREFERENCES: readonly Preference[] = ["accuracy", "speed", "readability"];

export interface TrainOptions extends LongWork {
  /** The column that says who churned. */
  readonly label: string;
  /** The label value that means churned. Default: the one that says so (1, Yes, True, churned, 是, 流失 …). */
  readonly positive?: string;
  /** The column that names a subscriber: never a feature; rows of one id stay in one fold. Default: none. */
  readonly id?: string;
  /**
   * A column whose rows of one value stay in one fold, beside those of one id: households, corporate accounts. Never a
   * feature. A missing value is a group of its own. Default: none.
   */
  readonly group?: string | undefined;
  /** A numeric column of what each row counts for, ≥ 0: survey or sampling weights. Never a feature. Default: 1 each. */
  readonly weights?: string | undefined;
  /** Columns to leave out. Default: none beyond what training leaves out by itself. */
  readonly exclude?: readonly string[];
  /**
   * Whether parts of one whole, as their names tell (`day`, `eve` and `night` charges, calls `incoming` and `outgoing`), are
   * added up to a feature more; never parts that `monotone` names, never with `interactions`. Default true.
   */
  readonly totals?: boolean | undefined;
  /**
   * What to train: names of families, families and classifiers of your own, or a list of those. Default `"auto"`: all
   * families but the neural one, and an ensemble of them; beyond 20 million values (rows × features) the additive model and
   * boosting.
   */
  readonly classifier?: ClassifierChoice;
  /**
   * What is kept: the candidate of the least out-of-fold log loss (`"accuracy"`, default), or of those that are as good up
   * to one standard error of the paired difference the smallest (`"speed"`) or the most readable (`"readability"`).
   */
  readonly prefer?: Preference | undefined;
  /**
   * Seconds after which no further classifier is begun. What is trained then depends on how fast the machine was; without
   * it (default) it depends on the data only.
   */
  readonly timeBudget?: number | undefined;
  /** How often cross-fitting is repeated on folds dealt anew, 1 to 10. Default: 3 to 300,000 values (rows × features), 2 to four million, else 1. */
  readonly repeats?: number | undefined;
  /**
   * Numeric columns whose rise may only raise (1) or only lower (−1) the probability, all else equal. `"auto"` then trains
   * only families that keep to it; other families are refused by name, classifiers with options of their own keep to those.
   * Default: none.
   */
  readonly monotone?: Readonly<Record<string, 1 | -1>> | undefined;
  /**
   * Groups of columns that may act on each other; those in no group form one group more. `"auto"` then trains only
   * families that keep to it. Default: all may.
   */
  readonly interactions?: readonly (readonly string[])[] | undefined;
  /**
   * What churners count for in the training of classifiers, above 0. It is taken back from the margins, so that
   * probabilities stay probabilities. Default 1: weighting gains no ranking.
   */
  readonly positiveWeight?: number | undefined;
  /** Columns that may tell the label of every row; others that do are refused. Default: none. */
  readonly allowLeaks?: readonly string[] | undefined;
  /**
   * By name, or a calibrator of your own. Default `"auto"`: the simplest curve, or a free rising shape, that
   * cross-validation finds as good as the best.
   */
  readonly calibration?: CalibrationMethod | Calibrator;
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
  /** Metrics of your own, told of every candidate and of the model beside those of this package. Default: none. */
  readonly metrics?: readonly MetricDefinition[] | undefined;
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
    prefer = "accuracy",
    timeBudget = Number.POSITIVE_INFINITY,
    repeats = 1,
    positiveWeight = 1,
    label,
    id,
    group,
    weights,
  } = options;
  check(isWhole(folds, 2) && folds <= 20, "folds", "must be a whole number from 2 to 20", folds);
  check(isWhole(seed, 0), "seed", "must be a whole number from 0 to 2^53 − 1", seed);
  check(isWhole(threads, 1), "threads", "must be a whole number ≥ 1", threads);
  check(isWhole(replicates, 1), "replicates", "must be a whole number ≥ 1", replicates);
  check(isWhole(repeats, 1) && repeats <= 10, "repeats", "must be a whole number from 1 to 10", repeats);
  check(isChoice(classifier), "classifier", EXPECTED_CHOICE, classifier);
  if (isChoice(classifier)) {
    const clashing = clashingNames(classifier);
    check(clashing.length === 0, "classifier", "must hold families of names of their own", clashing);
  }
  const { monotone = {}, interactions = [] } = options;
  if (hasRules({ monotone, interactions })) {
    const others = [classifier]
      .flat()
      .filter((each) => isChosen(each) && !keepsRules(each))
      .map((each) => (typeof each === "string" ? each : each.name));
    const expected = `must be of ${RULE_KEEPERS.join(", ")} and auto where there are monotone or interactions: others can't keep them`;
    check(others.length === 0, "classifier", expected, others);
  }
  check(PREFERENCES.includes(prefer), "prefer", `must be one of ${quoted(PREFERENCES)}`, prefer);
  check(timeBudget > 0, "timeBudget", "must be a number of seconds above 0", timeBudget);
  check(
    positiveWeight > 0 && positiveWeight < Number.POSITIVE_INFINITY,
    "positiveWeight",
    "must be a finite number above 0",
    positiveWeight,
  );
  check(
    isCalibration(calibration),
    "calibration",
    `must be one of ${quoted(CALIBRATION_METHODS)}, or a calibrator of your own`,
    calibration,
  );
  for (const [argument, column] of Object.entries({ id, group, weights }))
    check(
      column === undefined || column !== label,
      argument,
      "must be another column than the label",
      column,
    );
  if (weights !== undefined) attempt(problems, () => rowWeights(table, weights));
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

function checkColumns(table: Table, options: TrainOptions, problems: Problems): void {
  const { id, group, exclude = [], allowLeaks = [], monotone = {}, interactions = [] } = options;
  const named: [string, string][] = [
    ...exclude.map((name): [string, string] => ["exclude", name]),
    ...allowLeaks.map((name): [string, string] => ["allowLeaks", name]),
    ...Object.keys(monotone).map((name): [string, string] => ["monotone", name]),
    ...interactions.flat().map((name): [string, string] => ["interactions", name]),
  ];
  if (group !== undefined) named.unshift(["group", group]);
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

const EXPECTED_CHOICE = `must be one of ${quoted(CHOICES)}, a family or a classifier of your own, or a list of those`;

function isChoice(choice: unknown): choice is ClassifierChoice {
  if (typeof choice === "string") return isChosen(choice);
  return Array.isArray(choice) && choice.length > 0 && choice.every(isChosen);
}

function isCalibration(calibration: unknown): boolean {
  if (typeof calibration === "string")
    return (CALIBRATION_METHODS as readonly string[]).includes(calibration);
  return typeof calibration === "object" && calibration !== null && "fit" in calibration;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

function isWhole(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
