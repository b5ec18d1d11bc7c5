import type { FactTableName } from "./standard-tables.js";

/** The kinds of problems with facts that are in readable columns. */
export type FactProblemKind =
  | "missing subscriber"
  | "missing value"
  | "unreadable date"
  | "not finite"
  | "negative usage"
  | "end before start"
  | "duplicate subscriber"
  | "unknown subscriber"
  | "duplicate month"
  | "overlapping tariffs";

/** One of the rows with a problem. */
export interface FactExample {
  readonly subscriber: string | null;
  /** The value that is wrong, such as `"2025-02-30"`. */
  readonly value: string | null;
}

/** Rows of one table that were left out for the same reason. A row with two problems by itself is counted in both. */
export interface FactProblem {
  readonly kind: FactProblemKind;
  /** The column, if the problem is one of a column. */
  readonly column?: string;
  readonly rows: number;
  /** Which rows were left out. */
  readonly action: string;
  /** Up to three rows, in order of subscriber and value. */
  readonly examples: readonly FactExample[];
}

/** What was read of one table. */
export interface FactTableReport {
  /** A path, or the kind of source. */
  readonly source: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  /** Columns of the source that are not read: the table does not use them, or can't use their type. */
  readonly ignoredColumns: readonly string[];
  /** The rows that were left out; none when problems are refused. */
  readonly problems: readonly FactProblem[];
}

/** What was read of a history, and its problems. Plain data. */
export interface HistoryReport {
  readonly tables: { readonly [name in FactTableName]?: FactTableReport };
  /** Files of the folder that are not of any standard table. */
  readonly ignoredFiles: readonly string[];
  /** Whether the facts were checked. */
  readonly isChecked: boolean;
}
