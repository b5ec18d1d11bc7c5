import { quoteIdentifier } from "../../table/duckdb.js";
import { categorical, type FeatureFamily, numeric } from "../query/feature.js";

/** What is known of the subscriber in person: the attributes that the subscribers table has. */
export function profile(): FeatureFamily {
  return {
    name: "profile",
    needs: ["subscribers"],
    plan(view) {
      const attributes = view.columns("subscribers").filter(({ name }) => !OTHERS.has(name));
      const features = attributes.flatMap(({ name, kind }) => {
        const column = `active.${quoteIdentifier(name)}`;
        if (kind === "text") return [categorical(name, column, name)];
        return kind === "number" ? [numeric(name, name, column, name)] : [];
      });
      return { joins: [], features };
    },
  };
}

/** Columns that speak of the subscription. */
const OTHERS: ReadonlySet<string> = new Set(["subscriber_id", "activated_on", "ended_on", "end_reason"]);
