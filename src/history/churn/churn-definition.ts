import type { FactsToLabel } from "../query/facts-to-label.js";
import type { FactTableName } from "../standard-tables.js";

/**
 * What counts as churn. A definition gives, for every subscriber at risk at a cutoff, the day of churn, if any; the label
 * is 1 if that day is in the prediction window.
 */
export interface ChurnDefinition {
  readonly name: string;
  /** For a person, continues "churned:": `"left, voluntarily or to another operator"`. */
  readonly description: string;
  /** Tables, or columns of them, that a history must have. */
  readonly needs: readonly { readonly table: FactTableName; readonly column?: string }[];
  /** Tables in which a month without a fact counts as a month without activity: labels end where these tables end. */
  readonly silentMonthsOf?: readonly ("usage" | "billing")[];
  /**
   * Of a definition by which churn is the end of the subscription: SQL over a subscriber `s`, true for an end that counts.
   * @internal
   */
  readonly endsThatCount?: string;
  /**
   * Whether the churn is a state that lasts: who churned in a month is still churned, and not at risk, in the month after.
   * @internal
   */
  readonly isLasting?: boolean;
  /**
   * @internal Adds a relation with one row per subscriber at risk and cutoff, and returns its name. Its columns:
   * - `subscriber_id`, `cutoff`
   * - `churn_day`: the first day, at or after the cutoff, on which this churn happened; NULL if it never did
   * - `churn_reason`: text or NULL
   * - `out_day`: the first day on which something else ended the risk (a competing event), NULL if nothing did; if it is
   *   before the churn and before the end of the prediction window, the row is left out
   */
  readonly outcomes: (facts: FactsToLabel) => string;
}

/** A churn definition on the command line, given as text such as `"inactive:90"`. */
export interface ChurnSpec {
  /** The text before the colon; `none` is reserved. */
  readonly name: string;
  /**
   * How it is written, with its arguments, for `--help`. The part up to the first blank or comma is an example, with which
   * the contract tests label histories.
   */
  readonly usage: string;
  /** How it is written in TypeScript, for hints: `"inactive({ days: 90 })"`. */
  readonly call: string;
  /**
   * The definition; undefined for arguments that do not fit.
   * @param given the arguments after the colon, split at commas; none is empty.
   */
  define(given: readonly string[]): ChurnDefinition | undefined;
}
