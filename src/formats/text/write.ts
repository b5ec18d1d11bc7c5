import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { LongWork } from "../../progress.js";
import type { Table } from "../../table/table.js";
import type { RowWriter } from "./row-writer.js";
import { tableText } from "./table-text.js";

/** Writes a table as text into a file, through gzip if wanted. */
export async function writeText(
  table: Table,
  path: string,
  writer: RowWriter,
  isGzip: boolean,
  work: LongWork,
): Promise<void> {
  const text = tableText(table, writer, work);
  // Opened before anything can fail: a stream that opens its file itself may do so after the work was abandoned.
  const file = (await open(path, "w")).createWriteStream();
  if (isGzip) await pipeline(text, createGzip(), file);
  else await pipeline(text, file);
}
