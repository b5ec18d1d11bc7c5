import type { Table } from "../../table/table.js";

/** Files that are written in pieces; piece `i` of a call goes to file `i`. */
export interface TableFiles {
  /** Adds rows to every file; all pieces of a file have the columns of its first piece. */
  append(pieces: readonly Table[]): Promise<void>;
  /** Completes the files. */
  finish(): Promise<void>;
  /** Frees all resources, whether or not the files are complete. */
  close(): Promise<void>;
}
