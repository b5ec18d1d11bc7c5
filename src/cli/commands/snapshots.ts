import { Command, Option } from "commander";
import { count, invalidArgument } from "../../errors.js";
import { writeWholeFile } from "../../files/whole-file.js";
import { DUCKDB_FORMATS, duckdbDoorOf, extensionsText } from "../../formats/formats.js";
import type { History } from "../../history/history.js";
import { populationFigures } from "../../history/population-figures.js";
import type { SqlDialect } from "../../history/query/dialect.js";
import { noteLine } from "../../history/report/history-lines.js";
import type { HistoryReport } from "../../history/report/history-report.js";
import type { SnapshotOptions } from "../../history/snapshot-options.js";
import { snapshotSql } from "../../history/snapshot-sql.js";
import { describeFeatures, type SnapshotSummary, writeSnapshots } from "../../history/snapshots.js";
import { FACT_TABLE_NAMES } from "../../history/standard-tables.js";
import { windowsOf } from "../../history/windows/windows.js";
import { percent, whole } from "../../printing/numbers.js";
import { printable } from "../../printing/printable.js";
import { textTable } from "../../printing/text-table.js";
import { wholeNumber } from "../options/arguments.js";
import { CHURN_SPEC_HELP, parseChurnSpec } from "../options/churn-spec.js";
import {
  addHistoryOptions,
  addWindowOptions,
  type HistoryOptions,
  openFolder,
  type WindowOptions,
} from "../options/history-options.js";
import { addReadingOptions, OPERATOR_ZONE } from "../options/reading-options.js";
import { parseCutoffs } from "../options/window-spec.js";
import { watchWork } from "../progress-display.js";

interface Options extends HistoryOptions, WindowOptions {
  at: string;
  churn: string;
  out?: string;
  online?: string;
  sql?: SqlDialect;
  describeFeatures?: boolean;
  exclude: string[];
  json?: boolean;
}

const EXAMPLES = `
The folder holds a file for each table, named after it: ${FACT_TABLE_NAMES.slice(0, 6).join(", ")},
${FACT_TABLE_NAMES.slice(6).join(", ")}. Only subscribers is required. Files end in ${extensionsText()}.

Examples:
  holdfast snapshots history --at 2025-01..2025-12 --observe 6 --gap 1 --horizon 3 --churn disconnected --out snapshots.parquet
  holdfast snapshots history --at 2026-01 --churn none --out to-score.csv
  holdfast snapshots history --at 2026-01 --churn none --out to-score.csv --online history.json
  holdfast snapshots history --at 2025-06 --churn "disconnected:voluntary,ported_out+inactive:90" --out snapshots.csv
  holdfast snapshots 历史 --encoding gb18030 --map 列名.json --map subscribers=用户.csv --at 2025-06 --out snapshots.parquet
  holdfast snapshots history --at 2025-06 --sql postgresql > snapshots.sql
  holdfast snapshots history --at 2025-01-31..2025-06 --time-zone Asia/Shanghai --date-format dd.MM.yyyy --out month-ends.csv

--map TABLE=FILE names the file of a table, relative to the folder, where it has another name. --map with a JSON file names
your own columns by table, and how their cells are written where they differ:
{ "usage": { "subscriber_id": "用户编号", "month": { "name": "账期", "dateFormat": "MM/yyyy" } } }`;

export function snapshotsCommand(): Command {
  const command = new Command("snapshots")
    .argument("<folder>", "the folder with the files of the history")
    .requiredOption(
      "--at <days>",
      "cutoffs: 2025-06, 2025-06-15, several with commas between, or 2025-01..2025-12",
    );
  addWindowOptions(command)
    .option("--churn <what>", CHURN_SPEC_HELP, "disconnected")
    .option("--out <file>", `where to write: ${extensionsText(DUCKDB_FORMATS)}`)
    .addOption(
      new Option("--sql <dialect>", "print the SQL for a database instead").choices([
        "duckdb",
        "postgresql",
        "spark",
      ]),
    )
    .option(
      "--online <file>",
      "also write the file of holdfast serve --history, from which a service makes vectors, as of the last cutoff",
    )
    .option("--describe-features", "print the features and their meaning instead");
  addHistoryOptions(command)
    .addOption(
      new Option("--exclude <column>", "leave a column of the files out (repeatable)")
        .argParser((text: string, all: string[]) => [...all, text])
        .default([], "none"),
    )
    .option("--threads <n>", "threads of DuckDB (default: all cores)", wholeNumber("--threads"))
    .option("--json", "print the summary as JSON")
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(command, OPERATOR_ZONE).action(run);
}

async function run(folder: string, options: Options): Promise<void> {
  const { out, sql, describeFeatures: describes } = options;
  if ([out, sql, describes].filter((each) => each !== undefined).length !== 1) {
    const expected = "must be given, or one of --sql and --describe-features instead";
    invalidArgument("holdfast snapshots", "--out", expected, out);
  }
  if (out !== undefined) duckdbDoorOf("holdfast snapshots", "--out", out);
  const { observe, gap, horizon, followedUntil } = options;
  const snapshotOptions: SnapshotOptions = {
    at: parseCutoffs(options.at),
    churn: parseChurnSpec(options.churn),
    observe,
    gap,
    horizon,
    followedUntil,
  };
  // Checked before anything is read.
  windowsOf("holdfast snapshots", snapshotOptions);
  const work = watchWork();
  const { onProgress, signal } = work;
  let history: History | undefined;
  try {
    history = await openFolder(folder, options, { onProgress, signal }, options.exclude);
    if (out === undefined) {
      work.stop();
      console.log(
        await (sql === undefined
          ? featuresText(history, snapshotOptions)
          : sqlText(history, snapshotOptions, sql)),
      );
      return;
    }
    const summary = await writeSnapshots(history, out, { ...snapshotOptions, onProgress, signal });
    if (options.online !== undefined) await writeOnline(history, options.online, snapshotOptions);
    work.stop();
    if (options.json) console.log(JSON.stringify({ out, ...summary, history: history.report }, null, 2));
    else {
      const parts = [...dropped(history.report), ...noted(history.report), summaryText(summary)];
      console.log([...parts, `Wrote ${out}`].join("\n\n"));
    }
  } finally {
    work.stop();
    history?.close();
  }
}

/** What `holdfast serve --history` reads. */
async function writeOnline(history: History, path: string, { at, observe }: SnapshotOptions): Promise<void> {
  const cutoffs = [at].flat().toSorted();
  const population = await populationFigures(history, cutoffs[cutoffs.length - 1], { observe });
  await writeWholeFile(path, `${JSON.stringify({ observe, population })}\n`);
}

async function featuresText(history: History, options: SnapshotOptions): Promise<string> {
  const features = await describeFeatures(history, options);
  return textTable(
    ["feature", "family", "unit", "meaning"],
    features.map(({ name, family, unit, description }) => [printable(name), family, unit, description]),
  );
}

async function sqlText(history: History, options: SnapshotOptions, dialect: SqlDialect): Promise<string> {
  const { views, query } = await snapshotSql(history.schema, { ...options, dialect });
  return [...views, query].map((statement) => `${statement};`).join("\n\n");
}

function dropped({ tables }: HistoryReport): string[] {
  const lines = Object.entries(tables).flatMap(([table, { problems }]) =>
    problems.map(({ kind, column, rows, action }) => [table, kind, column ?? "", whole(rows), action]),
  );
  return lines.length === 0
    ? []
    : [textTable(["table", "problem", "column", "rows", "what was done"], lines)];
}

function noted({ tables }: HistoryReport): string[] {
  const lines = Object.entries(tables).flatMap(([table, { notes }]) =>
    notes.map((note) => printable(noteLine(table, note))),
  );
  return lines.length === 0 ? [] : [lines.join("\n")];
}

function summaryText({ rows, cutoffs, censored }: SnapshotSummary): string {
  const table = textTable(
    ["cutoff", "rows", "churned", ""],
    cutoffs.map(({ at, rows: count, churned }) => [
      at,
      whole(count),
      churned === undefined ? "–" : whole(churned),
      churned === undefined ? "" : percent(churned / count),
    ]),
  );
  const note =
    censored.length === 0
      ? []
      : [`Left out, because the history ends before their prediction windows: ${censored.join(", ")}`];
  return [count(rows, "row"), table, ...note].join("\n\n");
}
