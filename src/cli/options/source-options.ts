import { type Command, Option } from "commander";
import type { DatabaseInput } from "../../database/databases.js";
import { invalidArgument } from "../../errors.js";
import { FORMATS, STREAM_FORMATS, type StreamFormat, type TableFormat } from "../../formats/formats.js";
import type { StreamInput } from "../../formats/row-inputs.js";
import { shellWord } from "../../printing/shell-word.js";

/** What {@link addSourceOptions} puts into a command's options: where rows come from, where no path is given. */
export interface SourceOptions {
  readonly duckdb?: string;
  readonly database?: string;
  readonly postgres?: string;
  readonly connection?: string;
  readonly inputFormat?: AnyFormatName;
}

/** Rows that a command reads: a path, a query, standard input. */
export type CommandSource = string | DatabaseInput | StreamInput;

export type AnyFormatName = TableFormat | StreamFormat;

export const FORMAT_NAMES = FORMATS.map(({ name }) => name);

/** Adds the options of queries and of standard input. @param doing what the command does with rows: "read", "score". */
export function addSourceOptions(command: Command, doing = "read"): Command {
  return command
    .option("--duckdb <query>", `${doing} the rows of a DuckDB query`)
    .option(
      "--database <file>",
      "the DuckDB file that the query reads (default: none, for queries that name files)",
    )
    .option("--postgres <query>", `${doing} the rows of a PostgreSQL query`)
    .option("--connection <url>", "the PostgreSQL server (default: as the PG… environment variables say)")
    .addOption(
      new Option("--input-format <format>", "format of the input, required for -")
        .choices(FORMAT_NAMES)
        .default(undefined, "by extension"),
    );
}

/**
 * Where a command's rows come from. @param commandName for errors, such as `holdfast train`. @param argument its argument
 * of a path, which may be `-` for standard input.
 * @throws HoldfastError where nothing is given, or more than one thing.
 */
export function sourceOf(
  commandName: string,
  argument: string,
  path: string | undefined,
  { duckdb, database, postgres, connection, inputFormat }: SourceOptions,
): CommandSource {
  const given = [path, duckdb, postgres].filter((each) => each !== undefined);
  if (given.length !== 1) {
    const expected = "must be given once: a path, -, --duckdb or --postgres";
    invalidArgument(commandName, argument, expected, given.length === 0 ? undefined : given);
  }
  if (database !== undefined && duckdb === undefined) {
    invalidArgument(commandName, "--database", "must come with --duckdb", database);
  }
  if (duckdb !== undefined) return { duckdb, database };
  if (postgres !== undefined) return { postgres, connection };
  if (path !== "-") return path as string;
  return { stream: process.stdin, format: pipeFormat(commandName, "--input-format", inputFormat) };
}

/** A format that streams have. @throws HoldfastError for another. */
export function pipeFormat(commandName: string, argument: string, format: string | undefined): StreamFormat {
  const known = STREAM_FORMATS.find((name) => name === format);
  const names = `${STREAM_FORMATS.slice(0, -1).join(", ")} or ${STREAM_FORMATS.at(-1)}`;
  return known ?? invalidArgument(commandName, argument, `must be ${names} in a pipe`, format);
}

/** The format of files, which is none where a query or a stream is read. */
export function fileFormatOf(
  source: CommandSource,
  { inputFormat }: SourceOptions,
): { readonly format?: TableFormat } {
  return typeof source === "string" && inputFormat !== undefined ? { format: inputFormat } : {};
}

/** The words that name a source, for further commands; a connection, which may hold a password, is left to the reader. */
export function sourceWords(source: CommandSource, { inputFormat }: SourceOptions): string[] {
  const format = inputFormat === undefined ? [] : ["--input-format", inputFormat];
  if (typeof source === "string") return [shellWord(source), ...format];
  if ("stream" in source) return ["-", ...format];
  if ("postgres" in source) {
    const connection = source.connection === undefined ? [] : ["--connection URL"];
    return ["--postgres", shellWord(source.postgres), ...connection];
  }
  const database = source.database === undefined ? [] : ["--database", shellWord(source.database)];
  return ["--duckdb", shellWord(source.duckdb), ...database];
}

/** How results call a source. */
export function sourceLabel(source: CommandSource): string {
  if (typeof source === "string") return source;
  if ("stream" in source) return "standard input";
  return "duckdb" in source ? "a DuckDB query" : "a PostgreSQL query";
}
