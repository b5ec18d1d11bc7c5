import type { FactTableName } from "./standard-tables.js";

/** What can be wrong with facts that can be read. */
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

/** One of the rows that a problem is about. */
export interface FactExample {
  readonly subscriber: string | null;
  /** What is wrong there, such as `"2025-02-30"`. */
  readonly value: string | null;
}

/** Rows of one table that were left out for the same reason. A row with two faults of its own counts for both. */
export interface FactProblem {
  readonly kind: FactProblemKind;
  /** Where it is one of a column. */
  readonly column?: string;
  readonly rows: number;
  /** What was done: which rows were left out. */
  readonly action: string;
  /** Up to three, the first by subscriber and value. */
  readonly examples: readonly FactExample[];
}

/** What was read of one table. */
export interface FactTableReport {
  /** A path, or the kind of source. */
  readonly source: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  /** Columns of the source that are not read: of no use to this table, or of a kind that it has no use for. */
  readonly ignoredColumns: readonly string[];
  /** What was left out; none when problems are refused. */
  readonly problems: readonly FactProblem[];
}

/** What was read of a history, and what was wrong with it. Plain data. */
export interface HistoryReport {
  readonly tables: { readonly [name in FactTableName]?: FactTableReport };
  /** Files of the folder that belong to no table. */
  readonly ignoredFiles: readonly string[];
  /** Whether the facts were checked. */
  readonly isChecked: boolean;
}
