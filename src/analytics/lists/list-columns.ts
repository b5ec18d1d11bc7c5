import { quoteLiteral } from "../../database/duckdb/session.js";
import { currentTariffs } from "../../history/families/current-tariffs.js";
import { meanOf } from "../../history/query/expressions.js";
import type { FactsInView } from "../../history/query/facts-in-view.js";
import type { FamilyPlan, Feature, Join } from "../../history/query/feature.js";
import { firstWholeMonth } from "../query/sql-calendar.js";
import { commonColumns, number } from "../tariffs/common-columns.js";

/** Days that count as recent, about three months. */
export const RECENT_DAYS = 91;
/** Use of the last month is compared with the mean of so many months before it. */
const MONTHS_BEFORE = 3;
/** First bills of subscribers of up to so many months. */
export const NEW_MONTHS = 3;
/** The outcome of contacts that were drawn to be left out, as a control group. */
const HELD_OUT = "held_out";

/**
 * What the lists ask of each subscriber, beside the common columns. NULL where the history has not the table or column, or where it is not known.
 *
 * - `used_last`: the greatest measure of use of the last month; `last_use`: how many months ago any was above 0
 * - `last_1`, `before_1` …: each measure of `measures` in the last month, and its mean in the three months before
 * - `first_bill`: the bill of the first whole month, of the last three
 * - `payments`, `first_paid`, `last_paid`, `worst_delay`: of the months that are looked at, days; the delay of the last 91 days
 * - `complaints`, `porting_enquiries` of the last 91 days; `contract_until`, `last_contact`: days
 */
export function listColumns(view: FactsInView, measures: readonly string[]): FamilyPlan {
  const parts = [commonColumns(view), use(view, measures), firstBill(view), payments(view), contacts(view)];
  return {
    joins: parts.flatMap(({ joins }) => joins),
    features: parts.flatMap(({ features }) => features),
  };
}

function use(view: FactsInView, named: readonly string[]): FamilyPlan {
  const measures = view.has("usage") && view.observedMonths > 0 ? view.measures("usage") : [];
  const [last, recency] = [measures.map(({ months }) => months[0]), measures.map((each) => each.recency)];
  const least = (name: string, values: readonly string[]) =>
    values.length === 0 ? "NULL" : `${name}(${values.join(", ")})`;
  const compared = measures
    .filter(({ name }) => named.includes(name))
    .flatMap(({ months }, i) => [
      number(`last_${i + 1}`, months[0]),
      number(
        `before_${i + 1}`,
        // Of months that are all known: otherwise the first month after the activation would stand for three.
        months.length > MONTHS_BEFORE ? meanOf(months.slice(1, 1 + MONTHS_BEFORE), "1 = 0") : "NULL",
      ),
    ]);
  return {
    joins: measures.map(({ relation }) => ({ relation })),
    features: [
      number("used_last", least("greatest", last)),
      number("last_use", least("least", recency)),
      ...compared,
    ],
  };
}

/** The first whole month of a subscriber begins with or after the activation. */
function firstBill(view: FactsInView): FamilyPlan {
  if (!view.has("billing") || view.observedMonths === 0)
    return { joins: [], features: [number("first_bill", "NULL")] };
  const { months, relation } = view.measure("billing", "revenue");
  const cases = months
    .slice(0, NEW_MONTHS)
    .map((month, k) => `WHEN ${k + 1} THEN ${month}`)
    .join(" ");
  return {
    joins: [{ relation }],
    features: [
      number(
        "first_bill",
        `CASE active.cutoff_month - ${firstWholeMonth("active.activated_on")} ${cases} END`,
      ),
    ],
  };
}

function payments(view: FactsInView): FamilyPlan {
  const names = ["payments", "first_paid", "last_paid", "worst_delay"];
  if (!view.has("payments")) return { joins: [], features: names.map((name) => number(name, "NULL")) };
  const delay = view.has("payments", "days_late")
    ? `max(CASE WHEN days_ago <= ${RECENT_DAYS} THEN days_late END)`
    : "CAST(NULL AS DOUBLE)";
  const paid = view.relation(
    "payments_paid",
    [
      `SELECT subscriber_id, cutoff, count(*) AS payments, min(paid_on) AS first_paid, max(paid_on) AS last_paid, ${delay} AS worst_delay`,
      `FROM ${view.seen("payments")} GROUP BY subscriber_id, cutoff`,
    ].join("\n"),
  );
  const [count, ...others] = names;
  return {
    joins: [{ relation: paid }],
    features: [
      number(count, `coalesce(${paid}.${count}, 0)`),
      ...others.map((name) => number(name, `${paid}.${name}`)),
    ],
  };
}

function contacts(view: FactsInView): FamilyPlan {
  const joins: Join[] = [];
  const features: Feature[] = [];
  const kinds = { complaints: "complaint", porting_enquiries: "porting_enquiry" };
  if (view.has("events")) {
    const counts = Object.entries(kinds).map(
      ([name, kind]) => `count(*) FILTER (WHERE kind = ${quoteLiteral(kind)}) AS ${name}`,
    );
    const events = view.relation(
      "recent_events",
      `SELECT subscriber_id, cutoff, ${counts.join(", ")}
FROM ${view.seen("events")} WHERE days_ago <= ${RECENT_DAYS} GROUP BY subscriber_id, cutoff`,
    );
    joins.push({ relation: events });
    for (const name of Object.keys(kinds)) features.push(number(name, `coalesce(${events}.${name}, 0)`));
  } else for (const name of Object.keys(kinds)) features.push(number(name, "NULL"));
  if (view.has("contacts")) {
    const outcome = view.has("contacts", "outcome") ? ` WHERE outcome IS DISTINCT FROM '${HELD_OUT}'` : "";
    const last = view.relation(
      "last_contacts",
      `SELECT subscriber_id, cutoff, max("at") AS last_contact FROM ${view.seen("contacts")}${outcome} GROUP BY subscriber_id, cutoff`,
    );
    joins.push({ relation: last });
    features.push(number("last_contact", `${last}.last_contact`));
  } else features.push(number("last_contact", "NULL"));
  const hasContracts = view.has("tariffs", "contract_until");
  const until = hasContracts ? `${currentTariffs(view)}.contract_until` : "NULL";
  return { joins, features: [...features, number("contract_until", until)] };
}
