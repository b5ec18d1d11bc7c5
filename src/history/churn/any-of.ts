import { invalidArgument } from "../../errors.js";
import type { ChurnDefinition } from "./churn-definition.js";

/**
 * Churn by whichever of several definitions comes first. At risk is who is at risk by any of them; what takes somebody out
 * by one definition, but is churn by another, is churn.
 * @example anyOf(disconnected(), inactive({ days: 90 }))
 */
export function anyOf(...definitions: readonly ChurnDefinition[]): ChurnDefinition {
  if (definitions.length === 0)
    invalidArgument("anyOf", "definitions", "must hold at least one", definitions.length);
  return {
    name: definitions.map(({ name }) => name).join("Or"),
    description: definitions.map(({ description }) => description).join(", or "),
    needs: definitions.flatMap(({ needs }) => needs),
    outcomes: (facts) => {
      const parts = definitions.map((definition) => {
        const relation = definition.outcomes(facts);
        return `SELECT subscriber_id, cutoff, churn_day, churn_reason, out_day FROM ${relation}`;
      });
      const all = facts.relation("outcomes", parts.join("\nUNION ALL\n"));
      return facts.relation(
        "first_outcomes",
        [
          "SELECT o.subscriber_id, o.cutoff, first.churn_day, first.out_day,",
          "  max(CASE WHEN o.churn_day = first.churn_day THEN o.churn_reason END) AS churn_reason",
          `FROM ${all} o JOIN (`,
          "  SELECT subscriber_id, cutoff, min(churn_day) AS churn_day, min(out_day) AS out_day",
          `  FROM ${all} GROUP BY subscriber_id, cutoff`,
          ") first ON first.subscriber_id = o.subscriber_id AND first.cutoff = o.cutoff",
          "GROUP BY o.subscriber_id, o.cutoff, first.churn_day, first.out_day",
        ].join("\n"),
      );
    },
  };
}
