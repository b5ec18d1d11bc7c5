import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DATABASES, type DatabaseInput, databaseOf } from "../../database/databases.js";
import { count, HoldfastError, invalidArgument } from "../../errors.js";
import type { RowOptions } from "../../formats/format.js";
import {
  checkEncoding,
  checkFormat,
  EXTENSIONS,
  FILE_LABELS,
  type FormatOfFiles,
  fileFormat,
  formatOf,
  streamFormat,
  type TableFormat,
} from "../../formats/formats.js";
import { checkQuery, checkStream, type StreamInput } from "../../formats/row-inputs.js";
import type { RowSource } from "../../rows/row-source.js";
import type { CellFormat } from "../../table/grammar/cell-format.js";
import { isFolderOfScores, type JobPaths, withoutOutputs } from "./earlier-outputs.js";
import { findFiles, repeatedNames } from "./find-files.js";

/** What is scored: a file, a folder, a pattern with `*`, `**`, `?` or `[…]`, a query, a stream. */
export type ScoreInput = string | DatabaseInput | StreamInput;

/** How rows are read. */
export interface ReadScoreOptions extends RowOptions, CellFormat {
  /** How cells of columns are written, by name; it counts before the options of the file, and both before what training found. */
  readonly columns?: Readonly<Record<string, CellFormat>> | undefined;
  /** Format of files. Default: by extension. */
  readonly format?: TableFormat | undefined;
}

/** A part of the input: a file, or all rows of a query or stream. */
export interface Part {
  /** The path of the output's part within its folder, without extension. */
  readonly key: string;
  /** The path of the file; undefined for a query or stream. */
  readonly path: string | undefined;
  readonly format: FormatOfFiles | undefined;
  /** Bytes of the file, for progress; 1 where they are not known. */
  readonly bytes: number;
  open(): Promise<RowSource>;
}

/** The parts of an input, in the order in which they are scored. */
export interface FoundParts {
  readonly parts: readonly Part[];
  /** Whether the input is a folder or a pattern, even if it has only one file. */
  readonly isMany: boolean;
  /** What is said of files that are not read. */
  readonly notes: readonly string[];
}

/** @throws HoldfastError for a file that does not exist, a folder without files, an unknown format. */
export async function findParts(
  input: ScoreInput,
  read: ReadScoreOptions,
  paths: JobPaths,
): Promise<FoundParts> {
  if (typeof input === "string") return partsOfPath(input, read, paths);
  if (typeof input === "object" && input !== null) {
    const database = databaseOf(input);
    if (database !== undefined) {
      checkQuery("scoreFile", "input", input, database);
      return single(() => database.rows(input));
    }
    if ("stream" in input) {
      checkStream("scoreFile", "input", input);
      return single(() => openStream(input, read));
    }
  }
  const isRows = typeof input === "object" && input !== null && ("rowCount" in input || Array.isArray(input));
  const hint = isRows
    ? `${Array.isArray(input) ? "make a table with tableFromRows(rows); " : ""}scoreTable(model, table) scores a table`
    : input instanceof Promise
      ? "await it first"
      : undefined;
  const queries = DATABASES.map(({ name }) => `{ ${name}: query }`).join(", ");
  const expected = `must be a path, ${queries} or { stream, format }`;
  const received = isRows || input instanceof Promise ? undefined : input;
  return invalidArgument("scoreFile", "input", expected, received, hint);
}

function single(open: () => Promise<RowSource>): FoundParts {
  return {
    parts: [{ key: "scores", path: undefined, format: undefined, bytes: 1, open }],
    isMany: false,
    notes: [],
  };
}

async function partsOfPath(input: string, read: ReadScoreOptions, paths: JobPaths): Promise<FoundParts> {
  checkFormat("scoreFile", "read.format", read.format);
  const found = await stat(input).catch(() => undefined);
  if (found?.isDirectory()) {
    const patterns = EXTENSIONS.map(
      ({ extension, mayBeGzip }) => `**/*${extension}${mayBeGzip ? "{,.gz}" : ""}`,
    );
    return partsOfMany(patterns, input, `must hold files to score: ${FILE_LABELS}`, input, read, paths);
  }
  if (found === undefined && /[*?[{]/.test(input)) {
    const base = fixedFolder(input);
    const pattern = input.slice(base === "" ? 0 : base.length + 1);
    const expected = "must match a file, there is none";
    return partsOfMany([pattern], base === "" ? "." : base, expected, input, read, paths);
  }
  const { part } = await partOf(input, basename(input), read);
  return { parts: [part], isMany: false, notes: [] };
}

async function partsOfMany(
  patterns: readonly string[],
  folder: string,
  expected: string,
  input: string,
  read: ReadScoreOptions,
  paths: JobPaths,
): Promise<FoundParts> {
  if (isFolderOfScores(folder))
    throw noFiles(input, "must hold files to score, it holds the scores of a job");
  const all = await findFiles(patterns, folder);
  const { files, notes } = await withoutOutputs(all, folder, paths);
  if (files.length === 0) throw noFiles(input, expected, notes.join("; ") || undefined);
  const found = await Promise.all(files.map((file) => partOf(join(folder, file), file, read)));
  const repeated = await repeatedNames(
    found.flatMap(({ identity }, f) => (identity === undefined ? [] : [{ name: files[f], identity }])),
    folder,
  );
  const links = [...repeated].map(
    ([name, kept]) => `${join(folder, name)} is a link to ${join(folder, kept)}, which is scored once`,
  );
  const parts = found.filter((_, f) => !repeated.has(files[f])).map(({ part }) => part);
  return { parts, isMany: true, notes: [...notes, ...shortList(links)] };
}

/** So many notes of one kind are given. */
const MOST_NOTES = 3;

function shortList(notes: readonly string[]): string[] {
  const more = notes.length - MOST_NOTES;
  return more > 0 ? [...notes.slice(0, MOST_NOTES), `and ${count(more, "more link")}`] : [...notes];
}

/** The part of a pattern before its first wildcard, as a folder. */
function fixedFolder(pattern: string): string {
  const head = pattern.slice(0, pattern.search(/[*?[{]/));
  return head.includes("/") ? head.slice(0, head.lastIndexOf("/")) || "/" : "";
}

async function partOf(
  path: string,
  name: string,
  read: ReadScoreOptions,
): Promise<{ readonly part: Part; readonly identity: string | undefined }> {
  const format =
    read.format === undefined
      ? formatOf("scoreFile", "input", path, "read.format")
      : fileFormat("scoreFile", "read.format", read.format);
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  const bytes = Number(found?.size ?? 0);
  const key = join(dirname(name), basename(name).replace(/(\.[^.]+)(\.gz)?$/i, ""));
  const open = async () => {
    checkEncoding("scoreFile", "read.encoding", format, read.encoding);
    return format.files.rows(path, { function: "scoreFile", file: path }, read);
  };
  const part = { key, path, format, bytes: Math.max(1, bytes), open };
  return { part, identity: found && `${found.dev} ${found.ino}` };
}

async function openStream({ stream, format }: StreamInput, read: ReadScoreOptions): Promise<RowSource> {
  const found = streamFormat("scoreFile", "input.format", format);
  checkEncoding("scoreFile", "read.encoding", found, read.encoding);
  return found.streams.rows(stream, { function: "scoreFile", file: "standard input" }, read);
}

/** @throws HoldfastError where the input is one file, and it has no rows. */
export function refuseEmpty({ isMany }: FoundParts, { path }: Part, rows: number): void {
  if (isMany || path === undefined || rows > 0) return;
  throw new HoldfastError({
    code: "data.empty",
    path: { file: path },
    expected: "must have rows, this file has no rows",
    received: undefined,
  });
}

function noFiles(file: string, expected: string, hint?: string): HoldfastError {
  return new HoldfastError({
    code: "data.unreadable",
    path: { function: "scoreFile", file },
    expected,
    received: undefined,
    ...(hint === undefined ? {} : { hint }),
  });
}
