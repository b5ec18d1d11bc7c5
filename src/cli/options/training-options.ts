import { type Command, InvalidArgumentError, Option } from "commander";
import { readTable } from "../../formats/read-table.js";
import type { DeclaredKind } from "../../table/resolve-column.js";
import type { Table } from "../../table/table.js";
import type { TrainOptions } from "../../training/train.js";
import type { WatchedWork } from "../progress-display.js";
import { wholeNumber } from "./arguments.js";
import {
  addReadingOptions,
  collectKind,
  FILES_HELP,
  type ReadingOptions,
  readingOptions,
} from "./reading-options.js";

/** What the options below put into a command's options: which columns are what, and how rows are dealt. */
export interface TrainingOptions extends ReadingOptions {
  label: string;
  positive?: string;
  id?: string;
  group?: string;
  weights?: string;
  exclude: string[];
  kind: Record<string, DeclaredKind>;
  monotone: Record<string, 1 | -1>;
  allowLeak: string[];
  totals: boolean;
  folds: number;
  seed: number;
  threads?: number;
}

/** Adds the options that `train` and `tune` have in common. */
export function addTrainingOptions(command: Command): Command {
  const collect = (name: string, all: string[]) => [...all, name];
  command
    .argument("<file>", `${FILES_HELP}, one row per subscriber`)
    .requiredOption("--label <column>", "the column that says who churned")
    .option(
      "--positive <value>",
      "the label value that means churned (default: the one that says so: 1, Yes, 是 …)",
    )
    .option("--id <column>", "the column that names a subscriber")
    .option("--group <column>", "rows of one value stay in one fold: households, corporate accounts")
    .option("--weights <column>", "what each row counts for")
    .addOption(
      new Option("--exclude <column>", "a column to leave out (repeatable)")
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(
      new Option("--kind <column=kind>", "numeric, categorical, text or date for a column (repeatable)")
        .argParser(collectKind)
        .default({}, "as found in the data"),
    )
    .addOption(
      new Option(
        "--monotone <column=sign>",
        "1: only raises the probability, -1: only lowers it (repeatable)",
      )
        .argParser(collectSign)
        .default({}, "none"),
    )
    .addOption(
      new Option("--allow-leak <column>", "a column that may tell the label (repeatable)")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--no-totals", "do not add up parts of one whole, such as day, evening and night charges")
    .option("--folds <n>", "folds of the cross-fit", wholeNumber("--folds"), 5)
    .option("--seed <n>", "decides all randomness", wholeNumber("--seed"), 0)
    .option(
      "--threads <n>",
      "threads of training; the model is the same for any number (default: as many as pay)",
      wholeNumber("--threads"),
    );
  return addReadingOptions(command);
}

/** Reads the table, with the kinds that the options need their columns to be. */
export async function readTrainingTable(
  file: string,
  options: TrainingOptions,
  { onProgress, signal }: WatchedWork,
  more: Readonly<Record<string, DeclaredKind>> = {},
): Promise<Table> {
  const { weights, group, id } = options;
  const columns: Record<string, DeclaredKind> = { ...more };
  if (weights !== undefined) columns[weights] = "numeric";
  if (group !== undefined) columns[group] = "text";
  Object.assign(columns, options.kind);
  if (id !== undefined) columns[id] = "text";
  return readTable(file, { ...readingOptions(options), columns, onProgress, signal });
}

export function trainOptionsOf(options: TrainingOptions, { onProgress, signal }: WatchedWork): TrainOptions {
  const { label, positive, id, group, weights, exclude, monotone, allowLeak, totals } = options;
  const { folds, seed, threads } = options;
  return {
    label,
    group,
    weights,
    exclude,
    monotone,
    allowLeaks: allowLeak,
    totals,
    folds,
    seed,
    threads,
    onProgress,
    signal,
    ...(positive === undefined ? {} : { positive }),
    ...(id === undefined ? {} : { id }),
  };
}

function collectSign(text: string, signs: Record<string, 1 | -1>): Record<string, 1 | -1> {
  const [, column, sign] = /^(.+)=([+-]?1)$/u.exec(text) ?? [];
  if (column === undefined) throw new InvalidArgumentError("must be COLUMN=1 or COLUMN=-1");
  return { ...signs, [column]: Number(sign) as 1 | -1 };
}
