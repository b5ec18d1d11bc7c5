import { quoteIdentifier } from "../../database/duckdb/session.js";
import { type FactPlan, HIDDEN } from "../sources/fact-plan.js";
import {
  allColumns,
  dayText,
  type GroupCheck,
  has,
  IS_IDENTIFIED,
  isMonthly,
  monthText,
  SUBSCRIBER,
} from "./fact-check.js";

/** The checks of the rows of a table against each other, in the order in which rows are left out. */
export function groupChecks(plan: FactPlan): GroupCheck[] {
  if (plan.table.name === "subscribers") return [duplicateSubscribers(plan)];
  if (plan.table.name === "tariffs") return [correctedTariffs(plan), overlappingTariffs(plan)];
  if (plan.table.name === "managers")
    return plan.table.oneOf?.map((key) => overlappingManagers(plan, key)) ?? [];
  return isMonthly(plan) ? [duplicateMonths(plan)] : [];
}

function duplicateSubscribers(plan: FactPlan): GroupCheck {
  const order = ["activated_on NULLS FIRST", ...allColumns(plan)];
  return {
    kind: "duplicate subscriber",
    column: "subscriber_id",
    expected: "must appear once",
    action: "the row activated first was kept",
    keys: ["subscriber_id"],
    suspects: (_, perSubscriber) => `SELECT ${SUBSCRIBER} FROM ${perSubscriber} WHERE facts > 1`,
    isSurplus: `row_number() OVER (PARTITION BY ${SUBSCRIBER} ORDER BY ${order.join(", ")}) > 1`,
    value: dayText("activated_on"),
  };
}

function duplicateMonths(plan: FactPlan): GroupCheck {
  const order = ["known_at NULLS FIRST", ...allColumns(plan)];
  return {
    kind: "duplicate month",
    column: "month",
    expected: "must appear once per subscriber",
    action: "the row known first was kept",
    keys: ["subscriber_id", "month"],
    suspects: (relation, perSubscriber) =>
      `SELECT ${SUBSCRIBER}, month
      FROM ${relation} SEMI JOIN (SELECT ${SUBSCRIBER} FROM ${perSubscriber} WHERE months < dated) USING (${SUBSCRIBER})
      WHERE month IS NOT NULL GROUP BY ALL HAVING count(*) > 1`,
    isSurplus: `row_number() OVER (PARTITION BY ${SUBSCRIBER}, month ORDER BY ${order.join(", ")}) > 1`,
    value: monthText("month"),
  };
}

/**
 * Tariffs that begin on the same day and were known as early correct each other: the last one counts, by its time or else its
 * place in the source. One that became known later is kept beside it, because before that day the other one was known.
 */
function correctedTariffs(plan: FactPlan): GroupCheck {
  const { hidden } = plan;
  const last = [
    ...(hidden.has("time") ? [`${HIDDEN.time} DESC`] : []),
    ...(hidden.has("row") ? [`${HIDDEN.row} DESC`] : []),
    ...allColumns(plan).map((column) => column.replace(" NULLS FIRST", " DESC NULLS LAST")),
  ];
  const known = "coalesce(known_at, valid_from)";
  const group = `PARTITION BY ${SUBSCRIBER}, valid_from, ${known} ORDER BY ${HAS_LENGTH} DESC, ${last.join(", ")}`;
  return {
    kind: "overlapping tariffs",
    column: "valid_from",
    expected: "must not be corrected on the day on which it begins",
    action: "the last of the tariffs of a day was kept",
    keys: ["subscriber_id", "valid_from"],
    suspects: (relation) =>
      `SELECT ${SUBSCRIBER}, valid_from FROM ${relation}
      WHERE ${IS_IDENTIFIED} AND valid_from IS NOT NULL AND ${HAS_LENGTH} GROUP BY ALL HAVING count(*) > 1`,
    isSurplus: `${HAS_LENGTH} AND row_number() OVER (${group}) > 1`,
    value: `tariff || ' from ' || ${dayText("valid_from")}`,
    note: { kind: "corrected tariffs", text: "corrected by the last tariff of the day, and left out" },
  };
}

/** What ends on the day on which it begins never was. */
const HAS_LENGTH = "(valid_to IS NULL OR valid_to > valid_from)";

/** An interval without days overlaps nothing, nor do two of one day of which the later known one corrects the other. */
function overlappingTariffs(plan: FactPlan): GroupCheck {
  return {
    ...overlaps(plan, "subscriber_id"),
    kind: "overlapping tariffs",
    expected: "must not lie before the end of the subscriber's tariff before it",
    action: "tariffs that begin before an earlier one has ended were left out",
    value: `tariff || ' from ' || ${dayText("valid_from")}`,
  };
}

function overlappingManagers(plan: FactPlan, key: string): GroupCheck {
  const who = key === "group_id" ? "group" : "subscriber";
  return {
    ...overlaps(plan, key),
    kind: "overlapping managers",
    expected: `must not lie before the end of the ${who}'s manager before it`,
    action: `managers of a ${who} that begin before an earlier one has ended were left out`,
    value: `'${who} ' || ${quoteIdentifier(key)} || ': ' || manager || ' from ' || ${dayText("valid_from")}`,
  };
}

/** Intervals with the same key that overlap: those that begin before an earlier one has ended. */
function overlaps(
  plan: FactPlan,
  key: string,
): Pick<GroupCheck, "column" | "keys" | "suspects" | "isLast" | "isSurplus"> {
  const id = quoteIdentifier(key);
  const order = ["valid_from", "known_at NULLS FIRST", ...allColumns(plan)];
  const end = `coalesce(valid_to, ${END_OF_TIME})`;
  // Tariffs of the same first day are no overlap: the one that was known last corrects the others.
  const isTariff = plan.table.name === "tariffs";
  const frame = isTariff
    ? "RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    : "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING";
  const earlier = `PARTITION BY ${id} ORDER BY ${isTariff ? "valid_from" : order.join(", ")} ${frame}`;
  // A manager of a group and a subscriber is that of the subscriber.
  const isOwn =
    key === "group_id" && has(plan, "subscriber_id") ? ` AND coalesce(${SUBSCRIBER}, '') = ''` : "";
  const isKeyed = `${id} <> ''${isOwn}`;
  return {
    column: "valid_from",
    keys: [key],
    // If any two overlap, two adjacent ones in order of their start do.
    suspects: (relation) =>
      `SELECT DISTINCT ${id} FROM (
        SELECT ${id}, lead(valid_from) OVER (PARTITION BY ${id} ORDER BY valid_from, ${end}) < ${end} AS "is suspect"
        FROM ${relation} WHERE ${isKeyed} AND valid_from IS NOT NULL
      ) WHERE "is suspect"`,
    isLast: isTariff
      ? `row_number() OVER (PARTITION BY ${id}, valid_from ORDER BY ${HAS_LENGTH} DESC, known_at DESC NULLS LAST) = 1`
      : "true",
    isSurplus: `${isKeyed} AND valid_from < ${end} AND valid_from < max(CASE WHEN "is last" AND ${HAS_LENGTH} AND ${isKeyed} THEN ${end} END) OVER (${earlier})`,
  };
}

/** A day later than any date. */
const END_OF_TIME = 2_147_483_647;
