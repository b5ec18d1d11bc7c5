import type { FactsQuery } from "../query/facts-query.js";

/** The days that figures are computed of: [from, to], in days since 1970-01-01. */
export interface FigureDays {
  readonly from: number;
  /** The last day, included; facts that became known later are left out. */
  readonly to: number;
  /** The first day with payments; null without any. */
  readonly paymentsFrom: number | null;
}

/** Amounts are added as decimals: the regions sum to the head office exactly, in whatever order. */
export const AMOUNT = "DECIMAL(38, 4)";

/**
 * SQL of the figures of each region on each day from its first on: region, day, joins, leaves, base, payments, amount. Base
 * is the running sum of joins less leaves, so that the work does not grow with subscribers times days.
 */
export function figuresSql(query: FactsQuery, { from, to, paymentsFrom }: FigureDays): string {
  const region = query.has("subscribers", "region") ? "s.region" : "NULL::VARCHAR";
  const endKnown = query.has("subscribers", "known_at") ? `AND coalesce(known_at <= ${to}, true)` : "";
  const paidKnown = query.has("payments", "known_at") ? `AND coalesce(p.known_at <= ${to}, true)` : "";
  const nothing = `SELECT NULL::VARCHAR AS region, 0 AS day, 0 AS payments, 0::${AMOUNT} AS amount WHERE false`;
  const paid =
    paymentsFrom === null
      ? nothing
      : `SELECT ${region} AS region, p.paid_on AS day, count(*) AS payments, sum(p.amount::${AMOUNT}) AS amount
        FROM payment_facts p LEFT JOIN subscriber_facts s USING (subscriber_id)
        WHERE p.paid_on BETWEEN ${from} AND ${to} ${paidKnown} GROUP BY ALL`;
  return `
    WITH known AS (
      SELECT ${region} AS region, activated_on, CASE WHEN ended_on <= ${to} ${endKnown} THEN ended_on END AS ended_on
      FROM subscriber_facts s WHERE activated_on <= ${to}
    ), changes AS (
      SELECT region, greatest(activated_on, ${from - 1}) AS day, count(*) AS joins, 0 AS leaves FROM known GROUP BY ALL
      UNION ALL
      SELECT region, greatest(ended_on, ${from - 1}), 0, count(*) FROM known WHERE ended_on IS NOT NULL GROUP BY ALL
    ), paid AS (${paid}),
    facts AS (
      SELECT region, day, joins, leaves, 0 AS payments, 0::${AMOUNT} AS amount FROM changes
      UNION ALL SELECT region, day, 0, 0, payments, amount FROM paid
    ), days AS (
      SELECT region, unnest(range(greatest(min(day), ${from})::BIGINT, ${to + 1}))::INTEGER AS day
      FROM facts GROUP BY region HAVING max(day) >= ${from} OR sum(joins - leaves) > 0
    ), summed AS (
      SELECT region, day, sum(joins)::BIGINT AS joins, sum(leaves)::BIGINT AS leaves, sum(payments)::BIGINT AS payments,
        sum(amount)::${AMOUNT} AS amount
      FROM (SELECT * FROM facts UNION ALL SELECT region, day, 0, 0, 0, 0 FROM days) GROUP BY ALL
    )
    SELECT region, day, joins, leaves,
      coalesce(sum(joins - leaves) OVER (
        PARTITION BY region ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ), 0)::BIGINT AS base,
      CASE WHEN day >= ${paymentsFrom ?? "NULL"} THEN payments END AS payments,
      CASE WHEN day >= ${paymentsFrom ?? "NULL"} THEN amount END AS amount
    FROM summed QUALIFY day >= ${from}`;
}
