import { checkOptions, checkTexts, type OptionNames } from "../../arguments.js";
import { quoteLiteral } from "../../database/duckdb/session.js";
import { invalidArgument } from "../../errors.js";
import type { ChurnDefinition, ChurnSpec } from "./churn-definition.js";

/** Options of {@link serviceChurn}. */
export interface ServiceChurnOptions {
  /** The names of the services that count. Default: any. */
  readonly service?: string | readonly string[] | undefined;
  /**
   * A service that begins again within this many days, the last included, was not dropped. Default 30. Days after the end
   * of the history are not known.
   */
  readonly graceDays?: number | undefined;
}

const OPTIONS: OptionNames<ServiceChurnOptions> = { service: "optional", graceDays: "optional" };

/** A day later than any date, for intervals without an end. */
const NEVER = 100_000_000;

/**
 * Churn of a product line: a service that was held on the day before the cutoff is dropped, and the subscriber stays. The
 * churn day is its `valid_to`, unless the same service continues then or begins again within `graceDays`. Subscribers whose
 * subscription ends on that day or before are left out. At risk are subscribers who hold such a service on the day before
 * the cutoff.
 * @example serviceChurn({ service: "internet" })
 * @throws HoldfastError for options out of range.
 */
export function serviceChurn(options: ServiceChurnOptions = {}): ChurnDefinition {
  checkOptions("serviceChurn", options, OPTIONS, "options", serviceHint);
  const { service, graceDays = 30 } = options;
  const names = typeof service === "string" ? [service] : service;
  if (names !== undefined) checkTexts("serviceChurn", "service", names);
  if (names !== undefined && (names.length === 0 || names.includes(""))) {
    invalidArgument("serviceChurn", "service", "must name at least one service", service);
  }
  if (!Number.isInteger(graceDays) || graceDays < 0) {
    invalidArgument("serviceChurn", "graceDays", "must be a whole number ≥ 0", graceDays);
  }
  return {
    name: "serviceChurn",
    description: `dropped ${names === undefined ? "a service" : names.join(" or ")} and stayed`,
    needs: [{ table: "services", column: "valid_to" }],
    outcomes: (facts) => {
      const services = facts.all("services");
      const isNamed = names === undefined ? "" : ` AND f.service IN (${names.map(quoteLiteral).join(", ")})`;
      // The latest end of all intervals of the service so far, and the start of the next one.
      const own = "OVER (PARTITION BY f.subscriber_id, f.service ORDER BY f.valid_from)";
      const runs = facts.relation(
        "service_runs",
        [
          "SELECT f.subscriber_id, f.service,",
          `  max(coalesce(f.valid_to, ${NEVER})) ${own} AS day, lead(f.valid_from) ${own} AS next_from`,
          `FROM ${services} f WHERE (f.valid_to IS NULL OR f.valid_to > f.valid_from)${isNamed}`,
        ].join("\n"),
      );
      const drops = facts.relation(
        "service_drops",
        [
          `SELECT subscriber_id, service, day FROM ${runs}`,
          `WHERE day < ${NEVER} AND (next_from IS NULL OR next_from > day + ${graceDays})`,
        ].join("\n"),
      );
      return facts.relation(
        "service_churn",
        [
          "SELECT a.subscriber_id, a.cutoff,",
          "  min(CASE WHEN d.day >= a.cutoff AND (s.ended_on IS NULL OR d.day < s.ended_on) THEN d.day END) AS churn_day,",
          "  CAST(NULL AS text) AS churn_reason, max(s.ended_on) AS out_day",
          `FROM active a JOIN ${facts.all("subscribers")} s ON s.subscriber_id = a.subscriber_id`,
          `JOIN ${services} f ON f.subscriber_id = a.subscriber_id${isNamed}`,
          "  AND f.valid_from < a.cutoff AND (f.valid_to IS NULL OR f.valid_to >= a.cutoff)",
          `LEFT JOIN ${drops} d ON d.subscriber_id = f.subscriber_id AND d.service = f.service`,
          "GROUP BY a.subscriber_id, a.cutoff",
        ].join("\n"),
      );
    },
  };
}

/** `serviceChurn("internet")` is meant to name the service. */
function serviceHint(instead: unknown): string | undefined {
  if (typeof instead !== "string" && !Array.isArray(instead)) return undefined;
  return `write serviceChurn({ service: ${JSON.stringify(instead)} })`;
}

export const serviceChurnSpec: ChurnSpec = {
  name: "service",
  usage: "service:internet",
  call: 'serviceChurn({ service: "internet" })',
  define: (given) => serviceChurn(given.length === 0 ? {} : { service: given }),
};
