import { checkOptions, checkTexts, type OptionNames } from "../arguments.js";
import { invalidArgument } from "../errors.js";
import { checkPath } from "../files/check-path.js";
import type { LongWork } from "../progress.js";
import { CELL_FORMAT_OPTIONS, type CellFormat, givenFormat } from "../table/grammar/cell-format.js";
import { checkReadingPlan, type DeclaredColumn } from "../table/grammar/column-plan.js";
import { checkRowObjects, rowsAsTable } from "../table/rows.js";
import type { Table } from "../table/table.js";
import { checkEncoding, checkFormat, fileFormat, formatOf, type TableFormat } from "./formats.js";

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
 * Reads a file (CSV, TSV, Parquet, JSON, NDJSON; text also gzipped) or row objects into a table.
 *
 * All values of a column decide its kind. Numbers: plain decimals without superfluous leading zeros, integers
 * within ±2^53; blank, NA, N/A, NaN, null, \N and #N/A are missing there. Dates: ISO 8601. Everything else is
 * categorical (surrounding white space taken off, `TRUE`/`false` in lower case, blank missing), or text exactly as
 * read when more than half of the values, and more than 20, or more than 65,536 differ. Rows keep their order.
 * @example const table = await readTable("customers.csv", { columns: { areaCode: "categorical" } });
 * @throws HoldfastError with all problems of the input, each with file, line or column and row, and value.
 */
export async function readTable(
  source: string | readonly Record<string, unknown>[],
  options: ReadTableOptions = {},
): Promise<Table> {
  checkOptions("readTable", options, READ_OPTIONS);
  checkFormat("readTable", "format", options.format);
  checkReadingPlan("readTable", options);
  const { columns, exclude = [] } = options;
  checkTexts("readTable", "exclude", exclude);
  if (source === undefined || source === null) {
    invalidArgument("readTable", "source", "must be the path of a file, or a list of row objects", source);
  }
  if (typeof source !== "string") {
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
