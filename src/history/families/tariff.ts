import { double, inMonths, ratio } from "../query/expressions.js";
import type { FactsInView } from "../query/facts-in-view.js";
import { categorical, type Feature, type FeatureFamily, type Join, numeric } from "../query/feature.js";
import { currentTariffs } from "./current-tariffs.js";

/** How many subscribers' worth of the overall rate each tariff's own rate is shrunk by. */
const SHRINKAGE = 100;

/** The tariff, how long it has been the subscriber's, how others leave it, and what it costs for the use that is made of it. */
export function tariff(): FeatureFamily {
  return {
    name: "tariff",
    needs: ["tariffs"],
    plan(view) {
      const current = currentTariffs(view);
      const changes = tariffChanges(view);
      const joins: Join[] = [{ relation: current }, { relation: changes }];
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
          `${changes}.changes`,
          "changes of tariff in the observation window",
        ),
      ];
      if (view.has("tariffs", "monthly_fee")) {
        features.push(
          numeric("monthly_fee", "money per month", `${current}.monthly_fee`, "fee of the tariff"),
          numeric(
            "monthly_fee_change",
            "money per month",
            `${current}.monthly_fee - ${changes}.first_fee`,
            "fee of the tariff less that at the beginning of the observation window",
          ),
        );
        joins.push(...usageJoins(view));
        features.push(...pricesPaid(view, current));
      }
      if (!view.has("subscribers", "ended_on")) return { joins, features };
      const { rates, overall, sql } = pastChurnRate(view, current);
      return {
        joins: [...joins, rates, overall],
        features: [
          ...features,
          numeric(
            "tariff_past_churn_rate",
            "share",
            sql,
            "share of the tariff's subscribers who left of late",
          ),
        ],
      };
    },
  };
}

/** How often the tariff changed in the window, and the fee of the tariff that held at, or first after, its beginning. */
function tariffChanges(view: FactsInView): string {
  const seen = view.seen("tariffs");
  const fee = view.has("tariffs", "monthly_fee") ? "max(t.monthly_fee)" : "CAST(NULL AS double precision)";
  const firsts = view.relation(
    "first_tariffs",
    [
      "SELECT subscriber_id, cutoff,",
      "  coalesce(max(CASE WHEN valid_from <= observe_from THEN valid_from END), min(valid_from)) AS valid_from,",
      "  count(*) - 1 AS later,",
      "  sum(CASE WHEN valid_from <= observe_from THEN 1 ELSE 0 END) - 1 AS before",
      `FROM ${seen}`,
      "GROUP BY subscriber_id, cutoff",
    ].join("\n"),
  );
  return view.relation(
    "tariff_changes",
    [
      `SELECT t.subscriber_id, t.cutoff, max(f.later) - greatest(max(f.before), 0) AS changes, ${fee} AS first_fee`,
      `FROM ${seen} t JOIN ${firsts} f`,
      "  ON f.subscriber_id = t.subscriber_id AND f.cutoff = t.cutoff AND f.valid_from = t.valid_from",
      "GROUP BY t.subscriber_id, t.cutoff",
    ].join("\n"),
  );
}

function usageJoins(view: FactsInView): Join[] {
  return view.has("usage") ? view.measures("usage").map(({ relation }) => ({ relation })) : [];
}

function pricesPaid(view: FactsInView, current: string): Feature[] {
  if (!view.has("usage")) return [];
  return view
    .measures("usage")
    .map(({ name, mean }) =>
      numeric(
        `price_per_${name}`,
        `money per ${name}`,
        ratio(`${current}.monthly_fee`, mean),
        `fee of the tariff for what is used of ${name}`,
      ),
    );
}

/**
 * Of everybody who was there on a tariff within the observation window, the share who left in it: outcomes that had closed
 * before the cutoff. Shrunk towards the rate of all tariffs, so that a new tariff of few subscribers says little.
 */
function pastChurnRate(view: FactsInView, current: string): { rates: Join; overall: Join; sql: string } {
  const counts = "count(*) AS exposed, sum(CASE WHEN s.ended_on IS NOT NULL THEN 1 ELSE 0 END) AS departures";
  const from = [
    `FROM ${view.seen("subscribers")} s JOIN ${current} t ON t.subscriber_id = s.subscriber_id AND t.cutoff = s.cutoff`,
    "WHERE s.ended_on IS NULL OR s.ended_on >= s.observe_from",
  ].join("\n");
  const rates = view.population(
    "tariff_departures",
    `SELECT s.cutoff, t.tariff, ${counts}\n${from}\nGROUP BY s.cutoff, t.tariff`,
  );
  const overall = view.population("all_departures", `SELECT s.cutoff, ${counts}\n${from}\nGROUP BY s.cutoff`);
  const overallRate = ratio(`${overall}.departures`, `${overall}.exposed`);
  return {
    rates: {
      relation: rates,
      on: `${rates}.cutoff = active.cutoff AND ${rates}.tariff = ${current}.tariff`,
    },
    overall: { relation: overall, on: `${overall}.cutoff = active.cutoff` },
    sql:
      `(${double(`coalesce(${rates}.departures, 0)`)} + ${SHRINKAGE} * (${overallRate}))` +
      ` / (${double(`coalesce(${rates}.exposed, 0)`)} + ${SHRINKAGE})`,
  };
}
