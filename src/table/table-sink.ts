import type { Table } from "./table.js";

/** Takes tables of the same columns, one after the other. */
export interface TableSink {
  write(table: Table): Promise<void>;
  /** Everything is written afterwards, whole; nothing may follow. */
  finish(): Promise<void>;
  /** Nothing is left of what was written, where that can be; never throws. */
  abandon(): Promise<void>;
}
