import type { FactsQuery } from "../query/facts-query.js";
import { moneySum } from "../query/money-sum.js";
import type { Frame } from "./frame.js";

/** Counts of one value of a cut, or of a pair of values. */
export interface CutCount {
  /** Null where it is not known; of two crossed attributes both, with × between. */
  readonly value: string | null;
  /** Subscribers at risk at the beginning. */
  readonly base: number;
  /** Subscribers who left; those who joined in the period too. */
  readonly left: number;
  /** Of those at risk at the beginning, those who left. */
  readonly leftOfBase: number;
  /** Mean monthly revenue of those at risk, and of those who left, in the three months before; null without bills. */
  readonly revenue: number | null;
  readonly lostRevenue: number | null;
}

/** Between the values of two attributes. */
export const CROSS = " × ";

/** The counts of a cut by one or two entries of a frame, the largest base first. */
export async function cutCounts(
  query: FactsQuery,
  { name, columnOf }: Frame,
  entries: readonly string[],
): Promise<CutCount[]> {
  const columns = entries.map(columnOf);
  const shown = (column: string) => `coalesce(${column}, '–')`;
  const value = columns.length === 1 ? columns[0] : columns.map(shown).join(` || '${CROSS}' || `);
  const amount = (when: string) => moneySum(`CASE WHEN ${when} THEN revenue END`);
  return query.rows<CutCount>(
    [
      `SELECT ${value} AS value, sum(in_base) AS base, sum(times_left) AS "left",`,
      '  count(CASE WHEN in_base = 1 AND times_left > 0 THEN 1 END) AS "leftOfBase",',
      `  ${amount("in_base = 1")} AS revenue,`,
      `  ${amount("times_left > 0")} AS "lostRevenue"`,
      `FROM ${name} GROUP BY ${columns.join(", ")} ORDER BY base DESC, "left" DESC, value`,
    ].join("\n"),
  );
}
