import { invalidArgument } from "../errors.js";
import type { LongWork } from "../progress.js";
import type { Table } from "../table/table.js";
import { checkFormat, formatOf, isGzipPath, type TableFormat } from "./format.js";

/** How a table is written. */
export interface WriteTableOptions extends LongWork {
  /** Default: by extension. */
  readonly format?: TableFormat | undefined;
}

/**
 * Writes a table to a file: CSV, TSV, Parquet, JSON or NDJSON, the text formats gzipped when the path ends in `.gz`,
 * always UTF-8. The file is written whole or not at all.
 * @example await writeTable(table, "scores.parquet");
 * @throws HoldfastError `data.unwritable` when the path is a directory or its folder is missing or closed.
 */
export async function writeTable(table: Table, path: string, options: WriteTableOptions = {}): Promise<void> {
  const format = options.format ?? formatOf("writeTable", "path", path);
  checkFormat("writeTable", "format", format);
  if (table.columns.length === 0) invalidArgument("writeTable", "table", "must have columns", 0);
  const { writeWhole } = await import("../files/whole-file.js");
  await writeWhole(path, async (temporary) => {
    if (format === "parquet") {
      const { writeParquet } = await import("./parquet/write.js");
      await writeParquet(table, temporary, options);
      return;
    }
    const { writeText } = await import("./text/write.js");
    await writeText(table, temporary, format, isGzipPath(path), options);
  });
}
