import { type Command, InvalidArgumentError, Option } from "commander";
import type { FeatureNote } from "../../explain/facts/feature-facts.js";
import type { DeclaredKind } from "../../table/grammar/column-plan.js";
import type { TrainOptions } from "../../training/train.js";
import type { WatchedWork } from "../progress-display.js";
import { collect, wholeNumber } from "./arguments.js";
import { readJsonFile } from "./json-file.js";
import { type NeededTable, readNeeded } from "./read-needed.js";
import {
  addReadingOptions,
  columnsOption,
  FILES_HELP,
  type ReadingOptions,
  readingOptions,
} from "./reading-options.js";
import { addSourceOptions, type CommandSource, fileFormatOf, type SourceOptions } from "./source-options.js";

/** What the options below put into a command's options: the roles of columns, and the folds. */
export interface TrainingOptions extends ReadingOptions, SourceOptions {
  label?: string;
  positive?: string;
  id?: string;
  group?: string;
  weights?: string;
  exclude: string[];
  include: string[];
  columns: Record<string, DeclaredKind>;
  monotone: Record<string, 1 | -1>;
  allowLeaks: string[];
  totals: boolean;
  extrapolate?: boolean;
  fingerprints: boolean;
  featureNotes?: string;
  actionable: string[];
  sensitive: string[];
  folds: number;
  seed: number;
  threads?: number;
}

/** Adds the options that `train` and `tune` have in common. */
export function addTrainingOptions(command: Command): Command {
  command
    .argument("[file]", `${FILES_HELP}, one row per subscriber, or -`)
    .option(
      "--label <column>",
      "the column of labels: churned or not (default: churn, of a table of snapshots)",
    )
    .option(
      "--id <column>",
      "the column of subscriber ids (default: subscriber_id, of a table of snapshots)",
    );
  return addColumnOptions(command);
}

/** Adds those of them that a backtest has too: other columns than the label and the id, and the folds. */
export function addColumnOptions(command: Command): Command {
  command
    .option(
      "--positive <value>",
      "the label value that means churned (default: as values and name of the column say, such as 1, Yes, 流失)",
    )
    .option("--group <column>", "the column of groups that stay in one fold, such as households")
    .option("--weights <column>", "the column of row weights")
    .addOption(
      new Option("--exclude <column>", "a column to leave out (repeatable)")
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(
      new Option(
        "--include <column>",
        "a column to use as a feature though it would be left out, such as cutoff (repeatable)",
      )
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(columnsOption())
    .addOption(
      new Option(
        "--monotone <column=sign>",
        "a numeric column that only raises (1) or only lowers (-1) the probability (repeatable)",
      )
        .argParser(collectSign)
        .default({}, "none"),
    )
    .addOption(
      new Option("--allow-leaks <column>", "a column that may determine the label (repeatable)")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--no-totals", "do not add sums of related columns, such as day, evening and night charges")
    .option("--extrapolate", "let linear and neural terms go on beyond the training range of a number")
    .option(
      "--no-fingerprints",
      "keep no hashes of rows and ids, by which evaluate says how many it was trained on",
    )
    .addOption(
      new Option(
        "--actionable <column>",
        "a column that can be acted on, whose reasons come first (repeatable; also those of the features of snapshots)",
      )
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(
      new Option(
        "--sensitive <column>",
        "a column that is never named as a reason, besides gender, age and the like (repeatable)",
      )
        .argParser(collect)
        .default([], "none"),
    )
    .option(
      "--feature-notes <file>",
      "what columns are, for reasons, in JSON: a list of { name, family, description, unit, … }",
    )
    .option("--folds <n>", "number of folds", wholeNumber("--folds"), 5)
    .option("--seed <n>", "seed of all randomness", wholeNumber("--seed"), 0)
    .option(
      "--threads <n>",
      "number of threads; the model does not depend on it (default: by the size of the data)",
      wholeNumber("--threads"),
    );
  return addReadingOptions(addSourceOptions(command));
}

/**
 * Reads the table, with the kinds that the options need their columns to be. Excluded columns that can't be read are
 * not in it, and training must not be asked to exclude them.
 */
export async function readTrainingTable(
  source: CommandSource,
  options: TrainingOptions,
  { onProgress, signal }: WatchedWork,
  more: Readonly<Record<string, DeclaredKind>> = {},
): Promise<NeededTable> {
  const { label, weights, group, id, exclude } = options;
  const columns: Record<string, DeclaredKind> = { ...more };
  if (weights !== undefined) columns[weights] = "numeric";
  if (group !== undefined) columns[group] = "text";
  Object.assign(columns, options.columns);
  if (id !== undefined) columns[id] = "text";
  const roles = new Set([label, weights, group, id, ...Object.keys(more)]);
  const isNeeded = (name: string) => roles.has(name) || !exclude.includes(name);
  const read = { ...readingOptions(options, columns), ...fileFormatOf(source, options), onProgress, signal };
  return readNeeded(source, read, isNeeded);
}

/** @param unread excluded columns that the table does not have, as they can't be read. */
export function trainOptionsOf(
  options: TrainingOptions,
  { onProgress, signal }: WatchedWork,
  unread: readonly string[] = [],
): TrainOptions {
  const {
    label,
    positive,
    id,
    group,
    weights,
    exclude,
    include,
    monotone,
    allowLeaks,
    totals,
    fingerprints,
    actionable,
    sensitive,
  } = options;
  const { extrapolate, folds, seed, threads } = options;
  return {
    label,
    group,
    weights,
    exclude: exclude.filter((name) => !unread.includes(name)),
    include,
    monotone,
    allowLeaks,
    totals,
    extrapolate,
    fingerprints,
    actionable,
    sensitive,
    folds,
    seed,
    threads,
    onProgress,
    signal,
    ...(positive === undefined ? {} : { positive }),
    ...(id === undefined ? {} : { id }),
    ...(options.featureNotes === undefined ? {} : { featureNotes: readFeatureNotes(options.featureNotes) }),
  };
}

/** What the file holds is checked where it is used. */
function readFeatureNotes(path: string): readonly FeatureNote[] {
  return readJsonFile("holdfast train", "--feature-notes", path) as readonly FeatureNote[];
}

function collectSign(text: string, signs: Record<string, 1 | -1>): Record<string, 1 | -1> {
  const [, column, sign] = /^(.+)=([+-]?1)$/u.exec(text) ?? [];
  if (column === undefined) throw new InvalidArgumentError("It must be COLUMN=1 or COLUMN=-1.");
  return { ...signs, [column]: Number(sign) as 1 | -1 };
}
