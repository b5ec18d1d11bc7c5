import { quoteLiteral } from "../../database/duckdb/session.js";
import { double, meanOf, ratio, tenThousandths } from "../query/expressions.js";
import type { FactsInView, MonthlyMeasure } from "../query/facts-in-view.js";
import { categorical, type FeatureFamily, numeric } from "../query/feature.js";
import { currentTariffs } from "./current-tariffs.js";

/** The mean use of up to so many last months. */
const MONTHS_OF_USE = 3;
/** More tariffs than any operator has: a cost times this, plus the place of its tariff, is one whole number. */
const PLACES = 100_000;
/** Costs beyond it, in money per month, count as this much, so that this number fits. */
const GREATEST_COST = 9_000_000_000;

/**
 * What the subscriber would save in the tariff that is the cheapest for their use, the mean of the last three months. A tariff
 * costs the fees of all its products, and for each product that is a measure of usage the price of what lies beyond its included
 * units. Tariffs are those with a price that holds at the cutoff; of several that cost the least, the subscriber's own is the
 * cheapest, else the first by name. Missing where the subscriber's tariff has no prices, or the use of one of its products is
 * not known.
 * @example snapshots(history, { at: "2025-07", features: [tariff(), prices()] })
 */
export function prices(): FeatureFamily {
  return {
    name: "prices",
    needs: ["prices", "usage", "tariffs"],
    plan(view) {
      if (view.observedMonths === 0) return { joins: [], features: [] };
      const current = currentTariffs(view);
      const measures = view.measures("usage");
      const priced = tariffPrices(view, measures);
      const costs = leastCosts(view, tariffCosts(view, priced, measures), current);
      const saving = `(${costs}.own_cost - ${costs}.least_cost)`;
      return {
        joins: [
          { relation: current },
          { relation: costs },
          {
            relation: priced,
            on: `${priced}.cutoff = active.cutoff AND ${priced}.place = ${costs}.place`,
          },
        ],
        features: [
          numeric(
            "tariff_saving",
            "money per month",
            `${double(saving)} / 10000`,
            "what the cheapest tariff for the use would save",
          ),
          numeric(
            "tariff_saving_share",
            "share",
            ratio(saving, `${costs}.own_cost`),
            "what the cheapest tariff for the use would save, as a share of what the present one costs",
          ),
          categorical(
            "cheapest_tariff",
            `CASE WHEN ${costs}.place = 0 THEN ${current}.tariff ELSE ${priced}.tariff END`,
            "cheapest tariff for the use",
          ),
        ],
      };
    },
  };
}

/**
 * One row per tariff whose prices hold at a cutoff: its `place` by name, from 1, the sum of its `fees`, and for each measure that is
 * one of its products the units that are included and the price of a further one.
 */
function tariffPrices(view: FactsInView, measures: readonly MonthlyMeasure[]): string {
  const cell = (name: string) => (view.has("prices", name) ? `coalesce(${name}, 0)` : double("0"));
  const cells = ["fee", "included", "price_beyond"].map((name) => `${cell(name)} AS ${name}`);
  // Only facts that were not checked have several prices of one product at a time: the last one counts, or the highest.
  const order = ["valid_from", ...["fee", "price_beyond", "included"].map(cell)];
  const place = `row_number() OVER (PARTITION BY cutoff, tariff, product ORDER BY ${order.map((each) => `${each} DESC`).join(", ")}) AS place`;
  const last = view.relation(
    "prices_of_products",
    [
      "SELECT cutoff, tariff, product, fee, included, price_beyond",
      `FROM (SELECT cutoff, tariff, product, ${[...cells, place].join(", ")}`,
      `  FROM ${view.seen("prices")} WHERE valid_to IS NULL) by_place`,
      "WHERE place = 1",
    ].join("\n"),
  );
  const ofMeasures = measures.flatMap(({ name }, i) => {
    const of = (column: string) => `max(CASE WHEN product = ${quoteLiteral(name)} THEN ${column} END)`;
    return [`${of("included")} AS included_${i + 1}`, `${of("price_beyond")} AS price_${i + 1}`];
  });
  return view.population(
    "tariff_prices",
    [
      "SELECT cutoff, tariff, row_number() OVER (PARTITION BY cutoff ORDER BY tariff) AS place,",
      `  ${[`CAST(sum(${tenThousandths("fee")}) AS bigint) AS fees`, ...ofMeasures].join(",\n  ")}`,
      `FROM ${last}`,
      "GROUP BY cutoff, tariff",
    ].join("\n"),
  );
}

/** What each tariff would cost each subscriber, in ten-thousandths; NULL where the use of one of its products is not known. */
function tariffCosts(view: FactsInView, priced: string, measures: readonly MonthlyMeasure[]): string {
  const months = Math.min(MONTHS_OF_USE, view.observedMonths);
  const used = measures.map(
    ({ months: all, isWhole }, i) => `${meanOf(all.slice(0, months), isWhole)} AS use_${i + 1}`,
  );
  const relations = [...new Set(measures.map(({ relation }) => relation))];
  const same = (relation: string) =>
    `${relation}.subscriber_id = active.subscriber_id AND ${relation}.cutoff = active.cutoff`;
  const use = view.relation(
    "recent_use",
    [
      `SELECT ${["active.subscriber_id", "active.cutoff", ...used].join(",\n  ")}`,
      "FROM active",
      ...relations.map((relation) => `LEFT JOIN ${relation} ON ${same(relation)}`),
    ].join("\n"),
  );
  const beyond = measures.map((_, i) => {
    const [units, included, price] = [`u.use_${i + 1}`, `p.included_${i + 1}`, `p.price_${i + 1}`];
    const isFree = `coalesce(${price}, 0) = 0 OR ${units} <= ${included}`;
    return `CASE WHEN ${isFree} THEN 0 ELSE ${price} * (${units} - ${included}) END`;
  });
  const cost = [`${double("p.fees")} / 10000`, ...beyond].join(" + ");
  const capped = `CASE WHEN cost > ${GREATEST_COST} THEN ${GREATEST_COST} WHEN cost < -${GREATEST_COST} THEN -${GREATEST_COST} ELSE cost END`;
  return view.relation(
    "tariff_costs",
    [
      `SELECT subscriber_id, cutoff, tariff, place, ${tenThousandths(capped)} AS cost`,
      "FROM (",
      `  SELECT u.subscriber_id, u.cutoff, p.tariff, p.place, ${cost} AS cost`,
      `  FROM ${use} u JOIN ${priced} p ON p.cutoff = u.cutoff`,
      ") costs",
    ].join("\n"),
  );
}

/** Of subscribers whose own tariff has a cost: that, the least one, and the place of its tariff, 0 if it is their own. */
function leastCosts(view: FactsInView, costs: string, current: string): string {
  const isOwn = `${current}.tariff = c.tariff`;
  // The least of these whole numbers holds the least cost and the first tariff that has it, without a join.
  const ranked = `c.cost * ${PLACES} + CASE WHEN ${isOwn} THEN 0 ELSE c.place END`;
  const least = view.relation(
    "least_costs",
    [
      "SELECT c.subscriber_id, c.cutoff, min(c.cost) AS least_cost,",
      `  max(CASE WHEN ${isOwn} THEN c.cost END) AS own_cost,`,
      `  min(${ranked}) AS ranked`,
      `FROM ${costs} c JOIN ${current}`,
      `  ON ${current}.subscriber_id = c.subscriber_id AND ${current}.cutoff = c.cutoff`,
      "GROUP BY c.subscriber_id, c.cutoff",
    ].join("\n"),
  );
  return view.relation(
    "own_and_least_costs",
    [
      `SELECT subscriber_id, cutoff, own_cost, least_cost, ranked - least_cost * ${PLACES} AS place`,
      `FROM ${least} WHERE own_cost IS NOT NULL`,
    ].join("\n"),
  );
}
