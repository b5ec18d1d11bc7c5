import { meanOf, tenThousandths } from "../../history/query/expressions.js";
import type { FactsInView } from "../../history/query/facts-in-view.js";
import { type FamilyPlan, numeric } from "../../history/query/feature.js";
import type { FactsQuery } from "../query/facts-query.js";
import { commonColumns, text } from "./common-columns.js";
import { IS_OFFERED } from "./offered-tariffs.js";
import { costBeyond } from "./price-list.js";

/**
 * How a fee that differs from the listed one counts. `"kept"`: the subscriber pays the same share of the listed fee in every tariff, never
 * more than the listed one in another tariff, and that where they now pay nothing; `"lost"`: in another tariff the listed fee; `"ignored"`:
 * the listed fee everywhere.
 */
export type DiscountRule = "kept" | "lost" | "ignored";

/** Costs beyond it, in money per month, count as this much, so that whole numbers hold them. */
const GREATEST_COST = 9_000_000_000;
/** More tariffs than any operator has: a cost times this, plus the place of its tariff, is one whole number, whose least is found without a join. */
const PLACES = 100_000;

/** What is asked of each subscriber: the common columns, the mean use of the last months of measures with a price (`use_1` …) and the services that they have. */
export function useColumns(view: FactsInView, priced: readonly string[], months: number): FamilyPlan {
  const common = commonColumns(view);
  const measures = priced.map((name) => view.measure("usage", name));
  const uses = measures.map(({ months: all, isWhole }, i) =>
    numeric(`use_${i + 1}`, "", meanOf(all.slice(0, months), isWhole), ""),
  );
  const joins = [...common.joins, ...measures.map(({ relation }) => ({ relation }))];
  const features = [...common.features, ...uses];
  if (!view.has("services"))
    return { joins, features: [...features, text("services", "CAST([] AS VARCHAR[])")] };
  const had = view.relation(
    "services_had",
    [
      "SELECT subscriber_id, cutoff, list_sort(list(DISTINCT service)) AS services",
      `FROM ${view.seen("services")} WHERE valid_to IS NULL GROUP BY subscriber_id, cutoff`,
    ].join("\n"),
  );
  return {
    joins: [...joins, { relation: had }],
    features: [...features, text("services", `coalesce(${had}.services, CAST([] AS VARCHAR[]))`)],
  };
}

/**
 * Makes the temporary table `migration`: a row per subscriber for whom another tariff than their own costs less, in ten-thousandths of
 * money per month: `own_cost`, `least_cost`, and `cheapest_tariff`. Of tariffs that cost the same the first by name is the cheapest.
 * Also `own_costs`: every subscriber whose tariff has prices, with `own_cost`, NULL where a use that has a price is not known, and
 * `is_billed_less`: whether the mean bill is less than a share `leastBilled` of it.
 */
export async function makeMigration(
  query: FactsQuery,
  measures: readonly string[],
  { discount, leastBilled }: { readonly discount: DiscountRule; readonly leastBilled: number },
): Promise<void> {
  await query.run(
    `CREATE TEMP TABLE service_set_fees AS
SELECT p.tariff, sets.services, coalesce(sum(f.fee), 0)::BIGINT AS fee
FROM price_list p CROSS JOIN (SELECT DISTINCT services FROM subscribers_at) sets
LEFT JOIN service_fees f ON f.tariff = p.tariff AND list_contains(sets.services, f.service)
GROUP BY p.tariff, sets.services`,
    "prices",
  );
  const beyond = whole(costBeyond(measures));
  const paid = `CASE WHEN u.monthly_fee >= 0 THEN ${whole("u.monthly_fee")} ELSE p.fee END`;
  const ownFee = discount === "ignored" ? "p.fee" : paid;
  const share =
    discount === "kept"
      ? `CASE WHEN ${paid} > 0 AND ${paid} < p.fee THEN (${paid})::DOUBLE / p.fee ELSE 1 END`
      : "1";
  await query.run(
    `CREATE TEMP TABLE own_costs AS
SELECT *, coalesce(revenue * 10000 < ${leastBilled} * own_cost, false) AS is_billed_less
FROM (
SELECT u.*, ${ownFee} + s.fee + ${beyond} AS own_cost, CAST(${share} AS DOUBLE) AS fee_share
FROM subscribers_at u JOIN price_list p ON p.tariff = u.tariff
JOIN service_set_fees s ON s.tariff = u.tariff AND s.services = u.services
) costs`,
    "costs of tariffs",
  );
  const fee = discount === "kept" ? "CAST(floor(p.fee * u.fee_share + 0.5) AS BIGINT)" : "p.fee";
  await query.run(
    `CREATE TEMP TABLE migration AS
WITH costs AS (
  SELECT u.subscriber_id, u.own_cost, p.place, ${fee} + s.fee + ${beyond} AS cost
  FROM own_costs u JOIN offered_tariffs o ON ${IS_OFFERED} AND o.tariff <> u.tariff
  JOIN price_list p ON p.tariff = o.tariff
  JOIN service_set_fees s ON s.tariff = p.tariff AND s.services = u.services
  WHERE NOT u.is_billed_less
), least AS (
  SELECT subscriber_id, min(cost) AS cost, min(cost::HUGEINT * ${PLACES} + place) AS ranked
  FROM costs WHERE cost < own_cost GROUP BY subscriber_id
)
SELECT u.subscriber_id, u.tariff, u.group_kind, u.region, u.monthly_fee, u.revenue, u.own_cost,
  l.cost AS least_cost, p.tariff AS cheapest_tariff
FROM least l JOIN own_costs u ON u.subscriber_id = l.subscriber_id
JOIN price_list p ON p.place = l.ranked - l.cost::HUGEINT * ${PLACES}`,
    "cheapest tariffs",
  );
}

/** Money as a whole number of ten-thousandths, within what a whole number holds; NULL stays NULL, which `least` would leave out. */
function whole(money: string): string {
  const capped = `CASE WHEN ${money} > ${GREATEST_COST} THEN ${GREATEST_COST} WHEN ${money} < -${GREATEST_COST} THEN -${GREATEST_COST} ELSE ${money} END`;
  return tenThousandths(`(${capped})`);
}
