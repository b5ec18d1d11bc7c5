import { stat } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { HoldfastError, invalidArgument } from "../../errors.js";
import { checkFormat, formatOf, isGzipPath, type TableFormat } from "../../formats/format.js";
import type { TextLayout } from "../../formats/text/table-text.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import type { TableSink } from "../../table/table-sink.js";
import type { FoundParts, StreamFormat } from "./inputs.js";

/** A table of PostgreSQL, keyed by id and day, written in one transaction. Needs `pg`. */
export interface PostgresOutput {
  /** With its schema if need be: `"churn.scores"`. Made where there is none. */
  readonly postgres: string;
  /** URL of the database. Default: what `PGHOST`, `PGDATABASE` and the like say. */
  readonly connection?: string | undefined;
  /** The day that the scores are of, such as `2026-02-01`. */
  readonly scoredOn: string;
}

/** A stream, such as standard output, which is left open. */
export interface StreamOutput {
  readonly stream: Writable;
  readonly format: StreamFormat;
}

/** Where scores go: a file, a folder, a table, a stream. */
export type ScoreOutput = string | PostgresOutput | StreamOutput;

/** How scores are written. */
export interface WriteScoreOptions {
  /** Default: by extension; in a folder, that of each part of the input, and Parquet where that has none. */
  readonly format?: TableFormat | undefined;
  /** Whether CSV and TSV begin with the names of the columns. Default true. */
  readonly header?: boolean | undefined;
  /** Text that stands for a missing value in CSV and TSV. Default: nothing. */
  readonly nullText?: string | undefined;
  /** Whether fields of CSV and TSV are quoted where needed. Default true. */
  readonly quotes?: boolean | undefined;
}

/** Where all scores of a job go, or each part by itself. */
export type ScoreTarget =
  | {
      readonly kind: "one";
      readonly name: string;
      open(columns: readonly ColumnSchema[]): Promise<TableSink>;
    }
  | {
      readonly kind: "folder";
      readonly folder: string;
      readonly files: readonly string[];
      openPart(part: number, columns: readonly ColumnSchema[]): Promise<TableSink>;
    };

/** @throws HoldfastError for an output that is the input, a format that is not known, two parts of one name. */
export async function findTarget(
  output: ScoreOutput,
  found: FoundParts,
  write: WriteScoreOptions,
): Promise<ScoreTarget> {
  if (typeof output === "string") return fileTarget(output, found, write);
  if (typeof output === "object" && output !== null) {
    if ("postgres" in output) {
      const { postgresSink } = await import("../../database/postgres/sink.js");
      const { postgres: into, connection, scoredOn } = output;
      return {
        kind: "one",
        name: into,
        open: (columns) => postgresSink({ connection, into, scoredOn }, columns),
      };
    }
    if ("stream" in output)
      return { kind: "one", name: "standard output", open: (columns) => streamSink(output, columns, write) };
  }
  const expected = "must be a path, { postgres: table, scoredOn } or { stream, format }";
  return invalidArgument("scoreFile", "output", expected, output);
}

async function fileTarget(output: string, found: FoundParts, write: WriteScoreOptions): Promise<ScoreTarget> {
  checkFormat("scoreFile", "write.format", write.format);
  const existing = await stat(output).catch(() => undefined);
  const isFolder =
    existing?.isDirectory() === true || output.endsWith("/") || (found.isMany && extname(output) === "");
  if (isFolder) return folderTarget(output, found, write);
  const format = write.format ?? formatOf("scoreFile", "output", output);
  for (const { path } of found.parts) await refuseSame(path, output);
  return { kind: "one", name: output, open: (columns) => fileSink(output, format, columns, write) };
}

async function folderTarget(
  folder: string,
  { parts }: FoundParts,
  write: WriteScoreOptions,
): Promise<ScoreTarget> {
  const formats = parts.map(({ format }) => write.format ?? format ?? "parquet");
  const files = parts.map(({ key }, p) => `${key}.${formats[p]}`);
  const twice = files.find((file, p) => files.indexOf(file) < p);
  if (twice !== undefined) {
    const expected = "must differ in more than their extensions, for each becomes a part of its own";
    invalidArgument("scoreFile", "input", `files ${expected}`, twice);
  }
  for (const [p, { path }] of parts.entries()) await refuseSame(path, join(folder, files[p]));
  return {
    kind: "folder",
    folder,
    files,
    openPart: (part, columns) => fileSink(join(folder, files[part]), formats[part], columns, write),
  };
}

async function fileSink(
  path: string,
  format: TableFormat,
  columns: readonly ColumnSchema[],
  write: WriteScoreOptions,
): Promise<TableSink> {
  if (format === "parquet") {
    const { parquetSink } = await import("../../formats/parquet/sink.js");
    return parquetSink(path, columns);
  }
  const { textFileSink } = await import("../../formats/text/sink.js");
  return textFileSink(path, namesOf(columns), layoutOf(format, write), isGzipPath(path));
}

async function streamSink(
  { stream, format }: StreamOutput,
  columns: readonly ColumnSchema[],
  write: WriteScoreOptions,
): Promise<TableSink> {
  if (format === "arrow") {
    const { arrowStreamSink } = await import("../../formats/arrow/sink.js");
    return arrowStreamSink(stream, columns);
  }
  if (!["csv", "tsv", "ndjson"].includes(format)) {
    invalidArgument("scoreFile", "output.format", "must be one of csv, tsv, ndjson, arrow", format);
  }
  const { textStreamSink } = await import("../../formats/text/sink.js");
  return textStreamSink(stream, "standard output", namesOf(columns), layoutOf(format, write));
}

function layoutOf(format: TextLayout["format"], { header, nullText, quotes }: WriteScoreOptions): TextLayout {
  return { format, header, nullText, quotes };
}

function namesOf(columns: readonly ColumnSchema[]): string[] {
  return columns.map(({ name }) => name);
}

/** Refuses to write over the input, also under another name of it. */
async function refuseSame(input: string | undefined, output: string): Promise<void> {
  if (input === undefined) return;
  if (resolve(input) !== resolve(output)) {
    const [first, second] = await Promise.all(
      [input, output].map((path) => stat(path).catch(() => undefined)),
    );
    if (first === undefined || first.ino !== second?.ino || first.dev !== second.dev) return;
  }
  throw new HoldfastError({
    code: "argument.invalid",
    path: { function: "scoreFile", argument: "output" },
    expected: "must be another file than the input",
    received: output,
  });
}
