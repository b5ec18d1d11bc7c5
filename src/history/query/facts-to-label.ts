import type { FactColumn, FactTableName } from "../standard-tables.js";
import type { Windows } from "../windows/windows.js";

/** What a definition of churn may look at: all facts, also those after the cutoff. */
export interface FactsToLabel {
  /** Of every cutoff. */
  readonly windows: readonly Windows[];
  has(table: FactTableName, column?: string): boolean;
  columns(table: FactTableName): readonly FactColumn[];
  /**
   * The relation of all facts of a table, under its standard columns; days and months are whole numbers.
   * `active` names those who are there at each cutoff, with `subscriber_id`, `activated_on` and all
   * columns of `cutoffs`: `cutoff`, `cutoff_month`, `observe_from`, `label_from`, `label_to`.
   */
  all(table: FactTableName): string;
  /** Adds a relation to the statement and returns its name; the same text is added once, another under a name of its own. */
  relation(name: string, sql: string): string;
}
