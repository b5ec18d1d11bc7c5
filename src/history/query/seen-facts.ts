import { quoteIdentifier } from "../../database/duckdb/session.js";
import { monthOf } from "../../table/calendar.js";
import { type FactColumn, type FactTableName, standardTable } from "../standard-tables.js";
import type { Windows } from "../windows/windows.js";

/** Which facts of a table are needed. */
export interface SeenOptions {
  readonly columns: readonly FactColumn[];
  readonly windows: readonly Windows[];
  /** Only facts of the subscribers that this relation names. */
  readonly scope?: string | undefined;
}

/** The column of a fact's day: of an interval, its first day. */
const DAY_OF: Readonly<Record<Exclude<FactTableName, "usage" | "billing">, string>> = {
  subscribers: "activated_on",
  tariffs: "valid_from",
  payments: "paid_on",
  memberships: "valid_from",
  services: "valid_from",
  events: "at",
};

/** Columns that are visible only after a day, and the column of that day. */
const SEEN_LATER: Readonly<Record<string, string>> = {
  ended_on: "ended_on",
  end_reason: "ended_on",
  valid_to: "valid_to",
};

/** Tables whose facts happen on a day; only those in the observation window are visible. */
const HAPPENING: ReadonlySet<FactTableName> = new Set(["payments", "events"]);

/** The facts of a table that were known before each cutoff: their day is before it, and so is `known_at`. */
export function seenFacts(table: FactTableName, { columns, windows, scope }: SeenOptions): string {
  const { relation } = standardTable(table);
  const isMonthly = table === "usage" || table === "billing";
  const named = columns.filter(({ name }) => name !== "known_at").map(({ name }) => seenColumn(name));
  const select = ["c.cutoff", "c.observe_from", ...named];
  const when: string[] = [];
  if (isMonthly) {
    const first = Math.min(...windows.map(({ observeFromMonth }) => observeFromMonth));
    const last = Math.max(...windows.map(({ cutoffMonth }) => cutoffMonth));
    select.push("c.months_ago");
    when.push(`f.month >= ${first} AND f.month < ${last}`);
  } else {
    const day = `f.${quoteIdentifier(DAY_OF[table])}`;
    select.push(`c.cutoff - ${day} AS days_ago`);
    // Constant bounds besides those of each cutoff: with them whole row groups of files can be skipped.
    const last = Math.max(...windows.map(({ cutoff }) => cutoff));
    when.push(`${day} < ${last}`, `${day} < c.cutoff`);
    if (HAPPENING.has(table)) {
      const first = Math.min(...windows.map(({ observeFrom }) => observeFrom));
      when.push(`${day} >= ${first}`, `${day} >= c.observe_from`);
    }
  }
  if (columns.some(({ name }) => name === "known_at"))
    when.push("(f.known_at IS NULL OR f.known_at < c.cutoff)");
  if (scope !== undefined) when.push(`f.subscriber_id IN (SELECT subscriber_id FROM ${scope})`);
  return [
    `SELECT ${select.join(", ")}`,
    isMonthly
      ? `FROM ${relation} f JOIN cutoff_months c ON f.month = c.month`
      : `FROM ${relation} f CROSS JOIN cutoffs c`,
    ...(when.length > 0 ? [`WHERE ${when.join(" AND ")}`] : []),
  ].join("\n");
}

/** All facts of a table that were known before one day, under its own columns: what {@link seenFacts} shows at a cutoff. */
export function factsKnownBefore(table: FactTableName, columns: readonly FactColumn[], day: number): string {
  const isMonthly = table === "usage" || table === "billing";
  const when = [
    isMonthly ? `f.month < ${monthOf(day)}` : `f.${quoteIdentifier(DAY_OF[table])} < ${day}`,
    ...(columns.some(({ name }) => name === "known_at")
      ? [`(f.known_at IS NULL OR f.known_at < ${day})`]
      : []),
  ];
  return [
    `SELECT ${columns.map(({ name }) => seenColumn(name, String(day))).join(", ")}`,
    `FROM ${standardTable(table).relation} f`,
    `WHERE ${when.join(" AND ")}`,
  ].join("\n");
}

function seenColumn(name: string, before = "c.cutoff"): string {
  const column = `f.${quoteIdentifier(name)}`;
  if (!Object.hasOwn(SEEN_LATER, name)) return column;
  return `CASE WHEN f.${SEEN_LATER[name]} < ${before} THEN ${column} END AS ${quoteIdentifier(name)}`;
}
