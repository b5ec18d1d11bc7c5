import type { FactsQuery } from "../query/facts-query.js";
import type { Frame } from "./frame.js";

/** How much of an amount the largest hold. */
export interface RevenueShare {
  /** Subscribers with a bill. */
  readonly subscribers: number;
  /** Of all of them together, per month. */
  readonly total: number;
  /** The share of the total that the largest fifth holds. */
  readonly shareOfTopFifth: number;
  /** The smallest share of the subscribers that holds 80% of the total. */
  readonly holdersOf80: number;
}

/** How concentrated monthly revenue is: of those at risk, and of those who left. Null without bills above 0. */
export interface RevenueConcentration {
  readonly base: RevenueShare | null;
  readonly lost: RevenueShare | null;
}

/** The concentration of the mean bills of the three months before (Pareto's 80/20). */
export async function revenueConcentration(query: FactsQuery, frame: Frame): Promise<RevenueConcentration> {
  return {
    base: await concentrationOf(query, frame, "in_base = 1"),
    lost: await concentrationOf(query, frame, "times_left > 0"),
  };
}

async function concentrationOf(
  query: FactsQuery,
  { name }: Frame,
  condition: string,
): Promise<RevenueShare | null> {
  // Whole ten-thousandths: sums that are the same in any order.
  const [row] = await query.rows<{
    subscribers: number;
    total: number | null;
    top: number | null;
    holders: number | null;
  }>(
    [
      "WITH bills AS (",
      `  SELECT CAST(greatest(floor(revenue * 10000 + 0.5), 0) AS BIGINT) AS bill FROM ${name}`,
      `  WHERE ${condition} AND revenue IS NOT NULL`,
      "), ranked AS (",
      "  SELECT bill, row_number() OVER (ORDER BY bill DESC) AS place, sum(bill) OVER (ORDER BY bill DESC ROWS UNBOUNDED PRECEDING) AS so_far FROM bills",
      "), sums AS (SELECT count(*) AS subscribers, sum(bill) AS total FROM bills)",
      "SELECT subscribers, total::DOUBLE AS total,",
      "  (SELECT sum(bill)::DOUBLE FROM ranked WHERE place <= ceil(0.2 * subscribers)) AS top,",
      "  (SELECT min(place) FROM ranked WHERE so_far * 5 >= total * 4) AS holders",
      "FROM sums",
    ].join("\n"),
  );
  const { subscribers, total, top, holders } = row;
  if (total === null || total === 0 || top === null || holders === null) return null;
  return {
    subscribers,
    total: total / 10_000,
    shareOfTopFifth: top / total,
    holdersOf80: holders / subscribers,
  };
}
