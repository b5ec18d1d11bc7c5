import { type Command, Option } from "commander";
import { type History, openHistory } from "../../history/history.js";
import { sourcesInFolder } from "../../history/sources/folder.js";
import type { FactTableName } from "../../history/standard-tables.js";
import type { Span } from "../../history/windows/span.js";
import type { LongWork } from "../../progress.js";
import { readMaps } from "./map-spec.js";
import { encodingOptions, formatOptions, type ReadingOptions } from "./reading-options.js";
import { parseSpan } from "./window-spec.js";

/** What the options below put into a command's options: how the windows of a cutoff lie. */
export interface WindowOptions {
  observe?: Span;
  gap?: Span;
  horizon?: Span;
  followedUntil?: string;
}

/** What the options below put into a command's options: how the files of a history are read. */
export interface HistoryOptions extends ReadingOptions {
  onProblems: "refuse" | "drop";
  absentMonths?: "zero" | "unknown";
  today?: string;
  map: string[];
  memoryLimit?: string;
  threads?: number;
}

/** Adds the windows of a cutoff. */
export function addWindowOptions(command: Command): Command {
  return command
    .option(
      "--observe <span>",
      "observation window of the features: months, or days as 90d (default: 6)",
      parseSpan("--observe"),
    )
    .option(
      "--gap <span>",
      "time between the cutoff and the prediction window (default: 1)",
      parseSpan("--gap"),
    )
    .option("--horizon <span>", "length of the prediction window (default: 3)", parseSpan("--horizon"))
    .option(
      "--followed-until <day>",
      "the first day after the history (default: the day after its last fact)",
    );
}

/** Adds how a folder of history is read; `--threads` is the command's own. */
export function addHistoryOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--on-problems <what>", "refuse facts with errors, or drop them")
        .choices(["refuse", "drop"])
        .default("refuse"),
    )
    .addOption(
      new Option(
        "--map <file>",
        "TABLE=FILE, or a JSON file with your own column names, and their formats, by table (repeatable)",
      )
        .argParser((text: string, all: string[]) => [...all, text])
        .default([], "standard names"),
    )
    .addOption(
      new Option(
        "--absent-months <what>",
        "what a month without a row of usage or billing says of an active subscriber",
      )
        .choices(["zero", "unknown"])
        .default("zero"),
    )
    .option("--today <day>", "the newest day that a fact can have (default: the present day)")
    .option(
      "--memory-limit <size>",
      "memory of DuckDB, such as 2GB, before it uses the disk (default: 80% of the memory)",
    );
}

/**
 * Opens a folder of history; source by source if options say how its files are read.
 * @param exclude columns that are not read.
 */
export async function openFolder(
  folder: string,
  options: HistoryOptions,
  work: LongWork,
  exclude?: readonly string[],
): Promise<History> {
  const { onProblems, absentMonths, today, memoryLimit, threads, map, encoding, delimiter } = options;
  const { ofFile, ofColumns } = formatOptions(options);
  const columns = Object.keys(ofColumns).length === 0 ? undefined : ofColumns;
  const rules = { onProblems, absentMonths, today, exclude, ...ofFile, columns };
  const limits = { ...rules, memoryLimit, threads, ...work };
  if (map.length === 0 && encoding === undefined && delimiter === undefined)
    return openHistory(folder, limits);
  const maps = await readMaps(map);
  const { sources } = await sourcesInFolder(folder, maps.files);
  const mapped = Object.entries(sources).map(([table, source]) => {
    const columns = maps.columns[table as FactTableName];
    const isText = typeof source === "string" && !source.endsWith(".parquet");
    return [table, { source, columns, ...(isText ? encodingOptions(options) : {}) }];
  });
  return openHistory({ ...sources, ...Object.fromEntries(mapped) }, limits);
}
