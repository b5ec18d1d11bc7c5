import { Command, Option } from "commander";
import { invalidArgument } from "../../errors.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import type { Format } from "../../formats/format.js";
import { STREAM_FORMATS, streamFormat, type TableFormat } from "../../formats/formats.js";
import { loadModel } from "../../model-kinds.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { LOCALE_NAMES } from "../../predict/explaining/explain-options.js";
import type { ReadScoreOptions, ScoreInput } from "../../scoring/batch/inputs.js";
import { checkEndings, type ScoreOutput, type WriteScoreOptions } from "../../scoring/batch/outputs.js";
import { scoreFile } from "../../scoring/score-file.js";
import type { PartSummary, ScoreSummary } from "../../scoring/score-options.js";
import type { DeclaredColumn } from "../../table/grammar/column-plan.js";
import { share, wholeNumber } from "../options/arguments.js";
import { columnList } from "../options/evaluation-output.js";
import { NO_PARITY } from "../options/no-parity.js";
import {
  addReadingOptions,
  encodingOptions,
  FILES_HELP,
  formatOptions,
  type ReadingOptions,
} from "../options/reading-options.js";
import {
  type AnyFormatName,
  addSourceOptions,
  FORMAT_NAMES,
  fileFormatOf,
  pipeFormat,
  type SourceOptions,
  sourceOf,
} from "../options/source-options.js";
import { readTemplates } from "../options/templates-file.js";
import { scoreSummaryText } from "../print/scoring.js";
import { watchParts } from "../progress-display.js";

interface Options extends ReadingOptions, SourceOptions {
  out?: string;
  into?: string;
  scoredOn?: string;
  format?: AnyFormatName;
  header: boolean;
  csvSafe?: boolean;
  names?: string;
  rejects?: string;
  maxRejects?: number;
  maxUnseen?: number;
  capacity?: string;
  resume?: boolean;
  overwrite?: boolean;
  threads?: number;
  intervals?: boolean;
  reasons?: number;
  reasonsFor?: string[];
  locale?: LocaleName;
  templates?: string;
  parity: boolean;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast score telco.model.json subscribers.csv --out scores.csv
  holdfast score telco.model.json subscribers.parquet --out scores.parquet --json
  holdfast score telco.model.json exports/2026-02 --out scores/2026-02 --format parquet --rejects rejects.ndjson
  holdfast score telco.model.json exports/2026-02 --out scores/2026-02 --format parquet --rejects rejects.ndjson --resume
  holdfast score telco.model.json "exports/*.csv.gz" --out all.parquet
  holdfast score telco.model.json subscribers.csv --out tonight.csv --capacity "call=300,watch=20%"
  holdfast score telco.model.json subscribers.csv --out scores.csv --reasons 3 --reasons-for high,medium
  holdfast score telco.model.json --duckdb "SELECT * FROM subscribers" --database crm.duckdb --out scores.csv
  holdfast score telco.model.json --postgres "SELECT * FROM subscribers" --into churn.scores --scored-on 2026-02-01
  zcat subscribers.csv.gz | holdfast score telco.model.json - --input-format csv --out - > scores.csv

In a pipe, as Hive or Spark SQL run it on every partition:
  SELECT TRANSFORM (id, tenure, plan) USING 'holdfast score m.model.json - --input-format tsv --out - --no-header --names id,tenure,plan'
    AS (id STRING, probability DOUBLE, tier STRING) FROM subscribers
TSV in a pipe has tabs, no quotes, and \\N for a missing value.

A folder is scored file by file. Ctrl-C or SIGTERM stops after the current file; --resume continues, also after a kill, and
scores again what differs from the manifest in <out>/_holdfast.`;

export function scoreCommand(): Command {
  const command = new Command("score")
    .argument("<model>", "a model file that holdfast train saved")
    .argument("[input]", `rows to score: ${FILES_HELP}, a folder or pattern of them, or -`)
    .option("--out <path>", "where to write the scores: a file, a folder, or - for standard output")
    .option("--into <table>", "write the scores to this PostgreSQL table instead, keyed by id and day")
    .option("--scored-on <day>", "the day of the scores in a PostgreSQL table, such as 2026-02-01");
  addSourceOptions(command, "score")
    .addOption(
      new Option("--format <format>", "format of the output")
        .choices(FORMAT_NAMES)
        .default(undefined, "by extension; for a folder and - that of the input"),
    )
    .option("--no-header", "CSV and TSV have no header line, in the input and in the output")
    .option(
      "--names <columns>",
      "column names of input without header (default: the model's id and inputs, in its order)",
    )
    .option(
      "--csv-safe",
      "CSV and TSV: put a ' before texts that a spreadsheet would run as a formula (default: only with --capacity)",
    )
    .option("--no-csv-safe", "with --capacity: write such texts as they are")
    .option(
      "--rejects <file>",
      "write rows that cannot be scored to this file, complete and with the reason: NDJSON, or CSV by extension",
    )
    .option(
      "--max-rejects <rows>",
      "most rejected rows before the job fails (default: no limit with --rejects, else 0)",
      wholeNumber("--max-rejects"),
    )
    .option(
      "--max-unseen <share>",
      "largest share of a column's values that may be categories training never saw, from 0 to 1; 1 allows all (default: 0.5)",
      share("--max-unseen"),
    )
    .option(
      "--capacity <tiers>",
      "rank all rows as one list and fill its tiers exactly, by number or share, such as call=300,watch=20%; the last tier takes the rest",
    )
    .option("--resume", "continue a stopped or killed job")
    .option("--overwrite", "replace the scores of an earlier job in the folder")
    .option(
      "--threads <number>",
      "number of threads (default: the number of processors)",
      wholeNumber("--threads"),
    )
    .option("--intervals", "also write an interval for each probability, and whether its tier is uncertain")
    .option(
      "--reasons <number>",
      "also write so many columns of reasons: what raises the risk, as sentences (default: 0)",
      wholeNumber("--reasons"),
    )
    .option(
      "--reasons-for <tiers>",
      "only rows of these tiers get reasons, such as high,medium (default: all)",
      columnList,
    )
    .addOption(
      new Option("--locale <language>", "language of reasons").choices(LOCALE_NAMES).default(undefined, "en"),
    )
    .option("--templates <file>", "your own sentences of reasons: a JSON file of sentences by column")
    .option("--no-parity", NO_PARITY)
    .option("--json", "print a line of JSON for each part and one for the summary")
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(command).action(score);
}

async function score(modelPath: string, input: string | undefined, options: Options): Promise<void> {
  const from = sourceOf("holdfast score", "input", input, options);
  const to = outputOf(from, options);
  const format = typeof to === "string" ? (options.format as TableFormat | undefined) : undefined;
  checkEndings(from, to, format, options.rejects);
  const templates = options.templates === undefined ? undefined : await readTemplates(options.templates);
  const model = await loadModel(modelPath, options);
  const work = watchParts();
  // Standard output is for scores, where they go there.
  const say = options.out === "-" ? console.error : console.log;
  try {
    const summary = await scoreFile(model, from, to, {
      read: readOptions(model, from, options),
      write: writeOptions(to, options),
      intervals: options.intervals,
      reasons: options.reasons,
      reasonsFor: options.reasonsFor,
      locale: options.locale,
      templates,
      rejects: options.rejects,
      maxRejects: options.maxRejects,
      maxUnseen: options.maxUnseen,
      capacity: options.capacity,
      resume: options.resume,
      overwrite: options.overwrite,
      threads: options.threads,
      onPart: options.json === true ? (part) => say(jsonLine("part", part)) : undefined,
      onProgress: work.onProgress,
      signal: work.signal,
      stopSignal: work.stopSignal,
    });
    work.stop();
    if (options.json === true)
      say(jsonLine("summary", { out: options.out ?? options.into, ...withoutParts(summary) }));
    else say(`${scoreSummaryText(summary)}\n\nWrote ${writtenTo(options)}`);
  } finally {
    work.stop();
  }
}

function outputOf(from: ScoreInput, options: Options): ScoreOutput {
  const { out, into, scoredOn, connection, format } = options;
  if ((out === undefined) === (into === undefined)) {
    invalidArgument("holdfast score", "--out", "must be given, or --into, and not both", out);
  }
  if (into !== undefined) {
    if (scoredOn === undefined) {
      invalidArgument(
        "holdfast score",
        "--scored-on",
        "must be given with --into, such as 2026-02-01",
        scoredOn,
      );
    }
    return { postgres: into, connection, scoredOn };
  }
  if (out !== "-") return out as string;
  const ofInput = typeof from === "object" && "stream" in from ? from.format : undefined;
  return {
    stream: process.stdout,
    format: pipeFormat("holdfast score", "--format", format ?? ofInput ?? STREAM_FORMATS[0]),
  };
}

function readOptions(model: ChurnModel, from: ScoreInput, options: Options): ReadScoreOptions {
  const { header, names } = options;
  if (names !== undefined && header) {
    invalidArgument("holdfast score", "--names", "must come with --no-header", names);
  }
  const columnNames = names === undefined ? Object.keys(orderedKinds(model)) : columnList(names);
  const { ofFile, ofColumns } = formatOptions(options);
  return {
    ...encodingOptions(options),
    ...ofFile,
    ...(Object.keys(ofColumns).length === 0 ? {} : { columns: ofColumns }),
    ...fileFormatOf(from, options),
    ...(header ? {} : { names: columnNames }),
    ...inPipes(from),
  };
}

function writeOptions(to: ScoreOutput, { format, header, csvSafe }: Options): WriteScoreOptions {
  return {
    ...(csvSafe === undefined ? {} : { csvSafe }),
    ...(typeof to === "string" ? { format: format as TableFormat | undefined } : {}),
    header,
    ...inPipes(to),
  };
}

/** What a format does differently in pipes than in files. */
function inPipes(end: ScoreInput | ScoreOutput): Format["inPipes"] {
  return typeof end === "object" && "stream" in end
    ? streamFormat("holdfast score", "format", end.format).inPipes
    : undefined;
}

/** The id first, as tables usually have it. */
function orderedKinds(model: ChurnModel): Readonly<Record<string, DeclaredColumn>> {
  const kinds = model.columnKinds;
  return model.id === null ? kinds : { [model.id]: "text", ...kinds };
}

function writtenTo({ out, into, scoredOn }: Options): string {
  if (into !== undefined) return `${into}, scored on ${scoredOn}`;
  return out === "-" ? "to standard output" : (out ?? "");
}

function withoutParts({ parts, ...summary }: ScoreSummary): object {
  return { ...summary, parts: parts.length };
}

function jsonLine(event: string, content: PartSummary | object): string {
  return JSON.stringify({ event, ...content });
}
