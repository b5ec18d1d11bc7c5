import { checkOptions, checkTexts, type OptionNames } from "../arguments.js";
import { invalidArgument } from "../errors.js";
import { checkPath } from "../files/check-path.js";
import { checkReadingPlan, withComposedNames } from "../table/grammar/column-plan.js";
import type { Table } from "../table/table.js";
import type { OpenedChunks } from "./format.js";
import { checkEncoding, fileFormat, formatOf } from "./formats.js";
import { READ_OPTIONS, type ReadTableOptions } from "./read-table.js";

/** How a table is read in chunks. */
export interface ReadChunksOptions extends ReadTableOptions {
  /** Names of the columns to read, in this order. Default: all. */
  readonly select?: readonly string[] | undefined;
  /** Rows per chunk; the last one may have fewer. Default 65,536. */
  readonly chunkRows?: number | undefined;
}

/** A file that is read chunk by chunk, any number of times. */
export interface TableChunks extends OpenedChunks {
  /** The path of the file, for messages. */
  readonly source: string;
  /**
   * The rows from the first to the last as tables of the same columns. A category has the same code in all chunks and in
   * all passes, in order of first appearance in the file; later chunks may have more categories.
   */
  chunks(): AsyncIterable<Table>;
}

const CHUNK_ROWS = 65_536;

const CHUNKS_OPTIONS: OptionNames<ReadChunksOptions> = {
  ...READ_OPTIONS,
  select: "optional",
  chunkRows: "optional",
};

/**
 * Reads a file chunk by chunk, so that it is never in memory in full: some 300 MB for a Parquet
 * file of any length, less for CSV and TSV.
 * Together the chunks hold the same as the table of {@link readTable}: the same kinds, found from all rows in a first
 * pass, the same values, the same codes.
 *
 * JSON and NDJSON are read in full and then cut: their memory grows with the file.
 * @example
 * const table = await readTableChunks("usage.parquet", { select: ["tenure", "plan", "churn"] });
 * for await (const chunk of table.chunks()) console.log(chunk.rowCount);
 * @throws HoldfastError as `readTable` does; for a problem in a row of Parquet, when its chunk is read.
 */
export async function readTableChunks(path: string, given: ReadChunksOptions = {}): Promise<TableChunks> {
  checkPath("readTableChunks", "path", path);
  checkOptions("readTableChunks", given, CHUNKS_OPTIONS);
  checkReadingPlan("readTableChunks", given);
  if (given.exclude !== undefined) checkTexts("readTableChunks", "exclude", given.exclude);
  const options = withComposedNames(given);
  const { select, exclude = [], chunkRows = CHUNK_ROWS } = options;
  if (!Number.isInteger(chunkRows) || chunkRows < 1) {
    invalidArgument("readTableChunks", "chunkRows", "must be a whole number ≥ 1", chunkRows);
  }
  if (select !== undefined) checkSelection(select, exclude);
  const format =
    options.format === undefined
      ? formatOf("readTableChunks", "path", path)
      : fileFormat("readTableChunks", "format", options.format);
  checkEncoding("readTableChunks", "encoding", format, options.encoding);
  const place = { function: "readTableChunks", file: path };
  return { source: path, ...(await format.files.openChunks(path, place, { ...options, chunkRows })) };
}

function checkSelection(select: readonly string[], exclude: readonly string[]): void {
  checkTexts("readTableChunks", "select", select);
  if (select.length === 0) invalidArgument("readTableChunks", "select", "must name a column", select);
  const twice = select.find((name, i) => select.indexOf(name) < i);
  if (twice !== undefined) invalidArgument("readTableChunks", "select", "must name each column once", twice);
  const both = select.filter((name) => exclude.includes(name));
  const expected = "must not name a column that is to be read (`select`)";
  if (both.length > 0) invalidArgument("readTableChunks", "exclude", expected, both);
}
