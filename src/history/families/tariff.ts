import { double, inMonths, ratio } from "../query/expressions.js";
import type { FactsInView } from "../query/facts-in-view.js";
import {
  categorical,
  type FamilyPlan,
  type Feature,
  type FeatureFamily,
  type Join,
  numeric,
} from "../query/feature.js";
import { measureWords } from "../query/measure-words.js";
import { MEASURES_QUALITY } from "../topics/topics.js";
import { currentTariffs } from "./current-tariffs.js";

/** Each tariff's own rate is shrunk as if this many more subscribers had the overall rate. */
const SHRINKAGE = 100;

/** The subscriber's tariff: how long they have had it, its past churn rate, and its price per unit of use. */
export function tariff(): FeatureFamily {
  return {
    name: "tariff",
    needs: ["tariffs"],
    plan(view) {
      const current = currentTariffs(view);
      const joins: Join[] = [{ relation: current }];
      const features: Feature[] = [
        categorical("tariff", `${current}.tariff`, "tariff"),
        numeric(
          "months_on_tariff",
          "months",
          inMonths(`(active.cutoff - ${current}.valid_from)`),
          "time on the tariff",
        ),
        numeric(
          "tariff_changes",
          "count",
          `${current}.changes`,
          "changes of tariff in the observation window",
        ),
      ];
      if (view.has("tariffs", "monthly_fee")) {
        features.push(
          numeric("monthly_fee", "money per month", `${current}.monthly_fee`, "fee of the tariff"),
          numeric(
            "monthly_fee_change",
            "money per month",
            `${current}.monthly_fee - ${current}.first_fee`,
            "fee of the tariff less that at the beginning of the observation window, 0 without a change",
          ),
        );
      }
      const prices = pricesPaid(view, current);
      joins.push(...prices.joins);
      features.push(...prices.features);
      if (!view.has("subscribers", "ended_on")) return { joins, features };
      const { rates, overall } = pastChurnRates(view, current);
      const on = `${rates}.cutoff = active.cutoff AND ${rates}.tariff = ${current}.tariff`;
      return {
        joins: [
          ...joins,
          { relation: rates, on },
          { relation: overall, on: `${overall}.cutoff = active.cutoff` },
        ],
        features: [
          ...features,
          numeric(
            "tariff_past_churn_rate",
            "share",
            `coalesce(${rates}.rate, ${overall}.rate)`,
            "share of the tariff's subscribers who left of late",
          ),
        ],
      };
    },
  };
}

/** The bill, or else the fee, per unit of use; what went wrong with the use has no price. */
function pricesPaid(view: FactsInView, current: string): FamilyPlan {
  const isBilled = view.has("billing");
  const isPriced = isBilled || view.has("tariffs", "monthly_fee");
  if (!isPriced || !view.has("usage") || view.observedMonths === 0) return { joins: [], features: [] };
  const bill = isBilled ? [view.measure("billing", "revenue")] : [];
  const price = bill[0]?.mean ?? `${current}.monthly_fee`;
  const measures = view.measures("usage").filter(({ name }) => !MEASURES_QUALITY.test(name));
  return {
    joins: [...bill, ...measures].map(({ relation }) => ({ relation })),
    features: measures.map(({ name, mean }) =>
      numeric(
        `price_per_${name}`,
        `money per ${name}`,
        ratio(price, mean),
        `${isBilled ? "mean bill" : "fee of the tariff"} against the mean use of ${measureWords(name)}`,
      ),
    ),
  };
}

/**
 * Of all subscribers who were on a tariff within the observation window, including those who changed to another, the share
 * who left from it in the window: outcomes that were known before the cutoff. Shrunk towards the rate of all tariffs, so
 * that a new tariff with few subscribers has almost that rate.
 */
function pastChurnRates(view: FactsInView, current: string): { rates: string; overall: string } {
  const counts = "count(*) AS exposed, CAST(sum(has_left) AS bigint) AS departures";
  const { last, earlier } = tariffExposures(view, current);
  const all = view.population("all_departures", `SELECT cutoff, ${counts}\nFROM ${last}\nGROUP BY cutoff`);
  const ofTariffs = view.population(
    "tariff_departures",
    [
      `SELECT cutoff, tariff, ${counts}`,
      `FROM (SELECT cutoff, tariff, has_left FROM ${last} UNION ALL SELECT cutoff, tariff, 0 FROM ${earlier}) exposures`,
      "GROUP BY cutoff, tariff",
    ].join("\n"),
  );
  const overall = view.relation(
    "departure_rate",
    `SELECT cutoff, ${ratio("departures", "exposed")} AS rate\nFROM ${all}`,
  );
  const shrunk = `(${double("t.departures")} + ${SHRINKAGE} * o.rate) / ${double(`t.exposed + ${SHRINKAGE}`)}`;
  const rates = view.relation(
    "tariff_departure_rates",
    `SELECT t.cutoff, t.tariff, ${shrunk} AS rate\nFROM ${ofTariffs} t JOIN ${overall} o ON o.cutoff = t.cutoff`,
  );
  return { rates, overall };
}

/** Which subscribers were on which tariffs within the window: the last tariff of each, from which they may have left, and earlier ones. */
function tariffExposures(view: FactsInView, current: string): { last: string; earlier: string } {
  const same = (a: string, b: string) =>
    `${a}.subscriber_id = ${b}.subscriber_id AND ${a}.cutoff = ${b}.cutoff`;
  const last = view.relation(
    "last_tariffs",
    [
      "SELECT t.cutoff, t.last_tariff AS tariff, CASE WHEN s.ended_on IS NULL THEN 0 ELSE 1 END AS has_left",
      `FROM ${current} t JOIN ${view.seen("subscribers")} s ON ${same("s", "t")}`,
      "WHERE s.ended_on IS NULL OR s.ended_on >= s.observe_from",
    ].join("\n"),
  );
  const earlier = view.relation(
    "earlier_tariffs",
    [
      "SELECT DISTINCT t.cutoff, t.subscriber_id, t.tariff",
      `FROM ${view.seen("tariffs")} t JOIN ${current} c ON ${same("c", "t")}`,
      "WHERE t.valid_to > t.observe_from AND t.valid_from < c.last_from AND t.tariff <> c.last_tariff",
    ].join("\n"),
  );
  return { last, earlier };
}
