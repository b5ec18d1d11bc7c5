import { bandOf, deviationOf, ratio, robustSlope, tenThousandths } from "../query/expressions.js";
import type { FactsInView } from "../query/facts-in-view.js";
import { categorical, type Feature, type FeatureFamily, type Join, numeric } from "../query/feature.js";
import { currentTariffs } from "./current-tariffs.js";
import { comparedWhole, monthStarts } from "./month-starts.js";

/** Upper bounds, exclusive, of the ratio to the mean of all subscribers. */
const BANDS = [
  [0.5, "under 0.5"],
  [0.8, "0.5-0.8"],
  [1.25, "0.8-1.25"],
  [2, "1.25-2"],
] as const;

/** The subscriber's monthly bill (average revenue per user): its level, its trend, and its ratio to the bills of others. */
export function arpu(): FeatureFamily {
  return {
    name: "arpu",
    needs: ["billing"],
    plan(view) {
      if (view.observedMonths === 0) return { joins: [], features: [] };
      const { relation, months, mean, count, isWhole } = view.measure("billing", "revenue");
      const last = months[0];
      const overall = overallRevenue(view);
      const starts = monthStarts(view);
      const whole = (sql: string, within = months.length) => comparedWhole(starts, within, sql);
      const features: Feature[] = [
        money("arpu_mean", mean, "mean monthly bill"),
        money("arpu_last", last, "bill of the last month"),
        money("arpu_change", whole(`${last} - ${mean}`), "last bill less the mean bill"),
        share("arpu_last_to_mean", whole(ratio(last, mean)), "last bill against the mean bill"),
        share(
          "arpu_volatility",
          whole(ratio(deviationOf(months, mean, count, isWhole), mean)),
          "swings of the bill, as a share of its mean",
        ),
        categorical(
          "arpu_band",
          bandOf(
            mean,
            BANDS.map(([below, label]) => [`${below} * ${overall}.mean`, label]),
            "2 and over",
          ),
          "mean bill against that of all subscribers, in bands",
        ),
      ];
      if (months.length >= 2) {
        features.push(
          share(
            "arpu_last_to_previous",
            whole(ratio(last, months[1]), 2),
            "last bill against the bill before",
          ),
        );
      }
      if (months.length >= 4) {
        features.push(
          money(
            "arpu_slope",
            whole(robustSlope(months, isWhole), Math.min(6, months.length)),
            "trend of the bill from month to month",
          ),
        );
      }
      const joins: Join[] = [
        { relation },
        { relation: overall, on: `${overall}.cutoff = active.cutoff` },
        { relation: starts, on: `${starts}.cutoff = active.cutoff` },
      ];
      if (!view.has("tariffs")) return { joins, features };
      const tariffs = currentTariffs(view);
      const ofTariff = tariffRevenue(view);
      const on = `${ofTariff}.cutoff = active.cutoff AND ${ofTariff}.tariff = ${tariffs}.tariff`;
      return {
        joins: [...joins, { relation: tariffs }, { relation: ofTariff, on }],
        features: [
          ...features,
          share(
            "arpu_to_tariff_mean",
            ratio(mean, `${ofTariff}.mean`),
            "mean bill as a share of that of all subscribers on the tariff",
          ),
        ],
      };
    },
  };
}

/** The mean bill of all subscribers active at the cutoff: a sum of whole numbers, which is the same in any order. */
function overallRevenue(view: FactsInView): string {
  const { relation, mean } = view.measure("billing", "revenue");
  const sums = view.population(
    "overall_revenue",
    [
      `SELECT active.cutoff, count(*) AS subscribers, CAST(sum(${tenThousandths(mean)}) AS bigint) AS revenue`,
      `FROM active JOIN ${relation} ON ${relation}.subscriber_id = active.subscriber_id AND ${relation}.cutoff = active.cutoff`,
      `WHERE ${mean} IS NOT NULL`,
      "GROUP BY active.cutoff",
    ].join("\n"),
  );
  return view.relation("overall_mean", `SELECT cutoff, ${MEAN} AS mean\nFROM ${sums}`);
}

/** The mean bill of the subscribers on each tariff. */
function tariffRevenue(view: FactsInView): string {
  const { relation, mean } = view.measure("billing", "revenue");
  const tariffs = currentTariffs(view);
  const sums = view.population(
    "tariff_revenue",
    [
      `SELECT t.cutoff, t.tariff, count(*) AS subscribers, CAST(sum(${tenThousandths(mean)}) AS bigint) AS revenue`,
      `FROM active JOIN ${relation} ON ${relation}.subscriber_id = active.subscriber_id AND ${relation}.cutoff = active.cutoff`,
      `JOIN ${tariffs} t ON t.subscriber_id = active.subscriber_id AND t.cutoff = active.cutoff`,
      `WHERE ${mean} IS NOT NULL AND t.tariff IS NOT NULL`,
      "GROUP BY t.cutoff, t.tariff",
    ].join("\n"),
  );
  return view.relation("tariff_means", `SELECT cutoff, tariff, ${MEAN} AS mean\nFROM ${sums}`);
}

const MEAN = `${ratio("revenue", "subscribers")} / 10000`;

function money(name: string, sql: string, description: string): Feature {
  return numeric(name, "money per month", sql, description);
}

function share(name: string, sql: string, description: string): Feature {
  return numeric(name, "share", sql, description);
}
