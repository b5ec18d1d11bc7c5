import { rateOf } from "../months/month-figures.js";
import type { FactsQuery } from "../query/facts-query.js";
import { moneySum } from "../query/money-sum.js";
import { NO_GROUP } from "../query/no-group.js";
import type { Frame } from "./frame.js";

/** A group of which many left. */
export interface LargeGroup {
  readonly group: string;
  readonly kind: string;
  readonly base: number;
  readonly left: number;
  /** `left / base`; null without a base. */
  readonly rate: number | null;
  /** Monthly revenue of those who left; null without bills. */
  readonly lostRevenue: number | null;
}

/** The groups of which at least so many left, most leavers first; of a frame with the entries `group` and `groupKind`. */
export async function groupsThatLost(
  query: FactsQuery,
  { name, columnOf }: Frame,
  leastLeavers: number,
): Promise<LargeGroup[]> {
  const group = columnOf("group");
  const rows = await query.rows<Omit<LargeGroup, "rate">>(
    [
      `SELECT ${group} AS "group", min(${columnOf("groupKind")}) AS kind, sum(in_base) AS base, sum(times_left) AS "left",`,
      `  ${moneySum("CASE WHEN times_left > 0 THEN revenue END")} AS "lostRevenue"`,
      `FROM ${name} WHERE ${group} <> '${NO_GROUP}'`,
      `GROUP BY 1 HAVING sum(times_left) >= ${leastLeavers} ORDER BY "left" DESC, 1`,
    ].join("\n"),
  );
  return rows.map((row) => ({ ...row, rate: rateOf(row.left, row.base) }));
}
