import { quoteIdentifier } from "../../database/duckdb/session.js";
import { monthOf } from "../../table/calendar.js";
import { type FactColumn, type FactTableName, standardTable } from "../standard-tables.js";
import type { Windows } from "../windows/windows.js";
import { isStandardColumn, nameInView } from "./names-in-view.js";

/** Which facts of a table are needed. */
export interface SeenOptions {
  readonly columns: readonly FactColumn[];
  readonly windows: readonly Windows[];
  /** Only facts of the subscribers that this relation names. */
  readonly scope?: string | undefined;
}

/** Columns that are visible only after the end of the fact. */
const WITH_END: ReadonlySet<string> = new Set(["ended_on", "end_reason", "valid_to"]);

/** The facts of a table that were known before each cutoff: their day is before it, and so is `known_at`. */
export function seenFacts(table: FactTableName, { columns, windows, scope }: SeenOptions): string {
  const { relation, time, about } = standardTable(table);
  const select = ["c.cutoff", "c.observe_from"];
  const when = knownWhen(table, columns, "c.cutoff");
  if (time.shape === "month") {
    const first = Math.min(...windows.map(({ observeFromMonth }) => observeFromMonth));
    const last = Math.max(...windows.map(({ cutoffMonth }) => cutoffMonth));
    select.push("c.months_ago", "c.month_bit");
    when.push(`f.month >= ${first} AND f.month < ${last}`);
  } else {
    const day = `f.${quoteIdentifier(time.column)}`;
    select.push(`c.cutoff - ${day} AS days_ago`);
    // Constant bounds besides those of each cutoff: with them whole row groups of files can be skipped.
    const last = Math.max(...windows.map(({ cutoff }) => cutoff));
    when.push(`${day} < ${last}`, `${day} < c.cutoff`);
    if (time.shape === "happening") {
      const first = Math.min(...windows.map(({ observeFrom }) => observeFrom));
      when.push(`${day} >= ${first}`, `${day} >= c.observe_from`);
    }
  }
  // Facts that may be about more than one subscriber are few, and all of them are read.
  if (scope !== undefined && about.join() === "subscriber_id") {
    when.push(`f.subscriber_id IN (SELECT subscriber_id FROM ${scope})`);
  }
  const named = columns
    .filter(({ name }) => name !== "known_at")
    .map(({ name }) => {
      const alias = quoteIdentifier(nameInView(table, columns, name));
      const sql = visible(table, columns, name, "c.cutoff");
      return sql === `f.${alias}` ? sql : `${sql} AS ${alias}`;
    });
  return latestOfDay(
    table,
    columns,
    [
      `SELECT ${[...select, ...named].join(", ")}`,
      time.shape === "month"
        ? `FROM ${relation} f JOIN cutoff_months c ON f.month = c.month`
        : `FROM ${relation} f CROSS JOIN cutoffs c`,
      ...(when.length > 0 ? [`WHERE ${when.join(" AND ")}`] : []),
    ],
    "c.cutoff",
  );
}

/** All facts of a table that were known before one day, under its own columns: what {@link seenFacts} shows at a cutoff. */
export function factsKnownBefore(table: FactTableName, columns: readonly FactColumn[], day: number): string {
  const { relation, time } = standardTable(table);
  const before =
    time.shape === "month" ? `f.month < ${monthOf(day)}` : `f.${quoteIdentifier(time.column)} < ${day}`;
  const select = columns.map(
    ({ name }) => `${visible(table, columns, name, String(day))} AS ${quoteIdentifier(name)}`,
  );
  return [
    `SELECT ${select.join(", ")}`,
    `FROM ${relation} f`,
    `WHERE ${[before, ...knownWhen(table, columns, String(day))].join(" AND ")}`,
  ].join("\n");
}

/** Conditions for facts that were known before a day, besides that their own day lies before it. */
function knownWhen(table: FactTableName, columns: readonly FactColumn[], day: string): string[] {
  const { shape, column, end } = standardTable(table).time;
  const when: string[] = [];
  // Of a subscriber with an end, known_at is about the end: the activation was known on its day.
  const isAboutEnd = shape === "lifetime" ? `f.${end} IS NOT NULL OR ` : "";
  if (hasKnownAt(columns)) when.push(`(${isAboutEnd}f.known_at IS NULL OR f.known_at < ${day})`);
  // What ends on the day on which it begins never was.
  if (shape === "interval") when.push(`coalesce(f.${end} > f.${column}, 1 = 1)`);
  return when;
}

/** SQL for a column of the facts `f`: the end of a fact is seen only after it, and once it was known. */
function visible(table: FactTableName, columns: readonly FactColumn[], name: string, day: string): string {
  const column = `f.${quoteIdentifier(name)}`;
  const { end, shape } = standardTable(table).time;
  if (end === undefined || !WITH_END.has(name) || !isStandardColumn(table, name)) return column;
  const isKnown =
    shape === "lifetime" && hasKnownAt(columns) ? ` AND (f.known_at IS NULL OR f.known_at < ${day})` : "";
  return `CASE WHEN f.${end} < ${day}${isKnown} THEN ${column} END`;
}

/**
 * Of tariffs that begin on the same day, the one that became known last: it corrects the others. Where the table does not
 * say when they became known, the history has one of them.
 */
function latestOfDay(
  table: FactTableName,
  columns: readonly FactColumn[],
  [select, ...rest]: readonly string[],
  cutoff: string,
): string {
  if (table !== "tariffs" || !hasKnownAt(columns)) return [select, ...rest].join("\n");
  const order = "coalesce(f.known_at, f.valid_from) DESC, f.tariff DESC";
  const place = `row_number() OVER (PARTITION BY f.subscriber_id, ${cutoff}, f.valid_from ORDER BY ${order}) AS place`;
  return [
    "SELECT * FROM (",
    ...[`${select}, ${place}`, ...rest].map((line) => `  ${line}`),
    ") by_knowledge",
    "WHERE place = 1",
  ].join("\n");
}

/** Every table has the standard column; where its source has not, there is nothing to compare. */
function hasKnownAt(columns: readonly FactColumn[]): boolean {
  return columns.some(({ name, isAbsent }) => name === "known_at" && isAbsent !== true);
}
