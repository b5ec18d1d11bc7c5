import type { FactsToLabel } from "../query/facts-to-label.js";
import type { FactTableName } from "../standard-tables.js";

/**
 * What counts as churn. A definition says for everybody at risk at a cutoff on which day they churned, if ever; whether
 * that day lies in the prediction window decides the label.
 */
export interface ChurnDefinition {
  readonly name: string;
  /** For a person, continues "churned:": `"left, voluntarily or to another operator"`. */
  readonly description: string;
  /** Tables, or columns of them, that a history must have. */
  readonly needs: readonly { readonly table: FactTableName; readonly column?: string }[];
  /** Tables of which a month without a fact counts as a month of nothing: labels end where these tables do. */
  readonly silentMonthsOf?: readonly ("usage" | "billing")[];
  /**
   * @internal Adds a relation with one row per subscriber at risk and cutoff, and returns its name. Its columns:
   * - `subscriber_id`, `cutoff`
   * - `churn_day`: the first day, at or after the cutoff, on which this churn happened; NULL if it never did
   * - `churn_reason`: text or NULL
   * - `out_day`: the first day on which something else took the subscriber out of the risk, NULL if nothing did;
   *   before the churn and before the end of the prediction window, it leaves the row out
   */
  readonly outcomes: (facts: FactsToLabel) => string;
}

/** A churn definition as the command line asks for it, by a text such as `"inactive:90"`. */
export interface ChurnSpec {
  /** What stands before the colon; `none` is taken. */
  readonly name: string;
  /**
   * How it is written, with its arguments, for `--help`. Up to the first blank or comma it is an example, by which the contract
   * tests label histories.
   */
  readonly usage: string;
  /**
   * The definition; undefined for arguments that do not fit.
   * @param given what stands behind the colon, between commas; none of it is empty.
   */
  define(given: readonly string[]): ChurnDefinition | undefined;
}
