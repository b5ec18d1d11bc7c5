import { invalidArgument, Problems } from "../errors.js";
import type { ColumnSchema } from "../table/chunk-column.js";
import { checkDeclaredColumns } from "../table/column-names.js";
import { type Column, createTable, type Table } from "../table/table.js";
import { formatOf } from "./format.js";
import { type ReadTableOptions, readTable } from "./read-table.js";

/** How a table is read in chunks. */
export interface ReadChunksOptions extends ReadTableOptions {
  /** Names of the columns to read, in this order. Default: all. */
  readonly select?: readonly string[] | undefined;
  /** Rows of a chunk; the last one may have fewer. Default 65,536. */
  readonly chunkRows?: number | undefined;
}

/** A file that is read chunk by chunk, as often as wanted. */
export interface TableChunks {
  /** The columns of every chunk. */
  readonly columns: readonly ColumnSchema[];
  readonly rowCount: number;
  /** What it is read from, for messages. */
  readonly source: string;
  /**
   * The rows from the first to the last as tables of equal columns. A category has the same code in all chunks and in
   * all passes, by its first appearance in the file; later chunks may know more categories.
   */
  chunks(): AsyncIterable<Table>;
}

const CHUNK_ROWS = 65_536;

/**
 * Reads a file chunk by chunk, so that it is never in memory in full: some 300 MB for a Parquet
 * file of any length, less for CSV and TSV.
 * Together the chunks hold what {@link readTable} gives: the same kinds, found from all rows in a first pass, the same
 * values, the same codes.
 *
 * JSON and NDJSON are as yet read in full and cut: there memory grows with the file.
 * @example
 * const table = await readTableChunks("usage.parquet", { select: ["tenure", "plan", "churn"] });
 * for await (const chunk of table.chunks()) console.log(chunk.rowCount);
 * @throws HoldfastError as `readTable` does; what is wrong with a row of Parquet, when its chunk is read.
 */
export async function readTableChunks(path: string, options: ReadChunksOptions = {}): Promise<TableChunks> {
  const { select, chunkRows = CHUNK_ROWS, ...reading } = options;
  if (!Number.isInteger(chunkRows) || chunkRows < 1) {
    invalidArgument("readTableChunks", "chunkRows", "must be a whole number ≥ 1", chunkRows);
  }
  if (select !== undefined) checkSelection(select);
  const format = options.format ?? formatOf("readTableChunks", "path", path);
  const place = { function: "readTableChunks", file: path };
  if (format === "json" || format === "ndjson") {
    return cutTable(await readTable(path, reading), path, select, chunkRows);
  }
  if (format === "csv" || format === "tsv") {
    const [{ checkDelimiter }, { delimitedChunks }] = await Promise.all([
      import("./delimited/read.js"),
      import("./delimited/chunks.js"),
    ]);
    checkDelimiter(options.delimiter, "readTableChunks");
    const delimiter = options.delimiter ?? (format === "tsv" ? "\t" : undefined);
    return { source: path, ...(await delimitedChunks(path, place, { ...options, delimiter, chunkRows })) };
  }
  if (options.encoding !== undefined) {
    invalidArgument("readTableChunks", "encoding", "must be left out for Parquet", options.encoding);
  }
  const { parquetChunks } = await import("./parquet/chunks.js");
  return { source: path, ...(await parquetChunks(path, place, { ...options, chunkRows })) };
}

function checkSelection(select: readonly string[]): void {
  if (select.length === 0) invalidArgument("readTableChunks", "select", "must name a column", select);
  const twice = select.find((name, i) => select.indexOf(name) < i);
  if (twice !== undefined) invalidArgument("readTableChunks", "select", "must name each column once", twice);
}

function cutTable(
  table: Table,
  path: string,
  select: readonly string[] | undefined,
  chunkRows: number,
): TableChunks {
  const problems = new Problems();
  const place = { function: "readTableChunks", file: path };
  const names = table.columns.map(({ name }) => name);
  checkDeclaredColumns(
    Object.fromEntries((select ?? []).map((name) => [name, true])),
    names,
    problems,
    place,
  );
  problems.throwIfAny();
  const columns =
    select === undefined ? table.columns : select.map((name) => table.columns[names.indexOf(name)]);
  return {
    source: path,
    rowCount: table.rowCount,
    columns: columns.map((column): ColumnSchema => {
      const { name, kind } = column;
      return column.kind === "numeric" && column.isDate ? { name, kind, isDate: true } : { name, kind };
    }),
    async *chunks() {
      for (let from = 0; from < table.rowCount; from += chunkRows) {
        const cut = columns.map((column) => sliceOf(column, from, from + chunkRows));
        yield createTable(cut, path);
      }
    },
  };
}

function sliceOf(column: Column, from: number, to: number): Column {
  if (column.kind === "categorical") return { ...column, codes: column.codes.slice(from, to) };
  if (column.kind === "numeric") return { ...column, values: column.values.slice(from, to) };
  return { ...column, values: column.values.slice(from, to) };
}
