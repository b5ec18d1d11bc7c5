import { Command, Option } from "commander";
import { invalidArgument } from "../../errors.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import { writeWholeFile } from "../../files/whole-file.js";
import { LOCALE_NAMES } from "../../predict/explaining/explain-options.js";
import { loadChurnModel } from "../../predict/load.js";
import { shellWord } from "../../printing/shell-word.js";
import type { ReportOptions } from "../../report/churn/report-options.js";
import { loadCharts } from "../load-charts.js";
import { collect, wholeNumber } from "../options/arguments.js";
import { columnList } from "../options/evaluation-output.js";
import { readNeeded } from "../options/read-needed.js";
import {
  addReadingOptions,
  FILES_HELP,
  type ReadingOptions,
  readingOptions,
} from "../options/reading-options.js";
import {
  addCampaignOptions,
  type CampaignWords,
  campaignOptionsOf,
} from "../options/report/campaign-options.js";
import { backtestOfFile, learningCurveOfFile } from "../options/report/earlier-results.js";
import { addSourceOptions, fileFormatOf, type SourceOptions, sourceOf } from "../options/source-options.js";
import { weightKinds, weightsOption } from "../options/weights-option.js";
import { checkFolderOf } from "../options/writable-folder.js";
import { watchWork } from "../progress-display.js";

interface Options extends ReadingOptions, SourceOptions, CampaignWords {
  out?: string;
  card?: string;
  json?: boolean;
  locale: LocaleName;
  title?: string;
  segments?: string[];
  sensitive?: string[];
  value?: string;
  period?: string;
  backtest?: string;
  learningCurve?: string;
  definition?: string;
  intendedUse?: string;
  examples?: number;
  weights?: string | boolean;
  seed: number;
}

const EXAMPLES = `
The page is one file: no network, no other files but CSV of tables that it cuts. With .md, pictures are SVG files beside it.
Rows without labels give a report of predictions, drift and examples only.

Examples:
  holdfast report telco.model.json march.csv --out march.html
  holdfast report telco.model.json march.csv --out march.html --json --card MODEL_CARD.md
  holdfast report telco.model.json march.csv --out march.html --locale zh --segments Contract,tenure
  holdfast report churn.model.json march.parquet --out march.html --value arpu_mean --months 24 --offer-cost 15
  holdfast report churn.model.json march.parquet --out march.md --backtest backtest.json --learning-curve training.json`;

export function reportCommand(): Command {
  const command = new Command("report")
    .argument("<model>", "a model file that holdfast train saved")
    .argument("[file]", `rows that training did not see: ${FILES_HELP}, or -`)
    .option("--out <file>", "where to write the page: .html or .md (default: Markdown is printed)")
    .option("--card <file>", "also write the model card to a file: .md")
    .option("--json", "write all numbers as JSON beside the page; without --out, print them")
    .addOption(new Option("--locale <language>", "language of the page").choices(LOCALE_NAMES).default("en"))
    .option("--title <text>", "the heading")
    .option(
      "--segments <columns>",
      "columns of segments, with commas between (default: the model's categorical columns of at most 20 levels)",
      columnList,
    )
    .addOption(
      new Option(
        "--sensitive <column>",
        "a column by which treatment is compared (repeatable) (default: those marked in training, or named like gender)",
      ).argParser(collect),
    )
    .option(
      "--value <column>",
      "the column with the monthly value of a subscriber (default: that of the model)",
    )
    .option("--period <column>", "the column of time, for stability (default: cutoff of snapshots)")
    .option("--backtest <file>", "JSON of holdfast backtest, to show how earlier models did")
    .option(
      "--learning-curve <file>",
      "JSON of holdfast train --learning-curve, to show what more rows would buy",
    )
    .option("--definition <text>", "what counts as churn, in a sentence")
    .option("--intended-use <text>", "what the model is for, in a sentence or two")
    .option(
      "--examples <number>",
      "most subscribers to show with reasons (default: 6)",
      wholeNumber("--examples"),
    )
    .option(
      "--weights <column>",
      "the column of row weights (default: that of the model, where the file has it)",
    )
    .option("--no-weights", "measure every row alike, though the model was trained with weights")
    .option("--seed <n>", "seed of the bootstrap and of samples", wholeNumber("--seed"), 0)
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(addSourceOptions(addCampaignOptions(command))).action(report);
}

async function report(modelPath: string, file: string | undefined, options: Options): Promise<void> {
  const { out, card, json, locale, title, segments = [], sensitive = [], value, period } = options;
  const source = sourceOf("holdfast report", "file", file, options);
  checkOut("--out", out, /\.(html|md)$/iu, ".html or .md");
  checkOut("--card", card, /\.md$/iu, ".md");
  for (const path of [out, card]) if (path !== undefined) await checkFolderOf(path);
  const earlier = {
    ...(options.backtest === undefined ? {} : { backtest: backtestOfFile(options.backtest) }),
    ...(options.learningCurve === undefined
      ? {}
      : { learningCurve: learningCurveOfFile(options.learningCurve) }),
  };
  const model = await loadChurnModel(modelPath);
  // Late, as few commands draw charts.
  const { churnReport, modelCard, reportMarkdown, writeReport } = await loadReport();
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    const kinds = {
      ...weightKinds(options.weights, model),
      ...(value === undefined || value in model.columnKinds ? {} : { [value]: "numeric" as const }),
    };
    const needed = new Set([
      ...Object.keys(kinds),
      model.label.column,
      ...segments,
      ...sensitive,
      ...(period === undefined ? [] : [period]),
    ]);
    const { table } = await readNeeded(
      source,
      { ...readingOptions(options, kinds), ...fileFormatOf(source, options), onProgress, signal },
      (name) => needed.has(name),
    );
    const measured = await churnReport(model, table, {
      ...earlier,
      ...reportOptionsOf(options),
      name: modelPath,
      command: commandLine(),
      onProgress,
      signal,
    });
    const written = [
      ...(out === undefined ? [] : await writeReport(measured, out, { locale, title })),
      ...(out === undefined || json !== true
        ? []
        : await writeReport(measured, out.replace(/\.(html|md)$/iu, ".json"))),
    ];
    if (card !== undefined) {
      await writeWholeFile(card, modelCard(measured, { locale }));
      written.push(card);
    }
    work.stop();
    for (const path of written) console.error(`Wrote ${path}`);
    if (out === undefined)
      console.log(
        json ? JSON.stringify(measured, null, 2) : reportMarkdown(measured, { locale, title }).markdown,
      );
  } finally {
    work.stop();
  }
}

function reportOptionsOf(options: Options): ReportOptions {
  const { segments, sensitive, value, period, definition, intendedUse, examples, locale, seed, weights } =
    options;
  return {
    ...{ segments, sensitive, value, period, definition, intendedUse, examples, locale, seed },
    weights: weightsOption(weights),
    campaign: campaignOptionsOf(options),
  };
}

/** The command that is running, to be shown in its report. */
function commandLine(): string {
  return ["holdfast", ...process.argv.slice(2)].map(shellWord).join(" ");
}

function checkOut(option: string, path: string | undefined, ending: RegExp, endings: string): void {
  if (path === undefined || ending.test(path)) return;
  invalidArgument("holdfast", option, `must end in ${endings}`, path);
}

/** @throws HoldfastError where the libraries that draw charts are not installed. */
function loadReport() {
  return loadCharts({ command: "holdfast report" }, () => import("../../report/index.js"));
}
