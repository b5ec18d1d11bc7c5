import { currentTariffs } from "../../history/families/current-tariffs.js";
import { meanOf } from "../../history/query/expressions.js";
import type { FactsInView } from "../../history/query/facts-in-view.js";
import {
  categorical,
  type FamilyPlan,
  type Feature,
  type Join,
  numeric,
} from "../../history/query/feature.js";
import { NO_GROUP } from "../query/no-group.js";
import { yearOfDay } from "../query/sql-calendar.js";

/** The mean bill of so many last months is what a subscriber is worth. */
export const REVENUE_MONTHS = 3;

/**
 * What every list says of a subscriber: `tariff`, `monthly_fee`, `region`, `dealer_id`, `payment_kind`, `activated_on` (days), `group_kind`,
 * `age` and `revenue`, the mean bill of the last three months. NULL where the history has not the table or column.
 */
export function commonColumns(view: FactsInView): FamilyPlan {
  const joins: Join[] = [];
  const tariffs = view.has("tariffs") ? currentTariffs(view) : undefined;
  if (tariffs !== undefined) joins.push({ relation: tariffs });
  const groups = view.has("memberships") ? groupKinds(view) : undefined;
  if (groups !== undefined) joins.push({ relation: groups });
  const bill =
    view.has("billing") && view.observedMonths > 0 ? view.measure("billing", "revenue") : undefined;
  if (bill !== undefined) joins.push({ relation: bill.relation });
  const ofSubscriber = (name: string) =>
    view.has("subscribers", name) ? `active.${name}` : "CAST(NULL AS VARCHAR)";
  const fee = tariffs !== undefined && view.has("tariffs", "monthly_fee");
  const features: Feature[] = [
    text("tariff", tariffs === undefined ? "CAST(NULL AS VARCHAR)" : `${tariffs}.tariff`),
    number("monthly_fee", fee ? `${tariffs}.monthly_fee` : "NULL"),
    ...["region", "dealer_id", "payment_kind"].map((name) => text(name, ofSubscriber(name))),
    number("activated_on", "active.activated_on"),
    text(
      "group_kind",
      groups === undefined ? `'${NO_GROUP}'` : `coalesce(${groups}.group_kind, '${NO_GROUP}')`,
    ),
    number("age", ageSql(view, "active", "active.cutoff")),
    number(
      "revenue",
      bill === undefined ? "NULL" : meanOf(bill.months.slice(0, REVENUE_MONTHS), bill.isWhole),
    ),
  ];
  return { joins, features };
}

/** Age in years on a day, by the birth date or else the year of birth; NULL where neither is known, and for no possible age. */
export function ageSql(view: Pick<FactsInView, "has">, subscriber: string, day: string): string {
  const ages = [
    ...(view.has("subscribers", "birth_date")
      ? [`floor((${day} - ${subscriber}.birth_date) / 365.2425)`]
      : []),
    ...(view.has("subscribers", "birth_year") ? [`(${yearOfDay(day)} - ${subscriber}.birth_year)`] : []),
  ];
  if (ages.length === 0) return "CAST(NULL AS DOUBLE)";
  const age = ages.length === 1 ? ages[0] : `coalesce(${ages.join(", ")})`;
  return `CASE WHEN ${age} BETWEEN 0 AND 120 THEN ${age} END`;
}

/** The kind of the group that each subscriber joined last and is still in; of several joined on one day, the one with the least id. */
function groupKinds(view: FactsInView): string {
  const place =
    "row_number() OVER (PARTITION BY subscriber_id, cutoff ORDER BY valid_from DESC, group_id) AS place";
  return view.relation(
    "group_kinds",
    [
      "SELECT subscriber_id, cutoff, group_kind",
      `FROM (SELECT subscriber_id, cutoff, group_kind, ${place} FROM ${view.seen("memberships")} WHERE valid_to IS NULL) by_place`,
      "WHERE place = 1",
    ].join("\n"),
  );
}

/** A column that is a number. */
export function number(name: string, sql: string): Feature {
  return numeric(name, "", sql, "");
}

/** A column that is a text. */
export function text(name: string, sql: string): Feature {
  return categorical(name, sql, "");
}
