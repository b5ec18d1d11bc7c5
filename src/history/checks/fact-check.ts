import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { FactProblemKind } from "../history-report.js";
import type { FactPlan } from "../sources/plan-columns.js";

/** What a check calls its finding, in the error when it is refused and in the report when rows are dropped. */
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
  /** SQL, what is shown of such a row. */
  readonly value: string;
}

/**
 * A check of rows against each other. Only rows of groups in trouble are looked at closely, which are few; of rows that
 * contradict each other the one that came first stays, so that a later fact never changes what was known before.
 */
export interface GroupCheck extends CheckWords {
  /** The columns that name a group. */
  readonly keys: readonly string[];
  /** The groups that may break the rule: a query of the keys. May name too many. */
  readonly suspects: (relation: string, perSubscriber: string) => string;
  /** SQL over the rows of suspected groups, may use windows: true for a row that is one too many. */
  readonly isSurplus: string;
  readonly value: string;
}

/**
 * One row per subscriber of a relation, out of one pass: `facts`, how many rows there are, and for monthly facts `dated`,
 * how many of them have a month, and `months`, how many different ones. Who has fewer months than dated facts has one
 * twice.
 */
export function perSubscriber(plan: FactPlan, relation: string): string {
  // One bit per month: a quarter of the time and memory of grouping by month. After ten and a half years the bits are
  // used again, and who is followed for longer becomes a suspect only.
  const months = "bit_count(bit_or(1::HUGEINT << (abs(month) % 126)))::BIGINT AS months";
  const monthly = has(plan, "month") ? `, count(month) AS dated, ${months}` : "";
  return `SELECT ${SUBSCRIBER}, count(*) AS facts${monthly} FROM ${relation} WHERE ${IS_IDENTIFIED} GROUP BY ALL`;
}

export const SUBSCRIBER = quoteIdentifier("subscriber_id");
export const IS_IDENTIFIED = `${SUBSCRIBER} <> ''`;

/** A day as SQL writes it for people. */
export function dayText(column: string): string {
  return `(DATE '1970-01-01' + ${column})::VARCHAR`;
}

/** A month as SQL writes it for people: `2025-01`. */
export function monthText(column: string): string {
  return `printf('%04d-%02d', (1970 + floor(${column} / 12.0))::INTEGER, (${column} - 12 * floor(${column} / 12.0))::INTEGER + 1)`;
}

export function has({ columns }: FactPlan, name: string): boolean {
  return columns.some((column) => column.name === name);
}

/** All columns, so that rows that sort alike are alike. */
export function allColumns({ columns }: FactPlan): string[] {
  return columns.map(({ name }) => `${quoteIdentifier(name)} NULLS FIRST`);
}
