import { quoteIdentifier } from "../../database/duckdb/session.js";
import { categorical, type FeatureFamily, numeric } from "../query/feature.js";

/** The attributes of the subscriber: all further columns of the subscribers table. */
export function profile(): FeatureFamily {
  return {
    name: "profile",
    needs: ["subscribers"],
    plan(view) {
      const attributes = view.columns("subscribers").filter(({ name }) => !OTHERS.has(name));
      const features = attributes.flatMap(({ name, kind }) => {
        const column = `active.${quoteIdentifier(name)}`;
        const description = DESCRIPTIONS.get(name) ?? name;
        if (kind === "text") return [categorical(name, column, description)];
        return kind === "number"
          ? [numeric(name, name === "birth_year" ? "year" : name, column, description)]
          : [];
      });
      return { joins: [], features };
    },
  };
}

/** Columns of the subscription, which are not attributes of the subscriber. */
const OTHERS: ReadonlySet<string> = new Set(["subscriber_id", "activated_on", "ended_on", "end_reason"]);

/** Descriptions of standard attributes; for others the name is the description. */
const DESCRIPTIONS: ReadonlyMap<string, string> = new Map([
  ["dealer_id", "dealer"],
  ["payment_kind", "prepaid or postpaid"],
  ["birth_year", "year of birth"],
]);
