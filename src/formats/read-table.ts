import { invalidArgument } from "../errors.js";
import type { LongWork } from "../progress.js";
import type { DeclaredKind } from "../table/resolve-column.js";
import { rowsAsTable } from "../table/rows.js";
import type { Table } from "../table/table.js";
import { checkEncoding, checkFormat, fileFormat, formatOf, type TableFormat } from "./formats.js";

/** How a table is read. */
export interface ReadTableOptions extends LongWork {
  /** The format of the file. Default: by its extension. */
  readonly format?: TableFormat | undefined;
  /** Encoding of a text format, any WHATWG label: `"utf-8"` (default), `"gb18030"`, `"gbk"`, `"utf-16le"`, … */
  readonly encoding?: string | undefined;
  /** One ASCII character. Default: tab for TSV, else the most frequent of `,` `;` tab `|` in the header line. */
  readonly delimiter?: string | undefined;
  /** Declared kinds by column name; they override inference. Default: all kinds are inferred. */
  readonly columns?: Readonly<Record<string, DeclaredKind>> | undefined;
}

const KINDS = ["numeric", "categorical", "text", "date"];

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
  checkOptions(options);
  if (typeof source !== "string") return rowsAsTable("readTable", source, { columns: options.columns });
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

function checkOptions({ format, columns = {} }: ReadTableOptions): void {
  checkFormat("readTable", "format", format);
  for (const [name, kind] of Object.entries(columns)) {
    if (KINDS.includes(kind)) continue;
    invalidArgument(
      "readTable",
      `columns[${JSON.stringify(name)}]`,
      `must be one of ${KINDS.join(", ")}`,
      kind,
    );
  }
}
