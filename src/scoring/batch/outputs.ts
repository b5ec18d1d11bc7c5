import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { checkOptions } from "../../arguments.js";
import { type DatabaseOutput, databaseOf } from "../../database/databases.js";
import { HoldfastError, invalidArgument } from "../../errors.js";
import { statOf } from "../../files/stat-of.js";
import type { WriteOptions } from "../../formats/format.js";
import {
  type FormatOfFiles,
  fileFormat,
  formatOf,
  type StreamFormat,
  streamFormat,
  type TableFormat,
} from "../../formats/formats.js";
import { parquet } from "../../formats/parquet/index.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import type { TableSink } from "../../table/table-sink.js";
import type { FoundParts } from "./inputs.js";

/** A stream, such as standard output, which is left open. */
export interface StreamOutput {
  readonly stream: Writable;
  readonly format: StreamFormat;
}

/** Where scores go: a file, a folder, a table, a stream. */
export type ScoreOutput = string | DatabaseOutput | StreamOutput;

/** How scores are written. */
export interface WriteScoreOptions extends WriteOptions {
  /** Format of files. Default: by extension; in a folder that of each part of the input, or Parquet where it has none. */
  readonly format?: TableFormat | undefined;
}

/** One output for all parts. */
export interface OneTarget {
  readonly kind: "one";
  readonly name: string;
  readonly isFile: boolean;
  open(columns: readonly ColumnSchema[]): Promise<TableSink>;
}

/** A folder with a file for each part. */
export interface FolderTarget {
  readonly kind: "folder";
  readonly folder: string;
  readonly files: readonly string[];
  openPart(part: number, columns: readonly ColumnSchema[]): Promise<TableSink>;
}

/** The output of a job. */
export type ScoreTarget = OneTarget | FolderTarget;

/**
 * Checks before any work that the output can be a file of a known format, or a folder.
 * @throws HoldfastError for a file whose extension is unknown.
 */
export function checkEndings(
  input: unknown,
  output: unknown,
  format: TableFormat | undefined,
  rejects: string | undefined,
): void {
  if (rejects !== undefined && !/\.(?:ndjson|jsonl|csv)$/iu.test(rejects)) {
    invalidArgument("scoreFile", "rejects", "must end in .ndjson, .jsonl or .csv", rejects);
  }
  if (typeof output !== "string" || format !== undefined || isFolder(output) || output.endsWith("/")) return;
  // Without an extension it may be a folder, unless the input is one file.
  const isOfMany = typeof input === "string" && (isFolder(input) || /[*?[{]/.test(input));
  if (extname(output) !== "" || !isOfMany) formatOf("scoreFile", "output", output, "write.format");
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() === true;
}

/** @throws HoldfastError for an output that is the input, an unknown format, two parts with the same name. */
export async function findTarget(
  output: ScoreOutput,
  found: FoundParts,
  write: WriteScoreOptions,
): Promise<ScoreTarget> {
  if (typeof output === "string") return fileTarget(output, found, write);
  if (typeof output === "object" && output !== null) {
    const database = databaseOf(output);
    if (database?.sink !== undefined) {
      const { sink, outputOptions = {} } = database;
      checkOptions("scoreFile", output, outputOptions, "output");
      const problems = database.problems?.("scoreFile", "output", output) ?? [];
      if (problems.length > 0) throw new HoldfastError(problems);
      const table = (output as unknown as Readonly<Record<string, string>>)[database.name];
      return { kind: "one", name: table, isFile: false, open: (columns) => sink(output, columns) };
    }
    if ("stream" in output) {
      checkStream(output);
      const open = (columns: readonly ColumnSchema[]) => streamSink(output, columns, write);
      return { kind: "one", name: "standard output", isFile: false, open };
    }
  }
  const expected = "must be a path, { postgres: table, scoredOn } or { stream, format }";
  return invalidArgument("scoreFile", "output", expected, output);
}

/** @throws HoldfastError for what is no stream to write to. */
function checkStream(output: object): asserts output is StreamOutput {
  checkOptions("scoreFile", output, { stream: "required", format: "required" }, "output");
  const { stream } = output as StreamOutput;
  if (typeof (stream as Partial<Writable> | null)?.write === "function") return;
  const hint = typeof stream === "string" ? "pass a path itself as the output" : undefined;
  invalidArgument("scoreFile", "output.stream", "must be a stream to write to", stream, hint);
}

async function fileTarget(output: string, found: FoundParts, write: WriteScoreOptions): Promise<ScoreTarget> {
  const asked =
    write.format === undefined ? undefined : fileFormat("scoreFile", "write.format", write.format);
  const existing = await stat(output).catch(() => undefined);
  const isFolder =
    existing?.isDirectory() === true || output.endsWith("/") || (found.isMany && extname(output) === "");
  if (isFolder) return folderTarget(output, found, asked, write);
  const { files } = asked ?? formatOf("scoreFile", "output", output, "write.format");
  for (const { path } of found.parts) await refuseSame(path, output);
  return { kind: "one", name: output, isFile: true, open: (columns) => files.sink(output, columns, write) };
}

async function folderTarget(
  folder: string,
  { parts }: FoundParts,
  asked: FormatOfFiles | undefined,
  write: WriteScoreOptions,
): Promise<ScoreTarget> {
  const formats = parts.map(({ format }) => asked ?? format ?? parquet);
  const files = parts.map(({ key }, p) => `${key}${formats[p].extensions[0]}`);
  const seen = new Set<string>();
  const twice = files.find((file) => seen.size === seen.add(file).size);
  if (twice !== undefined) {
    const expected = "must differ in more than their extensions, because each becomes a separate part";
    invalidArgument("scoreFile", "input", `files ${expected}`, twice);
  }
  const isThere = (await stat(folder).catch(() => undefined)) !== undefined;
  for (const [p, { path }] of parts.entries()) if (isThere) await refuseSame(path, join(folder, files[p]));
  return {
    kind: "folder",
    folder,
    files,
    openPart: (part, columns) =>
      formats[part].files.sink(join(folder, files[part]), columns, { ...write, isPart: true }),
  };
}

async function streamSink(
  { stream, format }: StreamOutput,
  columns: readonly ColumnSchema[],
  write: WriteScoreOptions,
): Promise<TableSink> {
  const { streams } = streamFormat("scoreFile", "output.format", format);
  return streams.sink(stream, "standard output", columns, write);
}

/** @throws HoldfastError for rejects that would replace an input. */
export async function refuseRejects({ parts }: FoundParts, rejects: string | undefined): Promise<void> {
  if (rejects === undefined || !existsSync(rejects)) return;
  for (const { path } of parts) await refuseSame(path, rejects, "rejects");
}

/** Refuses to overwrite the input, also by another path to it. */
async function refuseSame(input: string | undefined, output: string, argument = "output"): Promise<void> {
  if (input === undefined) return;
  if (resolve(input) !== resolve(output)) {
    const [first, second] = [input, output].map(statOf);
    if (first === undefined || first.ino !== second?.ino || first.dev !== second.dev) return;
  }
  throw new HoldfastError({
    code: "argument.invalid",
    path: { function: "scoreFile", argument },
    expected: "must be another file than the input",
    received: output,
  });
}
