import { access, constants } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { CALIBRATION_METHODS, type CalibrationMethod } from "../calibration/calibrate.js";
import { HoldfastError } from "../errors.js";
import { FAMILY_NAMES, type FamilyName } from "../model/families.js";
import { type Preference, type TrainOptions, trainChurnModel } from "../model/train.js";
import { readTable } from "../table/read-table.js";
import type { DeclaredKind } from "../table/resolve-column.js";
import { wholeNumber } from "./arguments.js";
import { trainingText } from "./print/training.js";
import { watchWork } from "./progress-display.js";
import { addReadingOptions, collectKind, type ReadingOptions, readingOptions } from "./reading-options.js";
import { parseTierSpec, TIER_SPEC_HELP } from "./tier-spec.js";

interface Options extends ReadingOptions {
  label: string;
  out?: string;
  positive?: string;
  id?: string;
  exclude: string[];
  kind: Record<string, DeclaredKind>;
  classifier: FamilyName[];
  prefer: Preference;
  timeBudget?: number;
  repeats?: number;
  monotone: Record<string, 1 | -1>;
  weights?: string;
  group?: string;
  allowLeak: string[];
  calibration: CalibrationMethod;
  tiers?: string;
  value?: string;
  folds: number;
  seed: number;
  threads?: number;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast train telco.csv --label Churn --id customerID --out telco.model.json
  holdfast train 用户.csv --encoding gb18030 --label 是否流失 --id 用户编号 --out 流失.model.json.gz
  holdfast train telco.csv --label Churn --id customerID --classifier additive,logistic --monotone tenure=-1
  holdfast train telco.csv --label Churn --id customerID --prefer speed --time-budget 60
  holdfast train snapshots.parquet --label churn --id subscriber_id --exclude cutoff --tiers "call=500,rest"`;

export function trainCommand(): Command {
  const command = new Command("train")
    .description("train, calibrate, evaluate and save a churn model")
    .argument("<file>", "CSV, TSV, Parquet, JSON or NDJSON (text also .gz), one row per subscriber")
    .requiredOption("--label <column>", "the column that says who churned")
    .option("--out <file>", "where to save the model (.json or .json.gz; default: not saved)")
    .option(
      "--positive <value>",
      "the label value that means churned (default: the one that says so: 1, Yes, 是 …)",
    )
    .option("--id <column>", "the column that names a subscriber")
    .addOption(
      new Option("--exclude <column>", "a column to leave out (repeatable)")
        .argParser((name: string, all: string[]) => [...all, name])
        .default([], "none"),
    )
    .addOption(
      new Option("--kind <column=kind>", "numeric, categorical, text or date for a column (repeatable)")
        .argParser(collectKind)
        .default({}, "as found in the data"),
    )
    .option(
      "--classifier <which>",
      `what to train, one or more of ${FAMILY_NAMES.join(", ")} (default: auto)`,
      familyNames,
      ["auto"],
    )
    .addOption(
      new Option("--prefer <what>", "what to keep of candidates that are as good")
        .choices(["accuracy", "speed", "readability"])
        .default("accuracy"),
    )
    .option(
      "--time-budget <seconds>",
      "begin no further classifier after so many seconds",
      wholeNumber("--time-budget"),
    )
    .option("--repeats <n>", "repeats of the cross-fit (default: 3 to 20,000 rows)", wholeNumber("--repeats"))
    .addOption(
      new Option(
        "--monotone <column=sign>",
        "1: only raises the probability, -1: only lowers it (repeatable)",
      )
        .argParser(collectSign)
        .default({}, "none"),
    )
    .option("--weights <column>", "what each row counts for")
    .option("--group <column>", "rows of one value stay in one fold: households, corporate accounts")
    .addOption(
      new Option("--allow-leak <column>", "a column that may tell the label (repeatable)")
        .argParser((name: string, all: string[]) => [...all, name])
        .default([], "none"),
    )
    .addOption(
      new Option("--calibration <how>", "how to calibrate").choices(CALIBRATION_METHODS).default("auto"),
    )
    .option("--tiers <spec>", `${TIER_SPEC_HELP} (default: high=10%,medium=20%,low)`)
    .option(
      "--value <column>",
      "the column that says what a subscriber is worth, in money: for tiers by loss, value bands, expected losses",
    )
    .option("--folds <n>", "folds of the cross-fit", wholeNumber("--folds"), 5)
    .option("--seed <n>", "decides all randomness", wholeNumber("--seed"), 0)
    .option(
      "--threads <n>",
      "threads of training; the model is the same for any number (default: as many as pay)",
      wholeNumber("--threads"),
    )
    .option("--json", "print the training report as JSON")
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(command).action(train);
}

async function train(file: string, options: Options): Promise<void> {
  const tiers = options.tiers === undefined ? undefined : parseTierSpec(options.tiers);
  if (options.out !== undefined) await checkFolder(options.out);
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    const columns = {
      ...(options.value === undefined ? {} : { [options.value]: "numeric" as const }),
      ...(options.weights === undefined ? {} : { [options.weights]: "numeric" as const }),
      ...(options.group === undefined ? {} : { [options.group]: "text" as const }),
      ...options.kind,
      ...(options.id === undefined ? {} : { [options.id]: "text" as const }),
    };
    const table = await readTable(file, { ...readingOptions(options), columns, onProgress, signal });
    const trainOptions: TrainOptions = {
      label: options.label,
      exclude: options.exclude,
      classifier: options.classifier,
      prefer: options.prefer,
      timeBudget: options.timeBudget,
      repeats: options.repeats,
      monotone: options.monotone,
      weights: options.weights,
      group: options.group,
      allowLeaks: options.allowLeak,
      calibration: options.calibration,
      folds: options.folds,
      seed: options.seed,
      threads: options.threads,
      onProgress,
      signal,
      ...(options.positive === undefined ? {} : { positive: options.positive }),
      ...(options.id === undefined ? {} : { id: options.id }),
      ...(tiers === undefined ? {} : { tiers }),
      value: options.value,
    };
    const model = await trainChurnModel(table, trainOptions);
    if (options.out !== undefined) await model.save(options.out);
    work.stop();
    if (options.json)
      console.log(
        JSON.stringify({ model: options.out ?? null, ...model.training, timings: model.timings }, null, 2),
      );
    else console.log(`${trainingText(model)}${options.out === undefined ? "" : `\n\nSaved ${options.out}`}`);
  } finally {
    work.stop();
  }
}

function familyNames(text: string): FamilyName[] {
  return text.split(",").map((each) => {
    const name = FAMILY_NAMES.find((known) => known === each.trim());
    if (name === undefined) throw new InvalidArgumentError(`must be of ${FAMILY_NAMES.join(", ")}`);
    return name;
  });
}

function collectSign(text: string, signs: Record<string, 1 | -1>): Record<string, 1 | -1> {
  const [, column, sign] = /^(.+)=([+-]?1)$/u.exec(text) ?? [];
  if (column === undefined) throw new InvalidArgumentError("must be COLUMN=1 or COLUMN=-1");
  return { ...signs, [column]: Number(sign) as 1 | -1 };
}

/** Better now than after the training. */
async function checkFolder(out: string): Promise<void> {
  const folder = dirname(resolve(out));
  await access(folder, constants.W_OK).catch(() => {
    throw new HoldfastError({
      code: "data.unwritable",
      path: { file: out },
      expected: "must lie in a folder that exists and can be written to",
      received: folder,
    });
  });
}
