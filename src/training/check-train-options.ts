import { textsProblem } from "../arguments.js";
import { CALIBRATION_METHODS } from "../calibration/calibrators.js";
import { ownCalibratorProblems } from "../calibration/own-calibrators.js";
import { hasRules } from "../classifiers/family.js";
import { ownFamilyProblems } from "../classifiers/own-families.js";
import { argumentProblem, attempt, HoldfastError, optionText, Problems } from "../errors.js";
import { ownMetricProblems } from "../metrics/own-metrics.js";
import { columnProblems, emptyTableProblem } from "../table/check-table.js";
import type { Table } from "../table/table.js";
import { tierRuleFrom } from "../tiers/tier-spec.js";
import { valueBands } from "../tiers/value-bands.js";
import { checkedWeights } from "../vectors/column-roles/row-weights.js";
import { valuesOf } from "../vectors/column-roles/subscriber-value.js";
import { featureNoteProblems } from "./check-feature-notes.js";
import {
  CHOICES,
  type ClassifierChoice,
  isChosen,
  keepsRules,
  ownFamiliesOf,
  RULE_KEEPERS,
} from "./families.js";
import { noLabelProblem } from "./snapshot-roles.js";
import { PREFERENCES, type TrainOptions } from "./train-options.js";

/**
 * Checks everything about the options that can be known before training.
 * @throws HoldfastError with all problems.
 */
export function checkTrainOptions(table: Table, options: TrainOptions): void {
  const empty = emptyTableProblem("trainChurnModel", "table", table);
  if (empty !== undefined) throw new HoldfastError(empty);
  const problems = new Problems();
  const check: Check = (isFine, argument, expected, received) => {
    if (!isFine) problems.add(argumentProblem("trainChurnModel", argument, expected, received));
  };
  if (options.label === undefined) problems.add(noLabelProblem("trainChurnModel"));
  checkNumbers(options, check);
  const { fingerprints = true, extrapolate = false } = options;
  check(typeof fingerprints === "boolean", "fingerprints", "must be true or false", fingerprints);
  check(typeof extrapolate === "boolean", "extrapolate", "must be true or false", extrapolate);
  checkClassifier(options, check, problems);
  checkCalibration(options, check, problems);
  problems.add(...ownMetricProblems("trainChurnModel", options.metrics));
  checkRoles(table, options, check, problems);
  checkTiers(table, options, check, problems);
  checkColumns(table, options, problems);
  problems.throwIfAny();
}

type Check = (isFine: boolean, argument: string, expected: string, received: unknown) => void;

function checkNumbers(options: TrainOptions, check: Check): void {
  const { folds = 5, seed = 0, threads = 1, replicates = 500, repeats = 1 } = options;
  check(isWhole(folds, 2) && folds <= 20, "folds", "must be a whole number from 2 to 20", folds);
  check(isWhole(seed, 0), "seed", "must be a whole number from 0 to 2^53 − 1", seed);
  check(isWhole(threads, 1), "threads", "must be a whole number ≥ 1", threads);
  check(isWhole(replicates, 1), "replicates", "must be a whole number ≥ 1", replicates);
  check(isWhole(repeats, 1) && repeats <= 10, "repeats", "must be a whole number from 1 to 10", repeats);
  const { timeBudget = Number.POSITIVE_INFINITY, positiveWeight = 1 } = options;
  check(timeBudget > 0, "timeBudget", "must be a number of seconds above 0", timeBudget);
  const isWeight = positiveWeight > 0 && positiveWeight < Number.POSITIVE_INFINITY;
  check(isWeight, "positiveWeight", "must be a finite number above 0", positiveWeight);
}

function checkClassifier(options: TrainOptions, check: Check, problems: Problems): void {
  const { classifier = "auto", monotone = {}, interactions = [], prefer = "accuracy" } = options;
  check(isChoice(classifier), "classifier", EXPECTED_CHOICE, classifier);
  if (isChoice(classifier)) {
    problems.add(...ownFamilyProblems("trainChurnModel", "classifier", ownFamiliesOf(classifier)));
  }
  if (hasRules({ monotone, interactions })) {
    const others = [classifier]
      .flat()
      .filter((each) => isChosen(each) && !keepsRules(each))
      .map((each) => (typeof each === "string" ? each : each.name));
    const expected = `must be of ${RULE_KEEPERS.join(", ")} and auto where there are monotone or interactions: others can't keep them`;
    check(others.length === 0, "classifier", expected, others);
  }
  check(PREFERENCES.includes(prefer), "prefer", `must be one of ${quoted(PREFERENCES)}`, prefer);
}

function checkCalibration({ calibration = "auto" }: TrainOptions, check: Check, problems: Problems): void {
  if (typeof calibration === "object" && calibration !== null) {
    problems.add(...ownCalibratorProblems("trainChurnModel", "calibration", [calibration]));
    return;
  }
  const expected = `must be one of ${quoted(CALIBRATION_METHODS)}, or your own calibrator`;
  check(CALIBRATION_METHODS.includes(calibration), "calibration", expected, calibration);
}

/** The columns that are not features. */
function checkRoles(
  table: Table,
  { label, id, group, weights }: TrainOptions,
  check: Check,
  problems: Problems,
): void {
  for (const [argument, column] of Object.entries({ id, group, weights })) {
    const isOther = column === undefined || column !== label;
    check(isOther, argument, "must be another column than the label", column);
  }
  if (weights !== undefined) attempt(problems, () => checkedWeights(table, weights));
}

function checkTiers(
  table: Table,
  { tiers, value, valueBands: bandRule }: TrainOptions,
  check: Check,
  problems: Problems,
): void {
  const rule =
    tiers === undefined
      ? undefined
      : attempt(problems, () => tierRuleFrom("trainChurnModel", "tiers", tiers));
  if (value === undefined) {
    check(rule?.by !== "expectedLoss", "value", "must name a column where tiers go by expected loss", value);
    check(bandRule === undefined, "value", "must name a column where there are value bands", value);
    return;
  }
  const missing = columnProblems("trainChurnModel", "value", table, [value]);
  problems.add(...missing);
  if (missing.length > 0) return;
  const values = attempt(problems, () => valuesOf(table, value));
  if (values !== undefined) attempt(problems, () => valueBands(values, bandRule));
}

function checkColumns(table: Table, options: TrainOptions, problems: Problems): void {
  const {
    id,
    group,
    exclude = [],
    include = [],
    allowLeaks = [],
    monotone = {},
    interactions = [],
    actionable = [],
    sensitive = [],
  } = options;
  const check = (argument: string, names: unknown) => {
    const wrong = textsProblem("trainChurnModel", argument, names);
    if (wrong !== undefined) problems.add(wrong);
    else problems.add(...columnProblems("trainChurnModel", argument, table, names as readonly string[]));
  };
  if (id !== undefined) problems.add(...columnProblems("trainChurnModel", "id", table, [id]));
  if (group !== undefined) problems.add(...columnProblems("trainChurnModel", "group", table, [group]));
  check("exclude", exclude);
  check("allowLeaks", allowLeaks);
  check("include", include);
  check("actionable", actionable);
  check("sensitive", sensitive);
  problems.add(...featureNoteProblems(options.featureNotes));
  if (Array.isArray(include)) checkIncluded(table, options, problems);
  if (typeof monotone === "object" && monotone !== null && !Array.isArray(monotone)) {
    check("monotone", Object.keys(monotone));
  } else {
    const expected = "must be an object of 1 or -1 by column such as { tenure: -1 }";
    problems.add(argumentProblem("trainChurnModel", "monotone", expected, monotone));
  }
  if (Array.isArray(interactions) && interactions.every(Array.isArray))
    check("interactions", interactions.flat());
  else {
    const expected = `must be a list of lists of columns such as [["tenure", "contract"]]`;
    problems.add(argumentProblem("trainChurnModel", "interactions", expected, interactions));
  }
}

/** Columns that are asked for as features must have no other role, and be no text. */
function checkIncluded(
  table: Table,
  { label, id, group, weights, exclude = [], include = [] }: TrainOptions,
  problems: Problems,
): void {
  for (const name of include) {
    const role = Object.entries({ label, id, group, weights }).find(([, column]) => column === name)?.[0];
    if (role !== undefined || exclude.includes(name)) {
      const other = role === undefined ? "a column that is excluded" : `the column of ${role}`;
      problems.add(argumentProblem("trainChurnModel", "include", `must not name ${other}`, name));
    } else if (table.columns.some((column) => column.name === name && column.kind === "text")) {
      const hint = `read it as categories: ${optionText("columns", { [name]: "categorical" })}`;
      problems.add(
        argumentProblem("trainChurnModel", "include", "must not name a column of text", name, hint),
      );
    }
  }
}

const EXPECTED_CHOICE = `must be one of ${quoted(CHOICES)}, or a list of those, your own families and classifiers such as gradientBoosting()`;

function isChoice(choice: unknown): choice is ClassifierChoice {
  if (typeof choice === "string") return isChosen(choice);
  return Array.isArray(choice) && choice.length > 0 && choice.every(isChosen);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

function isWhole(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
