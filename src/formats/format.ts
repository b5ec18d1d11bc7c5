import type { Writable } from "node:stream";
import type { LongWork } from "../progress.js";
import type { RowSource } from "../rows/row-source.js";
import type { ColumnSchema } from "../table/chunk-column.js";
import type { ReadingPlan } from "../table/grammar/column-plan.js";
import type { Place } from "../table/resolve-column.js";
import type { Table } from "../table/table.js";
import type { TableSink } from "../table/table-sink.js";

/**
 * The complete description of a table format: reading, scoring, writing, histories and the command line use nothing
 * else of it.
 */
export interface Format {
  /** Its name in options and on the command line. */
  readonly name: string;
  /** Its name in messages. */
  readonly label: string;
  /** Endings of its files, with their dots; files are written with the first. */
  readonly extensions: readonly string[];
  /** Whether it is text: it has an encoding, and may be gzipped. */
  readonly isText: boolean;
  /** Undefined: the format exists only in streams. */
  readonly files?: FileDoor;
  /** Undefined: the format exists only in files, because it can't be read from beginning to end. */
  readonly streams?: StreamDoor;
  /** How DuckDB itself reads and writes it. Default: it does not. */
  readonly duckdb?: DuckDBDoor;
  /** Options for pipes of other engines, where they differ from those for files. */
  readonly inPipes?: Pick<RowOptions & WriteOptions, "nullText" | "quotes">;
}

/** How a table is read from a file. */
export interface ReadOptions extends LongWork, ReadingPlan {
  /** Encoding of text, any WHATWG label. Default UTF-8. */
  readonly encoding?: string | undefined;
  /** The character between fields, one of ASCII. Default: that of the format. */
  readonly delimiter?: string | undefined;
  /** Names of columns that are not read. Default: none. */
  readonly exclude?: readonly string[] | undefined;
}

/** How a file is read in chunks. */
export interface ReadInChunksOptions extends ReadOptions {
  readonly select?: readonly string[] | undefined;
  readonly chunkRows: number;
}

/** A file that is read chunk by chunk, any number of times. */
export interface OpenedChunks {
  /** The columns of every chunk. */
  readonly columns: readonly ColumnSchema[];
  readonly rowCount: number;
  chunks(): AsyncIterable<Table>;
}

/** How rows are read, one after the other. */
export interface RowOptions {
  /** Any WHATWG label, such as `gb18030`. Default UTF-8. */
  readonly encoding?: string | undefined;
  /** One ASCII character. Default: tab for TSV, else found in the header line. */
  readonly delimiter?: string | undefined;
  /** Names of the columns, of CSV or TSV without a header line. */
  readonly names?: readonly string[] | undefined;
  /** Text that means a missing value in every column of CSV and TSV, such as `\N`. Default: none, apart from the texts that are always missing in columns of numbers. */
  readonly nullText?: string | undefined;
  /** Whether quotes enclose fields of CSV and TSV. Default true. */
  readonly quotes?: boolean | undefined;
}

/** How tables are written. */
export interface WriteOptions {
  /** Whether CSV and TSV begin with the names of the columns. Default true. */
  readonly header?: boolean | undefined;
  /** Text that is written for a missing value in CSV and TSV. Default: an empty field. */
  readonly nullText?: string | undefined;
  /** Whether fields of CSV and TSV are quoted where needed. If not, a delimiter or line end in a text becomes a blank. Default true. */
  readonly quotes?: boolean | undefined;
  /**
   * Whether texts of CSV and TSV, names of columns too, that a spreadsheet would run as a formula (they begin with `=`, `+`, `-`,
   * `@`, a tab or a line end, also behind blanks and quotes) get a `'` in front. Numbers stay as they are. Default false; true for
   * a list (`capacity`).
   */
  readonly csvSafe?: boolean | undefined;
}

/** How a file is written table by table. */
export interface FileSinkOptions extends WriteOptions {
  /**
   * Whether it is one of many files of a folder: the caller flushes the folder for all of them, and records their digests.
   * Default false.
   */
  readonly isPart?: boolean | undefined;
}

/** Files of a format. Errors name the function and the file of `place`. */
export interface FileDoor {
  readTable(path: string, place: Place, options: ReadOptions): Promise<Table>;
  openChunks(path: string, place: Place, options: ReadInChunksOptions): Promise<OpenedChunks>;
  /** The names of the columns; none for a file without columns. */
  columnNames(path: string, place: Place, options: ReadOptions): Promise<readonly string[]>;
  rows(path: string, place: Place, options: RowOptions): Promise<RowSource>;
  /** The line on which each of some rows begins, both from 1, NaN for rows that there are not. Default: lines are not known. */
  linesOf?(path: string, place: Place, rows: readonly number[], options: ReadOptions): Promise<number[]>;
  /** Writes a table into a temporary file, which the caller renames. */
  writeTable(
    table: Table,
    path: string,
    isGzip: boolean,
    work: LongWork & Pick<WriteOptions, "csvSafe">,
  ): Promise<void>;
  /** Writes tables one after the other into a file, which is written whole or not at all. */
  sink(path: string, columns: readonly ColumnSchema[], options: FileSinkOptions): Promise<TableSink>;
}

/** Streams of a format, which are read once and left open when written. */
export interface StreamDoor {
  /** @param place its `file` is the stream's name in messages. */
  rows(bytes: AsyncIterable<Buffer>, place: Required<Place>, options: RowOptions): Promise<RowSource>;
  sink(
    stream: Writable,
    name: string,
    columns: readonly ColumnSchema[],
    options: WriteOptions,
  ): Promise<TableSink>;
}

export interface DuckDBDoor {
  /** Options of `COPY … TO` that write such a file. */
  copyOptions(isGzip: boolean): string;
  /** The SQL after FROM that reads a file written with these options. @param target its path as a literal. */
  copied(target: string, isGzip: boolean): string;
  /**
   * The SQL after FROM that reads files in place. Default: their rows are copied into the database.
   * @param path as the caller gave it: of one file, or a pattern of several.
   * @throws HoldfastError for a file that can't be read.
   */
  relation?(path: string, files: readonly string[], functionName: string): Promise<string>;
}
