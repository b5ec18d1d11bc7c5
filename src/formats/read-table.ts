import { checkOptions, checkTexts, type OptionNames } from "../arguments.js";
import type { Database } from "../database/database.js";
import { DATABASES, type DatabaseInput, databaseOf } from "../database/databases.js";
import { HoldfastError, invalidArgument } from "../errors.js";
import { checkPath } from "../files/check-path.js";
import type { LongWork } from "../progress.js";
import { CELL_FORMAT_OPTIONS, type CellFormat, givenFormat } from "../table/grammar/cell-format.js";
import { checkReadingPlan, type DeclaredColumn, withComposedNames } from "../table/grammar/column-plan.js";
import { checkRowObjects, rowsAsTable } from "../table/rows.js";
import { createTable, type Table } from "../table/table.js";
import {
  checkEncoding,
  checkFormat,
  fileFormat,
  formatOf,
  streamFormat,
  type TableFormat,
} from "./formats.js";
import { checkQuery, checkStream, queryLabel, STREAM_LABEL, type StreamInput } from "./row-inputs.js";

/** How a table is read. */
export interface ReadTableOptions extends LongWork, CellFormat {
  /** The format of the file. Default: by its extension. */
  readonly format?: TableFormat | undefined;
  /**
   * Encoding of a text format, any WHATWG label: `"gb18030"`, `"gbk"`, `"windows-1252"`, … Default: UTF-8, or UTF-16 where the
   * text begins with its byte order mark or looks like it.
   */
  readonly encoding?: string | undefined;
  /**
   * One ASCII character; it wins over a line `sep=;` above the header. Default: what that line says; else tab for TSV, and for
   * CSV the most frequent of `,` `;` tab `|` in the header line.
   */
  readonly delimiter?: string | undefined;
  /**
   * Names of columns that are not read, such as nested ones, which a table can't hold. Default: none. Each must be a column
   * of the input, or it is an error.
   */
  readonly exclude?: readonly string[] | undefined;
  /**
   * Declared kinds by column name, or kinds and how cells are written: `{ fee: { decimal: "," } }`; they override what is
   * found, and the options of the file. Default: all are found.
   */
  readonly columns?: Readonly<Record<string, DeclaredColumn>> | undefined;
}

/** The names of {@link ReadTableOptions}. */
export const READ_OPTIONS: OptionNames<ReadTableOptions> = {
  format: "optional",
  encoding: "optional",
  delimiter: "optional",
  exclude: "optional",
  ...CELL_FORMAT_OPTIONS,
  columns: "optional",
  onProgress: "optional",
  signal: "optional",
};

/**
 * What a table is read from: the path of a file, row objects, a query of DuckDB (`{ duckdb: query, database? }`) or PostgreSQL
 * (`{ postgres: query, connection? }`), or a stream such as standard input (`{ stream, format }`).
 */
export type ReadSource = string | readonly Record<string, unknown>[] | DatabaseInput | StreamInput;

/**
 * Reads a file (CSV, TSV, Parquet, JSON, NDJSON, Arrow; text also gzipped), row objects, a query or a stream into a table.
 *
 * All values of a column decide its kind. Numbers: plain decimals without superfluous leading zeros, integers
 * within ±2^53; blank, NA, N/A, NaN, null, \N and #N/A are missing there. Dates: ISO 8601. Everything else is
 * categorical (surrounding white space taken off, `TRUE`/`false` in lower case, blank missing), or text exactly as
 * read when more than half of the values, and more than 20, or more than 65,536 differ. Numbers, booleans, dates and times of
 * Parquet, Arrow and databases keep their type. Rows keep their order; a query runs once.
 * @example const table = await readTable("customers.csv", { columns: { areaCode: "categorical" } });
 * @example const table = await readTable({ postgres: "SELECT * FROM customers", connection: pool });
 * @throws HoldfastError with all problems of the input, each with file, line or column and row, and value.
 */
export async function readTable(source: ReadSource, given: ReadTableOptions = {}): Promise<Table> {
  checkOptions("readTable", given, READ_OPTIONS);
  checkFormat("readTable", "format", given.format);
  checkReadingPlan("readTable", given);
  if (given.exclude !== undefined) checkTexts("readTable", "exclude", given.exclude);
  const options = withComposedNames(given);
  const { columns, exclude = [] } = options;
  if (source === undefined || source === null) {
    const queries = DATABASES.map(({ name }) => `{ ${name}: query }`).join(", ");
    const expected = `must be the path of a file, a list of row objects, ${queries} or { stream, format }`;
    invalidArgument("readTable", "source", expected, source);
  }
  if (typeof source !== "string") {
    if (!Array.isArray(source) && typeof source === "object") {
      const database = databaseOf(source);
      if (database !== undefined) return readQuery(source, database, options);
      if ("stream" in source) return readStream(source, options);
    }
    checkRowObjects("readTable", "source", source);
    return rowsAsTable("readTable", source, { ...givenFormat(options), columns }, exclude);
  }
  checkPath("readTable", "source", source);
  const place = { function: "readTable", file: source };
  const { readableFileSize } = await import("../files/byte-stream.js");
  await readableFileSize(source, place);
  const format =
    options.format === undefined
      ? formatOf("readTable", "source", source)
      : fileFormat("readTable", "format", options.format);
  checkEncoding("readTable", "encoding", format, options.encoding);
  return format.files.readTable(source, place, options);
}

async function readQuery(
  source: object,
  database: Database<object, object>,
  options: ReadTableOptions,
): Promise<Table> {
  checkQuery("readTable", "source", source, database);
  for (const name of ["format", "encoding", "delimiter"] as const) {
    if (options[name] === undefined) continue;
    invalidArgument("readTable", name, "must be left out for a query", options[name]);
  }
  const place = { function: "readTable", file: queryLabel(database) };
  return database.table(source, place, options);
}

/** A stream is put aside in a temporary file: the kinds of its columns are known only at its end. */
async function readStream(source: object, options: ReadTableOptions): Promise<Table> {
  checkStream("readTable", "source", source);
  const { stream, format: name } = source;
  const format = streamFormat("readTable", "source.format", name);
  if (options.format !== undefined) {
    const hint = "the format of a stream is in { stream, format }";
    invalidArgument("readTable", "format", "must be left out for a stream", options.format, hint);
  }
  checkEncoding("readTable", "encoding", format, options.encoding);
  const place = { function: "readTable", file: STREAM_LABEL };
  const [{ spool }, { unreadable }] = await Promise.all([
    import("../files/spooled.js"),
    import("../files/byte-stream.js"),
  ]);
  const { path, remove } = await spool(stream, options.signal).catch((error: unknown) => {
    throw error instanceof HoldfastError ? error : unreadable(place, error);
  });
  try {
    const { columns } = await fileFormat("readTable", "source.format", name).files.readTable(
      path,
      place,
      options,
    );
    return createTable(columns, place.file);
  } finally {
    await remove();
  }
}
