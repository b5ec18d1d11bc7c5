import { quoteLiteral } from "../../database/duckdb/session.js";
import { firstDayOf } from "../../table/calendar.js";
import type { FactsQuery } from "../query/facts-query.js";
import { monthOfDay } from "../query/sql-calendar.js";

/** The months whose activations are assessed, and the last of which use is known. */
export interface Followed {
  readonly firstMonth: number;
  readonly lastMonth: number;
  readonly followedTo: number;
}

/** SQL for a column of a subscriber `s` that the history may not have; empty where it has not, or the row has none. */
export function orEmpty(query: FactsQuery, column: string): string {
  return query.has("subscribers", column) ? `coalesce(s.${column}::VARCHAR, '')` : "''";
}

/** The relation of everyone's first tariff. */
export function firstTariffs(query: FactsQuery): string {
  if (!query.has("tariffs"))
    return "(SELECT NULL::VARCHAR AS subscriber_id, NULL::VARCHAR AS tariff LIMIT 0)";
  return "(SELECT subscriber_id, arg_min(tariff, valid_from) AS tariff FROM tariff_facts GROUP BY subscriber_id)";
}

/**
 * Makes the temporary tables `covered_month` and `activated_card`: the cards that were activated in the months, with what makes
 * peers (tariff, kind of payment, month, region) and the day of the end, if it is known.
 */
export async function makeActivatedCards(
  query: FactsQuery,
  { firstMonth, lastMonth, followedTo }: Followed,
  phase: string,
): Promise<void> {
  const months = Array.from({ length: followedTo - firstMonth + 1 }, (_, i) => firstMonth + i);
  const rows = months.map((month) => `(${month}, ${firstDayOf(month)}, ${firstDayOf(month + 1)})`);
  await query.run(
    `CREATE TEMP TABLE covered_month AS SELECT * FROM (VALUES ${rows.join(", ")}) v(month, first_day, next_day)`,
    phase,
  );
  const dealer = query.has("subscribers", "dealer_id") ? "s.dealer_id::VARCHAR" : "NULL::VARCHAR";
  await query.run(
    `CREATE TEMP TABLE activated_card AS
    SELECT row_number() OVER ()::INTEGER AS card, s.subscriber_id, ${dealer} AS dealer, coalesce(t.tariff, ${quoteLiteral("")}) AS tariff,
      ${orEmpty(query, "payment_kind")} AS payment, ${orEmpty(query, "region")} AS region,
      s.activated_on, CASE WHEN s.ended_on < ${firstDayOf(followedTo + 1)} THEN s.ended_on END AS ended_on,
      ${monthOfDay("s.activated_on")} AS activation_month
    FROM subscriber_facts s LEFT JOIN ${firstTariffs(query)} t ON t.subscriber_id = s.subscriber_id
    WHERE s.activated_on >= ${firstDayOf(firstMonth)} AND s.activated_on < ${firstDayOf(lastMonth + 1)}`,
    phase,
  );
}
