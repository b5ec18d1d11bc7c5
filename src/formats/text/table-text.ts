import { type LongWork, Pulse } from "../../progress.js";
import type { Table } from "../../table/table.js";
import type { RowWriter } from "./row-writer.js";

const ROWS_PER_PIECE = 2000;

/** The text of a table in pieces. */
export async function* tableText(
  table: Table,
  writer: RowWriter,
  work: LongWork,
): AsyncGenerator<string, void, undefined> {
  const pulse = new Pulse(work);
  yield writer.head();
  for (let start = 0; start < table.rowCount; start += ROWS_PER_PIECE) {
    const end = Math.min(start + ROWS_PER_PIECE, table.rowCount);
    yield writer.rows(table, start, end);
    pulse.report({ phase: "writing", done: end, total: table.rowCount });
    await pulse.beat();
  }
  yield writer.tail();
}
