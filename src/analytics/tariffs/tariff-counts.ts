import type { Frame } from "../cuts/frame.js";
import type { FactsQuery } from "../query/facts-query.js";
import { moneySum } from "../query/money-sum.js";

/** What is counted of a tariff. */
export interface TariffSums {
  readonly tariff: string | null;
  /** Subscribers of the tariff on the day before the period. */
  readonly base: number;
  /** Of them, those who left within the period. */
  readonly leftOfBase: number;
  /** All who left within the period, those who joined in it too. */
  readonly left: number;
  /** Of the base, the sum of the mean monthly bills of the three months before, and how many had one; null without bills. */
  readonly revenue: number | null;
  readonly billed: number | null;
}

/** Base, departures and bills by tariff, of a frame with the entry `tariff`: a row per tariff, and one of null where subscribers have none. */
export async function tariffCounts(query: FactsQuery, { name, columnOf }: Frame): Promise<TariffSums[]> {
  const hasBills = query.has("billing");
  const tariff = query.has("tariffs") ? columnOf("tariff") : "NULL::VARCHAR";
  return query.rows<TariffSums>(
    [
      `SELECT ${tariff} AS tariff, sum(in_base) AS base, sum(times_left) AS "left",`,
      '  count(*) FILTER (WHERE in_base = 1 AND times_left > 0) AS "leftOfBase",',
      `  ${hasBills ? moneySum("CASE WHEN in_base = 1 THEN revenue END") : "NULL"} AS revenue,`,
      `  ${hasBills ? "count(CASE WHEN in_base = 1 THEN revenue END)" : "NULL"} AS billed`,
      `FROM ${name} GROUP BY 1 ORDER BY 1 NULLS LAST`,
    ].join("\n"),
  );
}
