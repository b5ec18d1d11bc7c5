import { inMonths } from "../query/expressions.js";
import { type FeatureFamily, numeric } from "../query/feature.js";

/** The product lines of the subscriber: those held, dropped and added. */
export function services(): FeatureFamily {
  return {
    name: "services",
    needs: ["services"],
    plan(view) {
      const relation = view.relation(
        "service_counts",
        [
          "SELECT subscriber_id, cutoff,",
          "  sum(CASE WHEN valid_to IS NULL THEN 1 ELSE 0 END) AS held,",
          "  sum(CASE WHEN valid_to >= observe_from THEN 1 ELSE 0 END) AS dropped,",
          "  sum(CASE WHEN valid_from >= observe_from THEN 1 ELSE 0 END) AS added,",
          "  max(valid_to) AS last_drop",
          `FROM ${view.seen("services")}`,
          "GROUP BY subscriber_id, cutoff",
        ].join("\n"),
      );
      const count = (column: string) => `coalesce(${relation}.${column}, 0)`;
      return {
        joins: [{ relation }],
        features: [
          numeric("service_count", "count", count("held"), "services held"),
          numeric(
            "services_dropped",
            "count",
            count("dropped"),
            "services dropped in the observation window",
          ),
          numeric("services_added", "count", count("added"), "services added in the observation window"),
          numeric(
            "months_since_service_drop",
            "months",
            inMonths(`(active.cutoff - ${relation}.last_drop)`),
            "time since a service was dropped",
          ),
        ],
      };
    },
  };
}
