import type { Table } from "../../table/table.js";

/** Files that take tables in pieces, the piece `i` of a call going to file `i`. */
export interface TableFiles {
  /** Adds rows to every file; a file keeps the columns of its first piece. */
  append(pieces: readonly Table[]): Promise<void>;
  /** Completes the files. */
  finish(): Promise<void>;
  /** Frees what was held, whether or not the files are complete. */
  close(): Promise<void>;
}
