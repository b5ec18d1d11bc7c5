import type { FactTableName } from "../standard-tables.js";

/** The kinds of problems with facts that are in readable columns. */
export type FactProblemKind =
  | "missing subscriber"
  | "missing value"
  | "unreadable date"
  | "unreadable number"
  | "future date"
  | "implausible date"
  | "not finite"
  | "negative usage"
  | "end before start"
  | "duplicate subscriber"
  | "unknown subscriber"
  | "duplicate month"
  | "duplicate fact"
  | "overlapping tariffs"
  | "overlapping managers"
  | "overlapping prices";

/** One of the rows with a problem. */
export interface FactExample {
  readonly subscriber: string | null;
  /** The value that is wrong, such as `"2025-02-30"`. */
  readonly value: string | null;
  /** The row of the source, from 1, where its rows have an order. */
  readonly row?: number;
  /** The file and the line of the row, of text. */
  readonly file?: string;
  readonly line?: number;
}

/** What was decided about facts that are no problem. */
export type HistoryNoteKind =
  | "missing values"
  | "open ends"
  | "ignored column"
  | "corrected tariffs"
  | "ends early"
  | "isolated facts";

/** Something that was decided when a table was read. */
export interface HistoryNote {
  readonly kind: HistoryNoteKind;
  /** The source's own name of the column, if it is about one. */
  readonly column?: string;
  /** How many rows it is about. */
  readonly rows?: number;
  /** For people, such as `"2 ends of 2099 or later mean that there is none"`. */
  readonly text: string;
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
  readonly notes: readonly HistoryNote[];
  /** The days, or months, of the first and the last fact, such as `"2025-01-31"` or `"2025-01"`; null without facts. */
  readonly first: string | null;
  readonly last: string | null;
}

/** What was read of a history, and its problems. Plain data. */
export interface HistoryReport {
  readonly tables: { readonly [name in FactTableName]?: FactTableReport };
  /** Files of the folder that are not of any standard table. */
  readonly ignoredFiles: readonly string[];
  /** Whether the facts were checked. */
  readonly isChecked: boolean;
  /** The time zone whose days the history has. */
  readonly timeZone: string;
  /** The first day that the history does not cover, see `SnapshotOptions.followedUntil`. */
  readonly followedUntil: string;
}
