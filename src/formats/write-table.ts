import { checkOptions, type OptionNames } from "../arguments.js";
import { invalidArgument } from "../errors.js";
import { checkPath } from "../files/check-path.js";
import { isGzipPath } from "../files/gzip-path.js";
import type { LongWork } from "../progress.js";
import { checkTable } from "../table/check-table.js";
import type { Table } from "../table/table.js";
import { fileFormat, formatOf, type TableFormat } from "./formats.js";

/** How a table is written. */
export interface WriteTableOptions extends LongWork {
  /** The format of the file. Default: by its extension. */
  readonly format?: TableFormat | undefined;
  /** Whether texts that a spreadsheet would run as a formula get a `'` in front, in CSV and TSV. Default false. */
  readonly csvSafe?: boolean | undefined;
}

const WRITE_OPTIONS: OptionNames<WriteTableOptions> = {
  format: "optional",
  csvSafe: "optional",
  onProgress: "optional",
  signal: "optional",
};

/**
 * Writes a table to a file: CSV, TSV, Parquet, JSON or NDJSON, the text formats gzipped when the path ends in `.gz`,
 * always UTF-8. The file is written whole or not at all.
 * @example await writeTable(table, "scores.parquet");
 * @throws HoldfastError `data.unwritable` when the path is a directory or its folder is missing or not writable.
 */
export async function writeTable(table: Table, path: string, options: WriteTableOptions = {}): Promise<void> {
  checkTable("writeTable", "table", table);
  checkPath("writeTable", "path", path);
  checkOptions("writeTable", options, WRITE_OPTIONS);
  const format =
    options.format === undefined
      ? formatOf("writeTable", "path", path)
      : fileFormat("writeTable", "format", options.format);
  const { csvSafe } = options;
  if (csvSafe !== undefined && typeof csvSafe !== "boolean") {
    invalidArgument("writeTable", "csvSafe", "must be true or false", csvSafe);
  }
  if (table.columns.length === 0) invalidArgument("writeTable", "table", "must have columns", 0);
  const { writeWhole } = await import("../files/whole-file.js");
  await writeWhole(path, (temporary) => format.files.writeTable(table, temporary, isGzipPath(path), options));
}
