import { stat } from "node:fs/promises";
import { Command } from "commander";
import { invalidArgument } from "../../errors.js";
import { writeWholeFile } from "../../files/whole-file.js";
import type { SnapshotOptions } from "../../history/snapshot-options.js";
import { printable } from "../../printing/printable.js";
import { backtestMarkdown } from "../../report/backtest.js";
import { backtest } from "../../training/backtest/backtest.js";
import { askedPeriod, type BacktestOptions } from "../../training/backtest/options.js";
import type { Backtest } from "../../training/backtest/result.js";
import { wholeNumber } from "../options/arguments.js";
import { CHURN_HELP, parseChurnSpec } from "../options/churn-spec.js";
import { checkEvaluationPath } from "../options/evaluation-output.js";
import {
  addHistoryOptions,
  addWindowOptions,
  type HistoryOptions,
  openFolder,
  type WindowOptions,
} from "../options/history-options.js";
import { addModelOptions, type ModelOptions, modelOptionsOf } from "../options/model-options.js";
import { FILES_HELP } from "../options/reading-options.js";
import { type CommandSource, sourceLabel, sourceOf } from "../options/source-options.js";
import {
  addColumnOptions,
  readTrainingTable,
  type TrainingOptions,
  trainOptionsOf,
} from "../options/training-options.js";
import { parseCutoffs } from "../options/window-spec.js";
import { checkFolderOf } from "../options/writable-folder.js";
import { backtestText } from "../print/backtest.js";
import { type WatchedWork, watchWork } from "../progress-display.js";

type Options = Omit<TrainingOptions, "threads"> &
  ModelOptions &
  HistoryOptions &
  WindowOptions & {
    id: string;
    cutoff: string;
    from?: string;
    to?: string;
    retrainEvery?: number;
    window?: number;
    at?: string;
    churn?: string;
    out?: string;
    json?: boolean;
  };

const EXAMPLES = `
Of a folder of history, snapshots are made of every month that has the observation window behind it. Snapshots in a file
need --gap and --horizon, as they were made with. A training uses what was known on its day: snapshots whose prediction
windows had ended, with the labels that were known by then.

Examples:
  holdfast backtest history --from 2025-06 --to 2025-12
  holdfast backtest history --retrain-every 3 --window 12 --churn inactive:90 --tiers "call=5%,rest" --out backtest.md
  holdfast backtest snapshots.parquet --gap 1 --horizon 3 --classifier boosting
  holdfast backtest 快照.csv --cutoff 日期 --id 用户编号 --label 是否流失 --gap 1 --horizon 2 --json`;

export function backtestCommand(): Command {
  const command = new Command("backtest")
    .argument("[source]", `a folder with the files of a history, or snapshots: ${FILES_HELP}, or -`)
    .option(
      "--from <month>",
      "first month that is scored (default: the first before which labels were known)",
    )
    .option("--to <month>", "last month that is scored (default: the last that has snapshots)")
    .option(
      "--retrain-every <months>",
      "months that a model scores until the next training (default: 1)",
      wholeNumber("--retrain-every"),
    )
    .option(
      "--window <months>",
      "months of cutoffs that a training uses, the last that were known (default: all)",
      wholeNumber("--window"),
    )
    .option(
      "--at <days>",
      "cutoffs of a history: 2025-06, several with commas between, or 2025-01..2025-12 (default: every month)",
    );
  addWindowOptions(command)
    .option("--churn <what>", `${CHURN_HELP} (default: disconnected)`)
    .option("--cutoff <column>", "the column of cutoffs", "cutoff")
    .option("--label <column>", "the column of labels", "churn")
    .option("--id <column>", "the column of subscriber ids", "subscriber_id");
  addColumnOptions(addModelOptions(command));
  return addHistoryOptions(command)
    .option("--out <file>", "also write the backtest to a file: .md or .json")
    .option("--json", "print the backtest as JSON")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(path: string | undefined, options: Options): Promise<void> {
  const source = sourceOf("holdfast backtest", "source", path, options);
  const { out } = options;
  if (out !== undefined) {
    checkEvaluationPath(out);
    await checkFolderOf(out);
  }
  const folder = typeof source === "string" && (await isFolder(source)) ? source : undefined;
  const { from, to, retrainEvery, window, at, observe, gap, horizon, followedUntil, cutoff } = options;
  const churn = options.churn === undefined ? undefined : parseChurnSpec(options.churn);
  const work = watchWork();
  const backtestOptions: BacktestOptions = {
    ...trainOptionsOf(options, work),
    ...modelOptionsOf(options),
    ...{ from, to, retrainEvery, window, observe, gap, horizon, followedUntil, cutoff },
    // That `none` is wrong here, the library says.
    churn: churn as Exclude<SnapshotOptions["churn"], false>,
    at: at === undefined ? undefined : parseCutoffs(at),
  };
  try {
    // Checked before anything is read.
    askedPeriod(backtestOptions);
    const result = await backtestOf(source, folder, options, work, backtestOptions);
    work.stop();
    if (out !== undefined) await writeBacktest(out, result, sourceLabel(source));
    if (options.json) console.log(JSON.stringify(result, null, 2));
    else console.log(`${backtestText(result)}${out === undefined ? "" : `\n\nWrote ${out}`}`);
  } finally {
    work.stop();
  }
}

async function backtestOf(
  source: CommandSource,
  folder: string | undefined,
  options: Options,
  work: WatchedWork,
  backtestOptions: BacktestOptions,
): Promise<Backtest> {
  if (folder === undefined) {
    if (options.map.length > 0) {
      invalidArgument(
        "holdfast backtest",
        "--map",
        "must be left out where snapshots are given",
        options.map,
      );
    }
    const { value, cutoff } = options;
    const kinds = value === undefined ? {} : { [value]: "numeric" as const };
    const { table, unread } = await readTrainingTable(source, options, work, { ...kinds, [cutoff]: "date" });
    const { exclude } = trainOptionsOf(options, work, unread);
    return backtest(table, { ...backtestOptions, exclude });
  }
  const { onProgress, signal } = work;
  const history = await openFolder(folder, options, { onProgress, signal });
  try {
    return await backtest(history, backtestOptions);
  } finally {
    history.close();
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

async function writeBacktest(out: string, result: Backtest, source: string): Promise<void> {
  const text = /\.json$/i.test(out)
    ? `${JSON.stringify(result, null, 2)}\n`
    : `# Backtest of ${printable(source)}\n\n${backtestMarkdown(result)}\n`;
  await writeWholeFile(out, text);
}
