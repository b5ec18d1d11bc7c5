import { quoteLiteral } from "../../table/duckdb.js";
import type { ChurnDefinition } from "./churn-definition.js";

export interface NoPurchaseOptions {
  /** Where purchases stand. Default `"payments"`. */
  readonly table?: "payments" | "events" | undefined;
  /** Of events, the kinds that are purchases. Default: all. */
  readonly kinds?: readonly string[] | undefined;
  /**
   * Who is at risk: customers with a purchase in the observation window (`"observed"`, default), or everybody who is active
   * (`"everybody"`).
   */
  readonly atRisk?: "observed" | "everybody" | undefined;
}

/**
 * Churn without any contract to end: no purchase in the prediction window. Purchases in the gap count for nothing.
 * @example noPurchase() // of payments, customers who bought in the observation window
 */
export function noPurchase(options: NoPurchaseOptions = {}): ChurnDefinition {
  const { table = "payments", kinds, atRisk = "observed" } = options;
  const day = table === "payments" ? "paid_on" : '"at"';
  return {
    name: "noPurchase",
    description: "made no purchase",
    needs: [{ table }],
    outcomes: (facts) => {
      const isPurchase = kinds === undefined ? "" : ` AND f.kind IN (${kinds.map(quoteLiteral).join(", ")})`;
      const counted = (from: string, to: string) =>
        `sum(CASE WHEN f.${day} >= a.${from} AND f.${day} < a.${to} THEN 1 ELSE 0 END)`;
      const bought = counted("label_from", "label_to");
      return facts.relation(
        "purchases",
        [
          "SELECT a.subscriber_id, a.cutoff,",
          // The window must end before anyone can say that nothing was bought in it.
          `  CASE WHEN ${bought} = 0 THEN a.label_to - 1 END AS churn_day,`,
          "  CAST(NULL AS text) AS churn_reason, CAST(NULL AS integer) AS out_day",
          `FROM active a LEFT JOIN ${facts.all(table)} f ON f.subscriber_id = a.subscriber_id${isPurchase}`,
          "GROUP BY a.subscriber_id, a.cutoff, a.label_to",
          ...(atRisk === "observed" ? [`HAVING ${counted("observe_from", "cutoff")} > 0`] : []),
        ].join("\n"),
      );
    },
  };
}
