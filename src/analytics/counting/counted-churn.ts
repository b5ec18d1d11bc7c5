import type { ChurnDefinition } from "../../history/churn/churn-definition.js";
import { churnOutcomesSql } from "../../history/query/churn-outcomes.js";
import { windowsOf } from "../../history/windows/windows.js";
import { firstDayOf, monthText } from "../../table/calendar.js";
import { LOOK_BACK, type Period } from "../period.js";
import type { FactsQuery } from "../query/facts-query.js";
import { monthOfDay } from "../query/sql-calendar.js";
import { checkNeeds } from "./check-needs.js";
import { ownColumns } from "./own-columns.js";

/** Who is at risk and who left, by a definition of churn, as relations of the connection. */
export interface CountedChurn {
  /** Whether its relations are only read from the facts, so that it is cheaper to do that twice than to keep them. */
  readonly isRead: boolean;
  /** SQL for the number at risk on the first day of each month of the history, `month` and `base`, and one month more. */
  readonly baseByMonth: string;
  /** SQL for those who left: `subscriber_id`, `month`, `day`, `reason`. */
  readonly leavers: string;
  /**
   * SQL for those at risk on the first day of the months [first, last], or who left in them: `subscriber_id`, `activated_on`, all columns
   * of subscribers by {@link ownColumn}, and `in_base` (0 or 1), `times_left`, `left_on` and `left_reason` of the first time, `as_of`, the day before which they are looked at: the first
   * day, or the day on which those left who joined later.
   */
  membersOf(firstMonth: number, lastMonth: number): string;
}

/**
 * Counts churn over the months that a history covers. Definitions by which churn is the end of the subscription need no table.
 * @throws HoldfastError for a definition that needs facts which the history has not.
 */
export async function countChurn(
  functionName: string,
  query: FactsQuery,
  churn: ChurnDefinition,
  period: Period,
): Promise<CountedChurn> {
  const { endsThatCount } = churn;
  checkNeeds(functionName, query, churn);
  return endsThatCount === undefined
    ? countOutcomes(functionName, query, churn, period)
    : countEnds(query, endsThatCount, period);
}

/** Subscribers and their lives are all that is needed. */
function countEnds(query: FactsQuery, isCounted: string, { coveredFrom, lastMonth }: Period): CountedChurn {
  const isBase = (day: number | string) =>
    `s.activated_on < ${day} AND (s.ended_on IS NULL OR s.ended_on >= ${day})`;
  const month = monthOfDay("s.ended_on");
  return {
    isRead: true,
    baseByMonth: [
      "SELECT m.month, sum(j.base)::BIGINT AS base FROM (",
      `  SELECT unnest(range(${coveredFrom}, ${lastMonth + 2})) AS month`,
      ") m JOIN (",
      // Of each month the sum of all arrivals less all departures before it.
      `  SELECT greatest(${monthOfDay("s.activated_on")} + 1, ${coveredFrom}) AS from_month, count(*) AS base FROM subscriber_facts s`,
      "  WHERE s.ended_on IS NULL OR s.ended_on > s.activated_on GROUP BY 1",
      "  UNION ALL",
      `  SELECT greatest(${month} + 1, ${coveredFrom}) AS from_month, -count(*) AS base FROM subscriber_facts s`,
      "  WHERE s.ended_on > s.activated_on GROUP BY 1",
      ") j ON j.from_month <= m.month GROUP BY m.month ORDER BY m.month",
    ].join("\n"),
    leavers: [
      `SELECT s.subscriber_id, ${month} AS month, s.ended_on AS day, s.end_reason AS reason FROM subscriber_facts s`,
      `WHERE s.ended_on >= ${firstDayOf(coveredFrom)} AND s.ended_on < ${firstDayOf(lastMonth + 1)} AND ${isCounted}`,
    ].join("\n"),
    membersOf: (first, last) => {
      const [from, to] = [firstDayOf(first), firstDayOf(last + 1)];
      const hasLeft = `(s.ended_on >= ${from} AND s.ended_on < ${to} AND (${isCounted}))`;
      return [
        `SELECT ${ownColumns(query)}, CASE WHEN ${isBase(from)} THEN 1 ELSE 0 END AS in_base, CASE WHEN ${hasLeft} THEN 1 ELSE 0 END AS times_left,`,
        `  CASE WHEN ${hasLeft} THEN s.ended_on END AS left_on, CASE WHEN ${hasLeft} THEN s.end_reason END AS left_reason,`,
        `  CASE WHEN ${isBase(from)} THEN ${from} ELSE s.ended_on END AS as_of`,
        `FROM subscriber_facts s WHERE (${isBase(from)}) OR ${hasLeft}`,
      ].join("\n");
    },
  };
}

async function countOutcomes(
  functionName: string,
  query: FactsQuery,
  churn: ChurnDefinition,
  { coveredFrom, lastMonth }: Period,
): Promise<CountedChurn> {
  const first = churn.isLasting === true ? coveredFrom - 1 : coveredFrom;
  // One month more, of which only those at risk on its first day are known.
  const months = Array.from({ length: lastMonth - first + 2 }, (_, i) => monthText(first + i));
  const windows = windowsOf(functionName, { at: months, observe: LOOK_BACK, gap: 0, horizon: 1 });
  const outcomes = churnOutcomesSql(functionName, query.history.schema, churn, windows);
  await query.run(`CREATE TEMP TABLE churn_outcomes AS ${outcomes}`, "churn");
  // Churn that lasts is counted in the first of its months, and those whom it keeps are not at risk again before it is over.
  const isStill =
    churn.isLasting === true
      ? "coalesce(lag(label_to) OVER own = cutoff AND lag(churn_day) OVER own = cutoff - 1, false)"
      : "false";
  await query.run(
    [
      "CREATE TEMP TABLE monthly_risk AS",
      "SELECT subscriber_id, month, day, reason FROM (",
      `  SELECT subscriber_id, ${monthOfDay("cutoff")} AS month,`,
      "    CASE WHEN churn_day < label_to THEN churn_day END AS day, churn_reason AS reason,",
      `    ${isStill} AS is_still`,
      "  FROM churn_outcomes WHERE churn_day IS NULL OR churn_day >= cutoff",
      "  WINDOW own AS (PARTITION BY subscriber_id ORDER BY cutoff)",
      `) WHERE NOT is_still AND month >= ${coveredFrom}`,
    ].join("\n"),
    "churn",
  );
  await query.run("DROP TABLE churn_outcomes", "churn");
  return {
    isRead: false,
    baseByMonth: "SELECT month, count(*) AS base FROM monthly_risk GROUP BY month ORDER BY month",
    leavers: `SELECT subscriber_id, month, day, reason FROM monthly_risk WHERE day IS NOT NULL AND month <= ${lastMonth}`,
    membersOf: (first, last) => {
      const from = firstDayOf(first);
      return [
        `SELECT ${ownColumns(query)}, r.in_base, r.times_left, r.left_on, r.left_reason,`,
        `  CASE WHEN r.in_base = 1 THEN ${from} ELSE r.left_on END AS as_of`,
        "FROM (",
        `  SELECT subscriber_id, max(CASE WHEN month = ${first} THEN 1 ELSE 0 END) AS in_base, count(day)::INTEGER AS times_left,`,
        "    min(day) AS left_on, arg_min_null(reason, day) AS left_reason",
        `  FROM monthly_risk WHERE month >= ${first} AND month <= ${last} GROUP BY subscriber_id`,
        ") r JOIN subscriber_facts s ON s.subscriber_id = r.subscriber_id WHERE r.in_base = 1 OR r.times_left > 0",
      ].join("\n");
    },
  };
}
