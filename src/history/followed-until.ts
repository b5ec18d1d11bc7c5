import { quoteIdentifier } from "../database/duckdb/session.js";
import { firstDayOf, monthOf } from "../table/calendar.js";
import type { OpenFacts, TableSpan } from "./report/table-span.js";
import { FACT_TABLE_NAMES, type FactTableName, standardTable } from "./standard-tables.js";

/** Days without any fact, after which a few facts are isolated. */
const ISOLATED_AFTER = 62;
/** Facts are isolated where there is not one of them for so many others, in all tables. */
const ISOLATED_SHARE = 1000;

/**
 * The first day that a history does not cover: the day after its last fact, see `SnapshotOptions.followedUntil`. Facts that
 * can't have happened yet, and a few that lie far behind all others, do not count.
 * @param monthly tables after whose end there must be no label, even if others end later.
 */
export async function followedUntilOf(
  history: OpenFacts,
  monthly: readonly FactTableName[] = [],
): Promise<number> {
  const spans = await spansOf(history);
  if (spans.size > 0) {
    const bounds = monthly.flatMap((table) => spans.get(table)?.until ?? []);
    return Math.min(Math.max(...[...spans.values()].map(({ until }) => until)), ...bounds);
  }
  const { schema, session, newestDay = Number.MAX_SAFE_INTEGER } = history;
  const hasEnds = schema.subscribers?.some(({ name, isAbsent }) => name === "ended_on" && isAbsent !== true);
  // What is planned for later is no followed time.
  const last = (column: string) => `max(CASE WHEN ${column} <= ${newestDay} THEN ${column} END)`;
  const until = hasEnds ? `greatest(${last("activated_on")}, ${last("ended_on")})` : last("activated_on");
  const [day] = await ask(session, "subscribers", `${until} + 1`);
  return day ?? Number.NEGATIVE_INFINITY;
}

/**
 * The first day that a history covers: of the first fact of months and days (a month counts as a whole), or of subscribers if
 * there are none of these.
 */
export async function coveredFromOf(history: OpenFacts): Promise<number> {
  const spans = await spansOf(history);
  if (spans.size > 0) return Math.min(...[...spans.values()].map(({ first }) => first));
  const [day] = await ask(history.session, "subscribers", "min(activated_on)");
  return day ?? Number.NEGATIVE_INFINITY;
}

/** The spans of the tables whose facts mark the beginning and end of a history, of those that have any. */
export async function spansOf(history: OpenFacts): Promise<ReadonlyMap<FactTableName, TableSpan>> {
  if (history.spans !== undefined) return history.spans;
  const spans = new Map<FactTableName, TableSpan>();
  for (const table of FACT_TABLE_NAMES) {
    const { shape } = standardTable(table).time;
    if (history.schema[table] === undefined || (shape !== "month" && shape !== "happening")) continue;
    const span = await spanOf(history, table);
    if (span !== undefined) spans.set(table, span);
  }
  // Only the table that ends last decides where the history ends, and only where no other one ends near it.
  for (;;) {
    const [last, next] = [...spans].sort(([, a], [, b]) => b.until - a.until);
    if (last === undefined || (next !== undefined && next[1].until > last[1].until - ISOLATED_AFTER))
      return spans;
    const earlier = await withoutIsolated(history, [...spans.keys()], ...last);
    if (earlier === undefined) return spans;
    spans.set(last[0], earlier);
  }
}

async function spanOf(
  { session, newestDay = Number.MAX_SAFE_INTEGER }: OpenFacts,
  table: FactTableName,
): Promise<TableSpan | undefined> {
  const { isMonth, time } = timeOf(table);
  const newest = isMonth && newestDay < Number.MAX_SAFE_INTEGER ? monthOf(newestDay) : newestDay;
  let [first, last] = await ask(session, table, `min(${time})`, `max(${time})`);
  // Only where it is needed: a database knows the ends of a column without reading it.
  if (last !== null && last > newest) {
    [last] = await ask(session, table, `max(CASE WHEN ${time} <= ${newest} THEN ${time} END)`);
  }
  if (first === null || last === null) return undefined;
  return {
    first: isMonth ? firstDayOf(first) : first,
    until: isMonth ? firstDayOf(last + 1) : last + 1,
    isolated: 0,
  };
}

/** The span without the last facts, where a gap lies before them and they are few; undefined where there are none such. */
async function withoutIsolated(
  { session }: OpenFacts,
  tables: readonly FactTableName[],
  table: FactTableName,
  { first, until, isolated }: TableSpan,
): Promise<TableSpan | undefined> {
  const { isMonth, time } = timeOf(table);
  const last = isMonth ? monthOf(until - 1) : until - 1;
  const gap = isMonth ? 2 : ISOLATED_AFTER;
  const { relation } = standardTable(table);
  const counts = tables.map((each) => `(SELECT count(*) FROM ${standardTable(each).relation})`);
  const days = `SELECT ${time} AS day, count(*) AS facts FROM ${relation} WHERE ${time} <= ${last} GROUP BY ${time}`;
  const [end, later] = await ask(
    session,
    `(SELECT day, later FROM (
      SELECT day, lead(day) OVER (ORDER BY day) AS next,
        sum(facts) OVER (ORDER BY day DESC) - facts AS later
      FROM (${days})
    ) WHERE next - day > ${gap} AND later * ${ISOLATED_SHARE} <= ${counts.join(" + ")})`,
    "min(day)",
    "max(later)",
  );
  if (end === null) return undefined;
  return { first, until: isMonth ? firstDayOf(end + 1) : end + 1, isolated: isolated + Number(later) };
}

function timeOf(table: FactTableName): { isMonth: boolean; time: string } {
  const { shape, column } = standardTable(table).time;
  return { isMonth: shape === "month", time: quoteIdentifier(column) };
}

/** Numbers about a table; null where it has no facts. */
async function ask(
  session: OpenFacts["session"],
  from: FactTableName | `(${string})`,
  ...sql: readonly string[]
): Promise<(number | null)[]> {
  const relation = from.startsWith("(") ? from : standardTable(from as FactTableName).relation;
  const asked = sql.map((each) => `(${each})::DOUBLE`).join(", ");
  const rows = await session.connection.runAndReadAll(`SELECT ${asked} FROM ${relation}`);
  return rows.getRows()[0].map((value) => (value === null ? null : Number(value)));
}
