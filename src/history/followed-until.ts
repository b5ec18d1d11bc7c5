import { firstDayOf } from "../table/calendar.js";
import type { History } from "./history.js";
import { type FactTableName, standardTable } from "./standard-tables.js";

/** Tables whose last fact marks the end of a history, and the SQL for the first day or month after it. */
const ENDS: readonly { table: FactTableName; after: string; isMonth?: boolean }[] = [
  { table: "usage", after: "max(month) + 1", isMonth: true },
  { table: "billing", after: "max(month) + 1", isMonth: true },
  { table: "payments", after: "max(paid_on) + 1" },
  { table: "events", after: 'max("at") + 1' },
];

/**
 * The first day that a history does not cover: the day after its last fact, see `SnapshotOptions.followedUntil`.
 * @param monthly tables after whose end there must be no label, even if others end later.
 */
export async function followedUntilOf(
  { schema, session }: Pick<History, "schema" | "session">,
  monthly: readonly FactTableName[] = [],
): Promise<number> {
  const ask = async (table: FactTableName, after: string): Promise<number> => {
    const rows = await session.connection.runAndReadAll(
      `SELECT (${after})::DOUBLE FROM ${standardTable(table).relation}`,
    );
    return Number(rows.getRows()[0]?.[0] ?? Number.NEGATIVE_INFINITY);
  };
  const ends = new Map<FactTableName, number>();
  for (const { table, after, isMonth = false } of ENDS) {
    if (schema[table] === undefined) continue;
    const found = await ask(table, after);
    if (Number.isFinite(found)) ends.set(table, isMonth ? firstDayOf(found) : found);
  }
  if (ends.size > 0) {
    const bounds = monthly.flatMap((table) => ends.get(table) ?? []);
    return Math.min(Math.max(...ends.values()), ...bounds);
  }
  const hasEnds = schema.subscribers?.some(({ name }) => name === "ended_on");
  return ask(
    "subscribers",
    hasEnds ? "greatest(max(activated_on), max(ended_on)) + 1" : "max(activated_on) + 1",
  );
}
