import { double, ratio } from "../query/expressions.js";
import type { FactsInView } from "../query/facts-in-view.js";
import { type Feature, type FeatureFamily, type Join, numeric } from "../query/feature.js";

/** Days of the first year, in which a dealer is to blame for those who leave. */
const FIRST_YEAR = 366;
/** Each dealer's own rate is shrunk as if this many more subscribers had that of all dealers. */
const SHRINKAGE = 50;
/** Fewer on one day are nothing unusual, and need not be known. */
const LEAST_IN_BATCH = 3;
/** How long ago a batch may be, in days. */
const BATCH_DAYS = 550;

/**
 * The dealer who signed the subscriber on: how many of the dealer's subscribers left of late, and how many were activated on
 * the same day as this one.
 * @example snapshots(history, { at: "2025-07", features: [tenure(), dealer()] })
 */
export function dealer(): FeatureFamily {
  return {
    name: "dealer",
    needs: ["subscribers"],
    plan(view) {
      if (!view.has("subscribers", "dealer_id")) return { joins: [], features: [] };
      const batches = view.population(
        "dealer_batches",
        [
          "SELECT cutoff, dealer_id, activated_on, count(*) AS activations",
          `FROM ${view.seen("subscribers")}`,
          `WHERE dealer_id IS NOT NULL AND activated_on >= cutoff - ${BATCH_DAYS}`,
          `GROUP BY cutoff, dealer_id, activated_on HAVING count(*) >= ${LEAST_IN_BATCH}`,
        ].join("\n"),
      );
      const ofDay = ["cutoff", "dealer_id", "activated_on"].map(
        (name) => `${batches}.${name} = active.${name}`,
      );
      const rate = pastChurnRate(view);
      return {
        joins: [{ relation: batches, on: ofDay.join(" AND ") }, ...rate.joins],
        features: [
          numeric(
            "dealer_same_day_activations",
            "subscribers",
            `coalesce(${batches}.activations, 1)`,
            `subscribers whom the dealer activated on the same day; fewer than ${LEAST_IN_BATCH} count as 1`,
          ),
          ...rate.features,
        ],
      };
    },
  };
}

/** Outcomes that were known before the cutoff, of the same kind of payment and of the same year of life, the first or a later one. */
function pastChurnRate(view: FactsInView): { joins: Join[]; features: Feature[] } {
  if (!view.has("subscribers", "ended_on")) return { joins: [], features: [] };
  const kind = view.has("subscribers", "payment_kind") ? "coalesce(payment_kind, '')" : "''";
  const isNew = (until: string) => `CASE WHEN ${until} - activated_on <= ${FIRST_YEAR} THEN 1 ELSE 0 END`;
  const exposures = view.relation(
    "dealer_exposures",
    [
      `SELECT cutoff, dealer_id, ${kind} AS kind_paid, ${isNew("coalesce(ended_on, cutoff)")} AS is_new,`,
      "  CASE WHEN ended_on IS NULL THEN 0 ELSE 1 END AS has_left",
      `FROM ${view.seen("subscribers")}`,
      "WHERE ended_on IS NULL OR ended_on >= observe_from",
    ].join("\n"),
  );
  const counts = "count(*) AS exposed, CAST(sum(has_left) AS bigint) AS departures";
  const keys = "cutoff, kind_paid, is_new";
  const all = view.population(
    "all_dealers",
    `SELECT ${keys}, ${counts}\nFROM ${exposures}\nGROUP BY ${keys}`,
  );
  const each = view.population(
    "dealer_departures",
    `SELECT ${keys}, dealer_id, ${counts}\nFROM ${exposures}\nWHERE dealer_id IS NOT NULL\nGROUP BY ${keys}, dealer_id`,
  );
  const same = ["cutoff", "kind_paid", "is_new"].map((name) => `d.${name} = a.${name}`).join(" AND ");
  const overall = ratio("a.departures", "a.exposed");
  const rates = view.relation(
    "dealer_departure_rates",
    [
      `SELECT d.cutoff, d.kind_paid, d.is_new, d.dealer_id,`,
      `  (${double("d.departures")} + ${SHRINKAGE} * ${overall}) / ${double(`d.exposed + ${SHRINKAGE}`)} - ${overall} AS excess`,
      `FROM ${each} d JOIN ${all} a ON ${same}`,
    ].join("\n"),
  );
  const own = kind.replace("payment_kind", "active.payment_kind");
  const on = [
    `${rates}.cutoff = active.cutoff`,
    `${rates}.dealer_id = active.dealer_id`,
    `${rates}.kind_paid = ${own}`,
    `${rates}.is_new = CASE WHEN active.cutoff - active.activated_on <= ${FIRST_YEAR} THEN 1 ELSE 0 END`,
  ];
  return {
    joins: [{ relation: rates, on: on.join(" AND ") }],
    features: [
      numeric(
        "dealer_excess_churn",
        "share",
        `coalesce(${rates}.excess, 0)`,
        "share of the dealer's subscribers like this one who left of late, less that of all dealers",
      ),
    ],
  };
}
