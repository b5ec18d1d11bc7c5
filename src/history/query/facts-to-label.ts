import type { FactColumn, FactTableName } from "../standard-tables.js";
import type { Windows } from "../windows/windows.js";

/** The facts that a churn definition may use: all, also those after the cutoff, or all that were known before a later day. */
export interface FactsToLabel {
  /** The windows of every cutoff. */
  readonly windows: readonly Windows[];
  has(table: FactTableName, column?: string): boolean;
  columns(table: FactTableName): readonly FactColumn[];
  /**
   * The relation of these facts of a table, under its standard columns; days and months are whole numbers.
   * The relation `active` holds the subscribers who are active at each cutoff, with `subscriber_id`, `activated_on` and
   * all columns of `cutoffs`: `cutoff`, `cutoff_month`, `observe_from`, `label_from`, `label_to`.
   */
  all(table: FactTableName): string;
  /** Adds a relation to the statement and returns its name; the same text is added once, another text under another name. */
  relation(name: string, sql: string): string;
}
