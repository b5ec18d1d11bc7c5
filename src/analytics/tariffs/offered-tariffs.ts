import { quoteLiteral } from "../../database/duckdb/session.js";
import { addMonths } from "../../table/calendar.js";
import type { FactsQuery } from "../query/facts-query.js";
import { NO_GROUP } from "../query/no-group.js";
import { ageSql } from "./common-columns.js";

/**
 * Which tariffs a subscriber may be offered. `"sold"`: those that the operator sells to subscribers of the same kind, see `migrationList`;
 * `"all"`: every tariff that has a price; a list of names, for all; or lists by kind of group, `none` for subscribers in no group, where a
 * kind that is not named is offered nothing.
 */
export type OfferedTariffs =
  | "sold"
  | "all"
  | readonly string[]
  | { readonly [groupKind: string]: readonly string[] };

/** Tariffs sold within so many months before the cutoff. */
const MONTHS_OF_SALES = 12;
/** A tariff that fewer of those of a kind chose is not sold to them: a mistake, or an exception. */
const LEAST_SHARE = 0.01;
/** From so many buyers of known age on, a tariff is offered only at their ages. */
const LEAST_AGES = 20;
/** Of the ages of buyers, these quantiles: so that single wrong ages do not count. */
const AGES = { low: 0.01, high: 0.99 } as const;
/** A tariff whose buyers' ages hold fewer than this share of all buyers is not offered where the age is not known. */
const MOST_AGES = 0.95;

/**
 * Makes the temporary table `offered_tariffs`: `group_kind`, `tariff`, and for tariffs that are sold at certain ages only `low` and `high`
 * (years, included), NULL for any age.
 */
export async function makeOfferedTariffs(
  query: FactsQuery,
  day: number,
  offered: OfferedTariffs,
): Promise<void> {
  const sql = offered === "sold" ? soldSql(query, day) : namedSql(offered);
  await query.run(`CREATE TEMP TABLE offered_tariffs AS ${sql}`, "tariffs that are sold");
}

/** The condition that a subscriber `u` may be offered the tariff of a row `o` of `offered_tariffs`. */
export const IS_OFFERED =
  "o.group_kind = u.group_kind AND (o.low IS NULL OR coalesce(u.age BETWEEN o.low AND o.high, false))";

function namedSql(offered: Exclude<OfferedTariffs, "sold">): string {
  const ages = "CAST(NULL AS DOUBLE) AS low, CAST(NULL AS DOUBLE) AS high";
  const kinds = "(SELECT DISTINCT group_kind FROM subscribers_at)";
  if (offered === "all") return `SELECT k.group_kind, p.tariff, ${ages} FROM ${kinds} k, price_list p`;
  const isList = (value: typeof offered): value is readonly string[] => Array.isArray(value);
  const among = (names: readonly string[]) => ["''", ...names.map(quoteLiteral)].join(", ");
  if (isList(offered))
    return `SELECT k.group_kind, p.tariff, ${ages} FROM ${kinds} k, price_list p WHERE p.tariff IN (${among(offered)})`;
  const conditions = Object.entries(offered).map(
    ([kind, names]) => `(k.group_kind = ${quoteLiteral(kind)} AND p.tariff IN (${among(names)}))`,
  );
  return `SELECT k.group_kind, p.tariff, ${ages} FROM ${kinds} k, price_list p WHERE ${["false", ...conditions].join(" OR ")}`;
}

/** Tariffs that subscribers of each kind joined or moved to, and the ages of those who did. */
function soldSql(query: FactsQuery, day: number): string {
  const from = addMonths(day, -MONTHS_OF_SALES);
  const known = query.has("tariffs", "known_at") ? ` AND (known_at IS NULL OR known_at < ${day})` : "";
  const kind = query.has("memberships")
    ? `coalesce((SELECT min(m.group_kind) FROM membership_facts m
      WHERE m.subscriber_id = c.subscriber_id AND m.valid_from <= c.valid_from AND (m.valid_to IS NULL OR m.valid_to > c.valid_from)), '${NO_GROUP}')`
    : `'${NO_GROUP}'`;
  return `
WITH begun AS (
  SELECT subscriber_id, tariff, valid_from, lag(tariff) OVER (PARTITION BY subscriber_id ORDER BY valid_from) AS previous
  FROM tariff_facts
  WHERE valid_from < ${day} AND (valid_to IS NULL OR valid_to > valid_from)${known}
), chosen AS (
  SELECT c.tariff, ${kind} AS group_kind, ${ageSql(query, "s", "c.valid_from")} AS age
  FROM begun c JOIN subscriber_facts s ON s.subscriber_id = c.subscriber_id
  WHERE c.valid_from >= ${from} AND c.previous IS DISTINCT FROM c.tariff
), shares AS (
  SELECT group_kind, tariff, count(*) / sum(count(*)) OVER (PARTITION BY group_kind) AS share
  FROM chosen GROUP BY group_kind, tariff
), ages AS (
  SELECT tariff, quantile_disc(age, ${AGES.low}) AS low, quantile_disc(age, ${AGES.high}) AS high
  FROM chosen GROUP BY tariff HAVING count(age) >= ${LEAST_AGES}
), limited AS (
  SELECT a.tariff, a.low, a.high
  FROM ages a JOIN chosen c ON c.age IS NOT NULL
  GROUP BY a.tariff, a.low, a.high
  HAVING avg(CASE WHEN c.age BETWEEN a.low AND a.high THEN 1 ELSE 0 END) < ${MOST_AGES}
)
SELECT s.group_kind, s.tariff, l.low, l.high
FROM shares s LEFT JOIN limited l ON l.tariff = s.tariff
WHERE s.share >= ${LEAST_SHARE}`;
}
