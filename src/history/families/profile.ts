import { completedMonths } from "../query/expressions.js";
import { categorical, type Feature, type FeatureFamily, numeric } from "../query/feature.js";

/** The attributes of the subscriber: all further columns of the subscribers table; of dates the time since them. */
export function profile(): FeatureFamily {
  return {
    name: "profile",
    needs: ["subscribers"],
    plan(view) {
      const attributes = view.columns("subscribers").filter(({ name }) => !OTHERS.has(name));
      const features = attributes.map(({ name, kind }) => {
        const column = `active.${view.column("subscribers", name)}`;
        const description = DESCRIPTIONS.get(name) ?? name;
        if (kind === "text") return categorical(name, column, description);
        if (kind === "number") {
          return numeric(name, name === "birth_year" ? "year" : name, column, description);
        }
        return name === "birth_date" ? age(column) : daysSince(name, column);
      });
      return { joins: [], features };
    },
  };
}

/** In completed years. */
function age(birth: string): Feature {
  const years = `floor((${completedMonths(birth, "active")}) / 12.0)`;
  return numeric("age", "years", `CASE WHEN ${birth} < active.cutoff THEN ${years} END`, "age");
}

/** A date of the cutoff or later may not have been known before it: it is not seen. */
function daysSince(name: string, day: string): Feature {
  const since = `CASE WHEN ${day} < active.cutoff THEN active.cutoff - ${day} END`;
  return numeric(`days_since_${name}`, "days", since, `time since ${name}`);
}

/** Columns of the subscription, which are not attributes of the subscriber. */
const OTHERS: ReadonlySet<string> = new Set([
  "subscriber_id",
  "activated_on",
  "ended_on",
  "end_reason",
  "known_at",
]);

/** Descriptions of standard attributes; for others the name is the description. */
const DESCRIPTIONS: ReadonlyMap<string, string> = new Map([
  ["dealer_id", "dealer"],
  ["payment_kind", "prepaid or postpaid"],
  ["birth_year", "year of birth"],
]);
