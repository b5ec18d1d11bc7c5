import type { Table } from "./table.js";

/** Takes tables of the same columns, one after the other. */
export interface TableSink {
  write(table: Table): Promise<void>;
  /** Completes the output: everything is written when it resolves. No call may follow. */
  finish(): Promise<void>;
  /** Size and SHA-256 of the file, once it is finished; where that was asked for and is known without reading it again. */
  digest?(): { readonly bytes: number; readonly sha256: string } | undefined;
  /** Removes what was written, where that is possible; never throws. */
  abandon(): Promise<void>;
}
