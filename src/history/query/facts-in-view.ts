import type { FactColumn, FactTableName } from "../standard-tables.js";

/**
 * SQL for a monthly measure of a subscriber, by months before the cutoff: 0 in a month without a row of theirs, unless such
 * months are unknown; NULL in a month before the activation or of which the table has no rows.
 */
export interface MonthlyMeasure {
  readonly name: string;
  /** The relation that holds the columns, with one row per (subscriber_id, cutoff). */
  readonly relation: string;
  /** `months[0]` is the last month before the cutoff, up to the length of the observation window. */
  readonly months: readonly string[];
  /** How many months have a value. */
  readonly count: string;
  /** A condition: all months have a value. */
  readonly isWhole: string;
  /** How many months have a value above 0. */
  readonly used: string;
  /** How many months ago the last value above 0 is, 1 is the last month. */
  readonly recency: string;
  readonly mean: string;
}

/**
 * The facts that a family of features may use. Every relation that it returns holds only facts that were known before the
 * cutoff, so that anything computed from them passes the truncation test.
 */
export interface FactsInView {
  /** How many whole months the observation window holds. */
  readonly observedMonths: number;
  has(table: FactTableName, column?: string): boolean;
  columns(table: FactTableName): readonly FactColumn[];
  /** The name that a column has in {@link seen}, and one of subscribers in `active` too: that of a standard column is its own. */
  column(table: FactTableName, name: string): string;
  /**
   * The relation of the facts of a table that were known at each cutoff: its own columns and `cutoff`, `observe_from`.
   * - usage and billing: months of the observation window, with `months_ago` from 1
   * - payments, events, contacts, activity and answers: days of the observation window, with `days_ago` from 1
   * - tariffs, memberships, services, managers and prices: begun before the cutoff and not of length 0; `valid_to` is NULL unless
   *   it too lies before it; one tariff for each day on which one begins
   * - subscribers: activated before the cutoff; `ended_on` and `end_reason` are NULL unless the end lies before the cutoff
   *   and was known before it
   */
  seen(table: FactTableName): string;
  /** The measure by months before the cutoff. */
  measure(table: "usage" | "billing", name: string): MonthlyMeasure;
  /** All measures of a table: its numeric columns. */
  measures(table: "usage" | "billing"): readonly MonthlyMeasure[];
  /** Adds a relation to the statement and returns its name; the same text is added once. */
  relation(name: string, sql: string): string;
  /**
   * As {@link relation}, for figures about all subscribers of the operator, such as the churn rate of a tariff. It must
   * have the column `cutoff`, and otherwise numbers or text, so that it can be given to a service that has the facts of
   * only one subscriber. Doubles must be those of facts: sums of them depend on the order of rows.
   */
  population(name: string, sql: string): string;
}
