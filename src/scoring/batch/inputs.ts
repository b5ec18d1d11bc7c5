import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DATABASES, type DatabaseInput, databaseOf } from "../../database/databases.js";
import { HoldfastError, invalidArgument } from "../../errors.js";
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
}

/** @throws HoldfastError for a file that does not exist, a folder without files, an unknown format. */
export async function findParts(input: ScoreInput, read: ReadScoreOptions): Promise<FoundParts> {
  if (typeof input === "string") return findFiles(input, read);
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
  };
}

async function findFiles(input: string, read: ReadScoreOptions): Promise<FoundParts> {
  checkFormat("scoreFile", "read.format", read.format);
  const found = await stat(input).catch(() => undefined);
  if (found?.isDirectory()) {
    const patterns = EXTENSIONS.map(
      ({ extension, mayBeGzip }) => `**/*${extension}${mayBeGzip ? "{,.gz}" : ""}`,
    );
    const files = await globbed(patterns, input);
    if (files.length === 0) throw noFiles(input, `must hold files to score: ${FILE_LABELS}`);
    return { parts: await partsOf(files, input, read), isMany: true };
  }
  if (found === undefined && /[*?[{]/.test(input)) {
    const base = fixedFolder(input);
    const files = await globbed([input.slice(base === "" ? 0 : base.length + 1)], base === "" ? "." : base);
    if (files.length === 0) throw noFiles(input, "must match a file, there is none");
    return { parts: await partsOf(files, base === "" ? "." : base, read), isMany: true };
  }
  const file = await partOf(input, basename(input), read);
  return { parts: [file], isMany: false };
}

/** The part of a pattern before its first wildcard, as a folder. */
function fixedFolder(pattern: string): string {
  const head = pattern.slice(0, pattern.search(/[*?[{]/));
  return head.includes("/") ? head.slice(0, head.lastIndexOf("/")) || "/" : "";
}

/** Files in the order of their names, without those that begin with a dot or `_`: they are notes of the program that wrote the others. */
async function globbed(patterns: readonly string[], folder: string): Promise<string[]> {
  const { glob } = await import("tinyglobby");
  const files = await glob([...patterns], {
    cwd: folder,
    ignore: ["**/_*", "**/_*/**"],
    caseSensitiveMatch: false,
  });
  return files.sort();
}

async function partsOf(files: readonly string[], folder: string, read: ReadScoreOptions): Promise<Part[]> {
  return Promise.all(files.map((file) => partOf(join(folder, file), file, read)));
}

async function partOf(path: string, name: string, read: ReadScoreOptions): Promise<Part> {
  const format =
    read.format === undefined
      ? formatOf("scoreFile", "input", path, "read.format")
      : fileFormat("scoreFile", "read.format", read.format);
  const bytes = (await stat(path).catch(() => undefined))?.size ?? 0;
  const key = join(dirname(name), basename(name).replace(/(\.[^.]+)(\.gz)?$/i, ""));
  const open = async () => {
    checkEncoding("scoreFile", "read.encoding", format, read.encoding);
    return format.files.rows(path, { function: "scoreFile", file: path }, read);
  };
  return { key, path, format, bytes: Math.max(1, bytes), open };
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

function noFiles(file: string, expected: string): HoldfastError {
  return new HoldfastError({
    code: "data.unreadable",
    path: { function: "scoreFile", file },
    expected,
    received: undefined,
  });
}
