import { basename } from "node:path";
import { invalidArgument } from "../errors.js";
import { arrow } from "./arrow/index.js";
import { csv, tsv } from "./delimited/index.js";
import type { DuckDBDoor, FileDoor, Format, StreamDoor } from "./format.js";
import { json, ndjson } from "./json/index.js";
import { parquet } from "./parquet/index.js";

/** The formats. A new one is a folder and a line here; all that reads and writes tables derives from this list. */
export const FORMATS = [csv, tsv, parquet, json, ndjson, arrow] as const satisfies readonly Format[];

type AnyFormat = (typeof FORMATS)[number];

/** Formats that DuckDB itself writes. */
export const DUCKDB_FORMATS: readonly Format[] = (FORMATS as readonly Format[]).filter(
  ({ duckdb }) => duckdb !== undefined,
);

/** The formats of files that tables are read from and written to. */
export type TableFormat = Extract<AnyFormat, { readonly files: object }>["name"];

/** Formats in which rows can be streamed. `arrow` is the IPC stream format and needs `apache-arrow`. */
export type StreamFormat = Extract<AnyFormat, { readonly streams: object }>["name"];

/** A format that files can have. */
export type FormatOfFiles = Format & { readonly files: FileDoor };

const OF_FILES = (FORMATS as readonly Format[]).filter(
  (format): format is FormatOfFiles => format.files !== undefined,
);
const OF_STREAMS = (FORMATS as readonly Format[]).filter(
  (format): format is Format & { readonly streams: StreamDoor } => format.streams !== undefined,
);

export const TABLE_FORMATS = OF_FILES.map(({ name }) => name) as readonly TableFormat[];
export const STREAM_FORMATS = OF_STREAMS.map(({ name }) => name) as readonly StreamFormat[];

/** The extensions of files of tables, without `.gz`. */
export const EXTENSIONS: readonly { readonly extension: string; readonly mayBeGzip: boolean }[] =
  OF_FILES.flatMap(({ extensions, isText }) =>
    extensions.map((extension) => ({ extension, mayBeGzip: isText })),
  );

/** The labels of the formats of files, for messages: `CSV, TSV, … or NDJSON`. */
export const FILE_LABELS: string = listed(OF_FILES.map(({ label }) => label));

/** The extensions of formats, for messages: `.csv, .tsv (also .gz) or .parquet`. */
export function extensionsText(formats: readonly Format[] = OF_FILES): string {
  const of = (isText: boolean) =>
    formats.flatMap((format) => (format.isText === isText ? format.extensions : []));
  return listed([`${of(true).join(", ")} (also .gz)`, ...of(false)]);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** The format of files with that name. @throws HoldfastError for an unknown name. */
export function fileFormat(functionName: string, argument: string, name: string): FormatOfFiles {
  const format = OF_FILES.find((each) => each.name === name);
  return (
    format ?? invalidArgument(functionName, argument, `must be one of ${TABLE_FORMATS.join(", ")}`, name)
  );
}

/** @throws HoldfastError for an unknown name; undefined passes, as the path then decides. */
export function checkFormat(functionName: string, argument: string, name: string | undefined): void {
  if (name !== undefined) fileFormat(functionName, argument, name);
}

/** The format of streams with that name. @throws HoldfastError for an unknown name. */
export function streamFormat(
  functionName: string,
  argument: string,
  name: string,
): Format & { readonly streams: StreamDoor } {
  const format = OF_STREAMS.find((each) => each.name === name);
  return (
    format ?? invalidArgument(functionName, argument, `must be one of ${STREAM_FORMATS.join(", ")}`, name)
  );
}

/**
 * The format that a path's extension names; text formats may have `.gz` after it.
 * @param option the option that names a format instead, for the error.
 * @throws HoldfastError when unknown.
 */
export function formatOf(
  functionName: string,
  argument: string,
  path: string,
  option = "format",
): FormatOfFiles {
  const [, extension = "", gzip] = /(\.[^.]+?)(\.gz)?$/i.exec(basename(path)) ?? [];
  const format = OF_FILES.find(({ extensions }) => extensions.includes(extension.toLowerCase()));
  if (format === undefined || (!format.isText && gzip !== undefined)) {
    const known = EXTENSIONS.map((each) => each.extension).join(", ");
    const plain = EXTENSIONS.filter(({ mayBeGzip }) => !mayBeGzip).map((each) => each.extension);
    const expected = `must end in one of ${known} (all but ${plain.join(", ")} also with .gz)`;
    const isWorkbook = /^\.xls[xmb]?$/iu.test(extension);
    const hint = isWorkbook ? "save the sheet as CSV (UTF-8)" : `or name the format: \`${option}\``;
    return invalidArgument(functionName, argument, expected, path, hint);
  }
  return format;
}

/** How DuckDB writes a path's format. @throws HoldfastError for a format that DuckDB does not write as `writeTable` does. */
export function duckdbDoorOf(functionName: string, argument: string, path: string): DuckDBDoor {
  const { duckdb }: Format = formatOf(functionName, argument, path);
  if (duckdb !== undefined) return duckdb;
  const expected = `must end in ${extensionsText(DUCKDB_FORMATS)}`;
  return invalidArgument(functionName, argument, expected, path);
}

/** @throws HoldfastError for an encoding where the format is not text, and for an unknown encoding. */
export function checkEncoding(
  functionName: string,
  argument: string,
  { isText, label }: Format,
  encoding: string | undefined,
): void {
  if (encoding === undefined) return;
  if (!isText) invalidArgument(functionName, argument, `must be left out for ${label}`, encoding);
  try {
    new TextDecoder(encoding);
  } catch {
    const expected = "must be an encoding that TextDecoder knows";
    invalidArgument(functionName, argument, expected, encoding, "for example utf-8, gb18030, utf-16le");
  }
}
