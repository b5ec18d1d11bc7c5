import { invalidArgument } from "../../errors.js";
import { coveredFromOf, followedUntilOf, spansOf } from "../../history/followed-until.js";
import type { History } from "../../history/history.js";
import { FACT_TABLE_NAMES, standardTable } from "../../history/standard-tables.js";
import { dayOf } from "../../history/windows/day-problem.js";
import { formatDate } from "../../table/dates.js";
import type { FigureDays } from "./figures-sql.js";

/** What a day is, as a clause for messages. */
export const A_DAY = "must be a day such as 2026-02-03";

/**
 * The days that a history covers, up to the one that was asked for.
 * @param day as `2026-02-03`. Default: the last day with facts; those of months do not count, as a month may not be over.
 * @throws HoldfastError for what is no day, and a day that the history does not cover.
 */
export async function figureDays(
  functionName: string,
  history: History,
  day: string | undefined,
): Promise<FigureDays> {
  const asked = day === undefined ? undefined : dayOf(functionName, "day", day, A_DAY);
  const from = await coveredFromOf(history);
  const until = await followedUntilOf(history);
  if (!Number.isFinite(from) || !Number.isFinite(until))
    invalidArgument(functionName, "history", "must have facts, it has none", undefined);
  const spans = await spansOf(history);
  const happened = FACT_TABLE_NAMES.filter((table) => standardTable(table).time.shape === "happening");
  const ends = happened.flatMap((table) => spans.get(table)?.until ?? []);
  const last = Math.min(until, ends.length === 0 ? until : Math.max(...ends)) - 1;
  const to = asked ?? last;
  if (to < from || to >= until) {
    const covered = `${formatDate(from)} to ${formatDate(until - 1)}`;
    invalidArgument(functionName, "day", `must be a day that the history covers, ${covered}`, day);
  }
  return { from, to, paymentsFrom: spans.get("payments")?.first ?? null };
}
