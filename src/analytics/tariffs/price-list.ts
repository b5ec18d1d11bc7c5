import { quoteLiteral } from "../../database/duckdb/session.js";
import { double, tenThousandths } from "../../history/query/expressions.js";
import { factsKnownBefore } from "../../history/query/seen-facts.js";
import type { FactsQuery } from "../query/facts-query.js";

/**
 * Makes the temporary tables of the prices that hold at a cutoff, with the meaning of the features `prices()`: fees, units that are included
 * and the price of each unit beyond them are 0 where they are missing, and of several prices of one product the last one counts.
 *
 * - `price_list`: a row per tariff: its `place` by name from 1, the sum of its `fee`s in ten-thousandths, and `included_1`, `price_1` … of
 *   each measure of usage. The fees of services are not in it.
 * - `service_fees`: the `fee` of each `service` in a tariff, in ten-thousandths. A product is a service where the table of services has it.
 * @param measures names of the measures of usage.
 */
export async function makePriceList(
  query: FactsQuery,
  day: number,
  measures: readonly string[],
): Promise<void> {
  const cell = (name: string) => (query.has("prices", name) ? `coalesce(${name}, 0)` : double("0"));
  const names = ["fee", "included", "price_beyond"];
  const order = ["valid_from", ...["fee", "price_beyond", "included"].map(cell)]
    .map((each) => `${each} DESC`)
    .join(", ");
  const service = query.has("services")
    ? `product IN (SELECT service FROM service_facts) AND product NOT IN (${["''", ...measures.map(quoteLiteral)].join(", ")})`
    : "false";
  await query.run(
    `CREATE OR REPLACE TEMP TABLE prices_of_products AS
SELECT tariff, product, fee, included, price_beyond, ${service} AS is_service
FROM (
  SELECT tariff, product, ${names.map((name) => `${cell(name)} AS ${name}`).join(", ")},
    row_number() OVER (PARTITION BY tariff, product ORDER BY ${order}) AS place
  FROM (${factsKnownBefore("prices", query.columns("prices"), day)}) known
  WHERE valid_to IS NULL
) by_place
WHERE place = 1`,
    "prices",
  );
  const ofMeasures = measures.flatMap((name, i) => {
    const of = (column: string) => `max(CASE WHEN product = ${quoteLiteral(name)} THEN ${column} END)`;
    return [`${of("included")} AS included_${i + 1}`, `${of("price_beyond")} AS price_${i + 1}`];
  });
  const fee = `sum(CASE WHEN is_service THEN 0 ELSE ${tenThousandths("fee")} END)::BIGINT AS fee`;
  await query.run(
    `CREATE OR REPLACE TEMP TABLE price_list AS
SELECT ${["tariff", "row_number() OVER (ORDER BY tariff) AS place", fee, ...ofMeasures].join(", ")}
FROM prices_of_products
GROUP BY tariff`,
    "prices",
  );
  await query.run(
    `CREATE OR REPLACE TEMP TABLE service_fees AS
SELECT tariff, product AS service, ${tenThousandths("fee")} AS fee FROM prices_of_products WHERE is_service`,
    "prices",
  );
}

/** What the units of use of a subscriber `u` beyond those that a tariff `p` includes cost, in money; NULL where a use that has a price is not known. */
export function costBeyond(measures: readonly string[]): string {
  const costs = measures.map((_, i) => {
    const [units, included, price] = [`u.use_${i + 1}`, `p.included_${i + 1}`, `p.price_${i + 1}`];
    return `CASE WHEN coalesce(${price}, 0) = 0 OR ${units} <= ${included} THEN 0 ELSE ${price} * (${units} - ${included}) END`;
  });
  return ["0", ...costs].join(" + ");
}
