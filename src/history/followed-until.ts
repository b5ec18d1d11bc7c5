import { firstDayOf } from "../table/calendar.js";
import type { History } from "./history.js";
import { type FactTableName, standardTable } from "./standard-tables.js";

/** Tables whose first and last fact mark the beginning and end of a history, and the column of their days or months. */
const ENDS: readonly { table: FactTableName; column: string; isMonth?: boolean }[] = [
  { table: "usage", column: "month", isMonth: true },
  { table: "billing", column: "month", isMonth: true },
  { table: "payments", column: "paid_on" },
  { table: "events", column: '"at"' },
];

/**
 * The first day that a history does not cover: the day after its last fact, see `SnapshotOptions.followedUntil`.
 * @param monthly tables after whose end there must be no label, even if others end later.
 */
export async function followedUntilOf(
  { schema, session }: Pick<History, "schema" | "session">,
  monthly: readonly FactTableName[] = [],
): Promise<number> {
  const ends = new Map<FactTableName, number>();
  for (const { table, column, isMonth = false } of ENDS) {
    if (schema[table] === undefined) continue;
    const found = await ask(session, table, `max(${column}) + 1`);
    if (Number.isFinite(found)) ends.set(table, isMonth ? firstDayOf(found) : found);
  }
  if (ends.size > 0) {
    const bounds = monthly.flatMap((table) => ends.get(table) ?? []);
    return Math.min(Math.max(...ends.values()), ...bounds);
  }
  const hasEnds = schema.subscribers?.some(({ name }) => name === "ended_on");
  return ask(
    session,
    "subscribers",
    hasEnds ? "greatest(max(activated_on), max(ended_on)) + 1" : "max(activated_on) + 1",
  );
}

/**
 * The first day that a history covers: of the first fact of usage, billing, payments and events (a month counts as a whole),
 * or of subscribers if there are none of these.
 */
export async function coveredFromOf({
  schema,
  session,
}: Pick<History, "schema" | "session">): Promise<number> {
  const days: number[] = [];
  for (const { table, column, isMonth = false } of ENDS) {
    if (schema[table] === undefined) continue;
    const found = await ask(session, table, `min(${column})`);
    if (Number.isFinite(found)) days.push(isMonth ? firstDayOf(found) : found);
  }
  return days.length > 0 ? Math.min(...days) : ask(session, "subscribers", "min(activated_on)");
}

/** A number about a table; −∞ where it has no facts. */
async function ask(session: History["session"], table: FactTableName, sql: string): Promise<number> {
  const rows = await session.connection.runAndReadAll(
    `SELECT (${sql})::DOUBLE FROM ${standardTable(table).relation}`,
  );
  return Number(rows.getRows()[0]?.[0] ?? Number.NEGATIVE_INFINITY);
}
