import { createHash } from "node:crypto";
import { checkOptions, listHint, namedErrors, type OptionNames } from "../../arguments.js";
import type { Classifier } from "../../classifiers/classifier.js";
import { type FamilyRules, hasRules } from "../../classifiers/family.js";
import { argumentProblem, attempt, Problems } from "../../errors.js";
import { checkTable } from "../../table/check-table.js";
import type { Table } from "../../table/table.js";
import { packageVersion } from "../../version.js";
import { type CrossValidation, crossValidateBy } from "../cross-validate.js";
import { RULE_KEEPERS } from "../families.js";
import { rolesOf } from "../known-roles.js";
import { tableFingerprint } from "../rows/fingerprint.js";
import { readRows } from "../rows/read-rows.js";
import { type KnownRoles, placeInOptions, TRAIN_OPTIONS, type TrainOptions } from "../train-options.js";
import {
  type Configuration,
  classifierOf,
  defaultFamilies,
  TUNABLE_FAMILIES,
  type TunableFamily,
} from "./configuration.js";
import type { TuningProblem } from "./evaluate-configuration.js";
import { Journal } from "./journal.js";
import { searchConfigurations, type TrialResult } from "./search.js";

/** Options of {@link tune}: those of training, and how much is tried. */
export interface TuneOptions extends Omit<TrainOptions, "classifier" | "timeBudget"> {
  /** What to tune. Default: what `"auto"` trains; under rules the families that keep them. */
  readonly families?: readonly TunableFamily[];
  /** Configurations of each family, its defaults among them: 2 to 1000. Default 27. */
  readonly configurations?: number;
  /**
   * Outer folds, 2 to 20: tuning and training are repeated without the rows of each, to measure the result on them.
   * 0: not measured. Default 3.
   */
  readonly nested?: number;
  /** A file that keeps every loss as it is computed; the same tuning started again continues from it. Default: none. */
  readonly journal?: string | undefined;
  /**
   * Seconds after which each search starts no further round: the result then depends on the speed of the machine.
   * Default: no limit.
   */
  readonly timeBudget?: number | undefined;
}

/** The best options that were found for a family. */
export interface TunedFamily {
  readonly family: TunableFamily;
  /** The winner; the options that are not named are defaults. */
  readonly configuration: Configuration;
  /** Cross-validated, and optimistic because it is the least of many: `nested` is the unbiased measure. */
  readonly logLoss: number;
  /** Of the family's defaults on the same number of rows. */
  readonly defaultLogLoss: number;
  /** All configurations that were tried, the best first; those that saw fewer rows last. */
  readonly trials: readonly TrialResult[];
}

/** What {@link tune} found. */
export interface Tuning {
  /** By rising log loss. */
  readonly families: readonly TunedFamily[];
  /** For training: `trainChurnModel(table, { …, classifier: tuning.classifiers })`. */
  readonly classifiers: readonly Classifier[];
  /** Of tuning, training and calibration together on held-out rows; null where it was not requested. */
  readonly nested: CrossValidation | null;
}

const { classifier: _classifier, ...OF_TRAINING } = TRAIN_OPTIONS;

const TUNE_OPTIONS: OptionNames<TuneOptions> = {
  ...OF_TRAINING,
  families: "optional",
  configurations: "optional",
  nested: "optional",
  journal: "optional",
};

const FOLDS = 5;

/**
 * Finds good options for each family by successive halving, and measures the result on held-out rows. The same table,
 * options and seed give the same result, whatever the number of threads.
 * @example
 * const { classifiers, nested } = await tune(table, { label: "Churn", id: "customerID", journal: "tuning.ndjson" });
 * const model = await trainChurnModel(table, { label: "Churn", id: "customerID", classifier: classifiers });
 * @throws HoldfastError as `trainChurnModel`; for options out of range; for a journal of another tuning.
 */
export async function tune(table: Table, options: TuneOptions = {}): Promise<Tuning> {
  checkTable("tune", "table", table);
  checkOptions("tune", options, TUNE_OPTIONS);
  return namedErrors("tune", () => tuned(table, options), placeInOptions(options));
}

async function tuned(table: Table, unread: TuneOptions): Promise<Tuning> {
  const { configurations = 27, nested = 3, timeBudget = Number.POSITIVE_INFINITY } = unread;
  const { monotone = {}, interactions = [], extrapolate } = unread;
  const rules = { monotone, interactions, extrapolate };
  const families = unread.families ?? defaultFamilies(rules);
  const { label, id, group } = checkedOptions(table, unread, families);
  const options = { ...unread, label, id, group };
  const journal = new Journal(options.journal, tuningKey(table, options, families));
  const search = async (
    rows: Table,
    part: string,
    { seed, onProgress }: Pick<TrainOptions, "seed" | "onProgress">,
  ) =>
    tunedFamilies(
      await searchConfigurations(problemOf(rows, { ...options, seed: seed ?? 0 }, rules), journal, part, {
        families,
        configurations,
        threads: options.threads,
        until: performance.now() + timeBudget * 1000,
        onProgress,
        signal: options.signal,
      }),
    );
  const classifiersOf = (tuned: readonly TunedFamily[]) =>
    tuned.map(({ configuration }) => classifierOf(configuration, rules));
  const measured =
    nested === 0
      ? null
      : await crossValidateBy(
          "tune",
          table,
          { ...trainOptionsOf(options), splits: nested },
          async (rows, ofSplit, split) => ({
            ...ofSplit,
            classifier: classifiersOf(await search(rows, `split ${split + 1}`, ofSplit)),
          }),
        );
  const found = await search(table, "all", options);
  return { families: found, classifiers: classifiersOf(found), nested: measured };
}

function trainOptionsOf(options: TuneOptions): TrainOptions {
  const {
    families: _,
    configurations: __,
    nested: ___,
    journal: ____,
    timeBudget: _____,
    ...train
  } = options;
  return train;
}

/** The options of training, with the roles of columns. @throws HoldfastError with all problems of the options. */
function checkedOptions(table: Table, options: TuneOptions, families: readonly TunableFamily[]): KnownRoles {
  const problems = new Problems();
  const { configurations = 27, nested = 3, timeBudget = 1 } = options;
  const check = (isFine: boolean, argument: string, expected: string, received: unknown, hint?: string) => {
    if (!isFine) problems.add(argumentProblem("tune", argument, expected, received, hint));
  };
  const isWhole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  check(
    Array.isArray(families) &&
      families.length > 0 &&
      new Set(families).size === families.length &&
      families.every((family) => TUNABLE_FAMILIES.includes(family)),
    "families",
    `must be of ${TUNABLE_FAMILIES.join(", ")}, each once`,
    families,
    typeof families === "string" ? listHint(families) : undefined,
  );
  const { monotone = {}, interactions = [] } = options;
  if (hasRules({ monotone, interactions }))
    check(
      families.every((family) => RULE_KEEPERS.includes(family)),
      "families",
      `must be of ${RULE_KEEPERS.join(", ")} where there are monotone or interactions: others can't keep them`,
      families,
    );
  check(
    isWhole(configurations, 2, 1000),
    "configurations",
    "must be a whole number from 2 to 1000",
    configurations,
  );
  check(nested === 0 || isWhole(nested, 2, 20), "nested", "must be 0 or a whole number from 2 to 20", nested);
  check(timeBudget > 0, "timeBudget", "must be a number of seconds above 0", timeBudget);
  const roles = attempt(problems, () => rolesOf(table, trainOptionsOf(options)));
  problems.throwIfAny();
  return (roles as NonNullable<typeof roles>).options;
}

function problemOf(
  table: Table,
  options: TuneOptions & { readonly label: string },
  rules: FamilyRules,
): TuningProblem {
  const { labels, vectors, weights, groups } = readRows(table, {
    ...trainOptionsOf(options),
    label: options.label,
  });
  return {
    vectors,
    labels: labels.values,
    weights,
    groups,
    rules,
    folds: options.folds ?? FOLDS,
    seed: options.seed ?? 0,
  };
}

function tunedFamilies(found: ReadonlyMap<TunableFamily, readonly TrialResult[]>): TunedFamily[] {
  return [...found]
    .map(([family, trials]): TunedFamily => {
      const [{ configuration, logLoss }] = trials;
      const defaults = trials.find(({ isDefault }) => isDefault) as TrialResult;
      return { family, configuration, logLoss, defaultLogLoss: defaults.logLoss, trials };
    })
    .sort((a, b) => a.logLoss - b.logLoss);
}

/** Everything that the losses depend on. */
function tuningKey(table: Table, options: TuneOptions, families: readonly TunableFamily[]): string {
  const {
    label,
    positive,
    id,
    group,
    weights,
    exclude,
    include,
    totals,
    monotone,
    interactions,
    folds,
    seed,
  } = options;
  const { extrapolate } = options;
  const { configurations = 27, nested = 3 } = options;
  const columns = {
    label,
    positive,
    id,
    group,
    weights,
    exclude,
    include,
    totals,
    monotone,
    interactions,
    extrapolate,
  };
  const content = {
    holdfast: packageVersion(),
    data: tableFingerprint(table),
    columns,
    families,
    configurations,
    nested,
    folds,
    seed,
  };
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
