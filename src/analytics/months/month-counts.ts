import { firstDayOf } from "../../table/calendar.js";
import type { CountedChurn } from "../counting/counted-churn.js";
import type { Period } from "../period.js";
import type { FactsQuery } from "../query/facts-query.js";
import { moneySum } from "../query/money-sum.js";
import { monthOfDay } from "../query/sql-calendar.js";

/** What happened in a month. */
export interface MonthCount {
  /** Counted from January 1970 = 0. */
  readonly month: number;
  readonly joined: number;
  readonly left: number;
  /** At risk on its first day. */
  readonly base: number;
  /** At risk on the first day of the month after; null where the history does not say. */
  readonly nextBase: number | null;
  /** Null without bills of the month. */
  readonly revenue: number | null;
}

/** The counts of every month that the history covers, up to the last of the period. */
export async function monthCounts(
  query: FactsQuery,
  counted: CountedChurn,
  { coveredFrom, lastMonth }: Period,
): Promise<MonthCount[]> {
  const [from, to] = [firstDayOf(coveredFrom), firstDayOf(lastMonth + 1)];
  const bases = await query.rows<{ month: number; base: number }>(counted.baseByMonth);
  const joined = await query.rows<{ month: number; joined: number }>(
    [
      `SELECT ${monthOfDay("activated_on")} AS month, count(*) AS joined FROM subscriber_facts`,
      `WHERE activated_on >= ${from} AND activated_on < ${to} GROUP BY 1`,
    ].join("\n"),
  );
  const left = await query.rows<{ month: number; left: number }>(
    `SELECT month, count(*) AS "left" FROM (${counted.leavers}) GROUP BY month`,
  );
  const revenue = query.has("billing")
    ? await query.rows<{ month: number; revenue: number }>(
        [
          `SELECT month, ${moneySum("revenue")} AS revenue FROM billing_facts`,
          `WHERE month >= ${coveredFrom} AND month <= ${lastMonth} GROUP BY month`,
        ].join("\n"),
      )
    : [];
  const baseOf = new Map(bases.map(({ month, base }) => [month, base]));
  const joinedOf = new Map(joined.map((row) => [row.month, row.joined]));
  const leftOf = new Map(left.map((row) => [row.month, row.left]));
  const revenueOf = new Map(revenue.map((row) => [row.month, row.revenue]));
  return Array.from({ length: lastMonth - coveredFrom + 1 }, (_, i) => {
    const month = coveredFrom + i;
    return {
      month,
      joined: joinedOf.get(month) ?? 0,
      left: leftOf.get(month) ?? 0,
      base: baseOf.get(month) ?? 0,
      nextBase: baseOf.get(month + 1) ?? 0,
      revenue: revenueOf.get(month) ?? null,
    };
  });
}
