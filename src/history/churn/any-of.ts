import { invalidArgument } from "../../errors.js";
import { checkDefinition } from "./check-definition.js";
import type { ChurnDefinition } from "./churn-definition.js";

/**
 * Churn by several definitions, whichever comes first; of two on the same day, the one that is listed first counts. A
 * subscriber is at risk if any of them says so. An event that ends the risk by one definition, but is churn by another, is
 * churn.
 * @example anyOf(disconnected(), inactive({ days: 90 }))
 * @throws HoldfastError without any definition, and for what is none.
 */
export function anyOf(...definitions: readonly ChurnDefinition[]): ChurnDefinition {
  if (definitions.length === 0)
    invalidArgument("anyOf", "definitions", "must hold at least one", definitions.length);
  for (const [i, definition] of definitions.entries()) {
    if (Array.isArray(definition)) {
      const hint = "pass its definitions one by one: anyOf(...definitions)";
      invalidArgument(
        "anyOf",
        `definitions[${i}]`,
        "must be a churn definition, not a list",
        undefined,
        hint,
      );
    }
    checkDefinition("anyOf", `definitions[${i}]`, definition);
  }
  if (definitions.length === 1) return definitions[0];
  return {
    name: definitions.map(({ name }) => name).join(" or "),
    description: definitions.map(({ description }) => description).join(", or "),
    needs: definitions.flatMap(({ needs }) => needs),
    silentMonthsOf: definitions.flatMap(({ silentMonthsOf = [] }) => silentMonthsOf),
    isLasting: definitions.some(({ isLasting }) => isLasting === true),
    outcomes: (facts) => {
      // By day, then by the position of the definition. The parts are stacked, not joined: a planner that estimates them
      // as small would scan all of one for every row of another.
      const parts = definitions.map((definition, place) => {
        const order = `churn_day * ${definitions.length} + ${place} AS in_order`;
        return `SELECT subscriber_id, cutoff, churn_day, churn_reason, out_day, ${order} FROM ${definition.outcomes(facts)}`;
      });
      const all = facts.relation("outcomes", parts.join("\nUNION ALL\n"));
      const ordered = facts.relation(
        "ordered_outcomes",
        `SELECT *, min(in_order) OVER (PARTITION BY subscriber_id, cutoff) AS first_in_order FROM ${all}`,
      );
      return facts.relation(
        "first_outcomes",
        [
          "SELECT subscriber_id, cutoff, min(churn_day) AS churn_day, min(out_day) AS out_day,",
          "  max(CASE WHEN in_order = first_in_order THEN churn_reason END) AS churn_reason",
          `FROM ${ordered} GROUP BY subscriber_id, cutoff`,
        ].join("\n"),
      );
    },
  };
}
