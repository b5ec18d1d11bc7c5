import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { HistoryNote } from "../report/history-report.js";
import type { FactColumn, StandardTable } from "../standard-tables.js";
import type { FoundSource, StoredFacts } from "./fact-source.js";

/** A column of the relation of facts, in normal form. */
export interface PlannedColumn extends FactColumn {
  readonly isRequired: boolean;
  /** Its name in the source. */
  readonly own: string;
  /** The column of the same relation, quoted, that holds the text of cells that cannot be read, if there can be any. */
  readonly unread?: string;
  /** The column of the same relation, quoted, that is true where an end, or a date, stands for none. */
  readonly open?: string;
}

/** A table whose source is a relation of the session. */
export interface FactPlan {
  readonly table: StandardTable;
  /** The name of the source in messages. */
  readonly label: string;
  /** The view of all rows in normal form, before any check; besides the columns it has those of {@link HIDDEN}. */
  readonly relation: string;
  readonly columns: readonly PlannedColumn[];
  /** Columns of the source that are not read. */
  readonly ignoredColumns: readonly string[];
  readonly notes: readonly HistoryNote[];
  readonly hidden: ReadonlySet<keyof typeof HIDDEN>;
  /** Where a row is in text. */
  readonly placesOf?: NonNullable<FoundSource["placesOf"]>;
  /** The ignored columns as a relation with the rows in the same order, for facts that look the same without them. */
  readonly ignored?: () => Promise<StoredFacts | undefined>;
}

/** A column of the checks, quoted: its name begins with a control character, as no column of a source does. */
export function checkColumn(name: string): string {
  return quoteIdentifier(`\u0001${name}`);
}

/** Columns of {@link FactPlan.relation} for the checks. */
export const HIDDEN = {
  /** The number of the row in a source whose rows were copied, from 1. */
  row: checkColumn("row"),
  /** A hash of the cells as they were given, of all columns that are in the database. */
  hash: checkColumn("hash"),
  /** The time of the first day of a tariff, in days. */
  time: checkColumn("start time"),
} as const;

/** Tables of which two facts of one subscriber and day are no contradiction by themselves. */
export function mayRepeat({ name, time }: StandardTable): boolean {
  return time.shape === "happening" || (time.shape === "interval" && name !== "tariffs");
}
