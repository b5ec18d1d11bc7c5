import { invalidArgument } from "../../errors.js";
import { quoteLiteral } from "../../table/duckdb.js";
import type { ChurnDefinition } from "./churn-definition.js";

export interface ServiceChurnOptions {
  /** The services that count, by name. Default: any. */
  readonly service?: string | readonly string[] | undefined;
  /** A service that begins again within so many days was not dropped. Default 30. */
  readonly graceDays?: number | undefined;
}

/**
 * Churn of a product line: a service that was held at the cutoff ends, and the subscriber stays. Who leaves altogether on
 * that day or before is out, and left out. At risk is who holds such a service at the cutoff.
 * @example serviceChurn({ service: "internet" })
 */
export function serviceChurn(options: ServiceChurnOptions = {}): ChurnDefinition {
  const { service, graceDays = 30 } = options;
  if (!Number.isInteger(graceDays) || graceDays < 0) {
    invalidArgument("serviceChurn", "graceDays", "must be a whole number ≥ 0", graceDays);
  }
  const names = typeof service === "string" ? [service] : service;
  return {
    name: "serviceChurn",
    description: `dropped ${names === undefined ? "a service" : names.join(" or ")} and stayed`,
    needs: [{ table: "services" }],
    outcomes: (facts) => {
      const services = facts.all("services");
      const isNamed = names === undefined ? "" : ` AND f.service IN (${names.map(quoteLiteral).join(", ")})`;
      // Held at the cutoff; `again` is set where the same service goes on after this interval.
      const held = facts.relation(
        "services_held",
        [
          "SELECT a.subscriber_id, a.cutoff, f.service, f.valid_to, max(again.valid_from) AS again",
          `FROM active a JOIN ${services} f ON f.subscriber_id = a.subscriber_id${isNamed}`,
          `LEFT JOIN ${services} again ON again.subscriber_id = f.subscriber_id AND again.service = f.service`,
          `  AND again.valid_from >= f.valid_to AND again.valid_from <= f.valid_to + ${graceDays}`,
          "WHERE f.valid_from < a.cutoff AND (f.valid_to IS NULL OR f.valid_to >= a.cutoff)",
          "GROUP BY a.subscriber_id, a.cutoff, f.service, f.valid_from, f.valid_to",
        ].join("\n"),
      );
      return facts.relation(
        "service_churn",
        [
          "SELECT h.subscriber_id, h.cutoff,",
          "  min(CASE WHEN h.again IS NULL AND (s.ended_on IS NULL OR h.valid_to < s.ended_on) THEN h.valid_to END) AS churn_day,",
          "  CAST(NULL AS text) AS churn_reason, min(s.ended_on) AS out_day",
          `FROM ${held} h JOIN ${facts.all("subscribers")} s ON s.subscriber_id = h.subscriber_id`,
          "GROUP BY h.subscriber_id, h.cutoff",
        ].join("\n"),
      );
    },
  };
}
