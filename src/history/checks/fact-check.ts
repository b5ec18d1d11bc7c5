import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { FactProblemKind, HistoryNoteKind } from "../report/history-report.js";
import { checkColumn, type FactPlan } from "../sources/fact-plan.js";

/** The words for what a check finds, in the error when it is refused and in the report when rows are dropped. */
export interface CheckWords {
  readonly kind: FactProblemKind;
  readonly column?: string;
  /** What must hold, as a clause. */
  readonly expected: string;
  /** What dropping does. */
  readonly action: string;
}

/** A check of each row by itself. */
export interface RowCheck extends CheckWords {
  /** SQL, true for a row that breaks the rule. */
  readonly where: string;
  /** SQL, the value of such a row that an error or report shows. */
  readonly value: string;
}

/**
 * A check of rows against each other. Only the rows of suspected groups, which are few, are compared. Of rows that
 * contradict each other the one that was known first is kept, so that a later fact never changes what was known before.
 */
export interface GroupCheck extends CheckWords {
  /** The columns that identify a group. */
  readonly keys: readonly string[];
  /** A query of the keys of all groups that may break the rule; it may return more groups. */
  readonly suspects: (relation: string, perSubscriber: string) => string;
  /** SQL, the order in which the rows of a group are kept. */
  readonly order: readonly string[];
  /** SQL over the rows of suspected groups, may use windows, for the column {@link LAST} that `contradicts` may use. */
  readonly isLast?: string;
  /** SQL over a row `r` and one before it, `o`: whether `r` is to be left out because of it. Default: always. */
  readonly contradicts?: string;
  readonly value: string;
  /** What was dropped is no problem, but noted with these words behind the number of rows. */
  readonly note?: { readonly kind: HistoryNoteKind; readonly text: string };
}

/** See {@link GroupCheck.isLast}. */
export const LAST = checkColumn("last");

/**
 * One row per subscriber of a relation, computed in one pass: `facts`, the number of rows, and for monthly facts `dated`,
 * the number of rows with a month, and `months`, the number of distinct months. A subscriber with fewer months than dated
 * facts has a month twice.
 */
export function perSubscriber(plan: FactPlan, relation: string): string {
  // One bit per month: a quarter of the time and memory of grouping by month. After ten and a half years the bits are
  // used again; a subscriber with a longer history is then only suspected without need.
  const months = "bit_count(bit_or(1::HUGEINT << (abs(month) % 126)))::BIGINT AS months";
  const monthly = isMonthly(plan) ? `, count(month) AS dated, ${months}` : "";
  const subscriber = subscriberOf(plan);
  return `SELECT ${subscriber} AS ${SUBSCRIBER}, count(*) AS facts${monthly} FROM ${relation} WHERE ${subscriber} <> '' GROUP BY ALL`;
}

/** SQL for the subscriber of a fact; NULL where a table is about all subscribers. */
export function subscriberOf(plan: FactPlan): string {
  return has(plan, "subscriber_id") ? SUBSCRIBER : "NULL::VARCHAR";
}

export const SUBSCRIBER = quoteIdentifier("subscriber_id");
export const IS_IDENTIFIED = `${SUBSCRIBER} <> ''`;

/** SQL for a day as text: `2025-01-31`. */
export function dayText(column: string): string {
  return `(DATE '1970-01-01' + ${column})::VARCHAR`;
}

/** SQL for a month as text: `2025-01`. */
export function monthText(column: string): string {
  return `printf('%04d-%02d', (1970 + floor(${column} / 12.0))::INTEGER, (${column} - 12 * floor(${column} / 12.0))::INTEGER + 1)`;
}

/** Whether a table has a standard column, also where its source has not. */
export function has({ columns, table }: FactPlan, name: string): boolean {
  const isStandard = table.columns.some((column) => column.name === name);
  return isStandard && columns.some((column) => column.name === name);
}

/** Whether the facts of a table are those of months. */
export function isMonthly({ table: { time } }: FactPlan): boolean {
  return time.shape === "month";
}

/** All columns as sort keys, so that only equal rows compare as equal. */
export function allColumns({ columns }: FactPlan): string[] {
  return columns.map(({ name }) => `${quoteIdentifier(name)} NULLS FIRST`);
}
