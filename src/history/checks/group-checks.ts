import type { FactPlan } from "../sources/plan-columns.js";
import {
  allColumns,
  dayText,
  type GroupCheck,
  has,
  IS_IDENTIFIED,
  monthText,
  SUBSCRIBER,
} from "./fact-check.js";

/** The checks of the rows of a table against each other. */
export function groupChecks(plan: FactPlan): GroupCheck[] {
  if (plan.table.name === "subscribers") return [duplicateSubscribers(plan)];
  if (plan.table.name === "tariffs") return [overlappingTariffs(plan)];
  return has(plan, "month") ? [duplicateMonths(plan)] : [];
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

/** An interval without days overlaps nothing. */
function overlappingTariffs(plan: FactPlan): GroupCheck {
  const order = ["valid_from", "known_at NULLS FIRST", ...allColumns(plan)];
  const end = `coalesce(valid_to, ${END_OF_TIME})`;
  const earlier = `PARTITION BY ${SUBSCRIBER} ORDER BY ${order.join(", ")} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING`;
  return {
    kind: "overlapping tariffs",
    column: "valid_from",
    expected: "must not lie before the end of the subscriber's tariff before it",
    action: "tariffs that begin before an earlier one has ended were left out",
    keys: ["subscriber_id"],
    // If any two overlap, two adjacent ones in order of their start do.
    suspects: (relation) =>
      `SELECT DISTINCT ${SUBSCRIBER} FROM (
        SELECT ${SUBSCRIBER}, lead(valid_from) OVER (PARTITION BY ${SUBSCRIBER} ORDER BY valid_from, ${end}) < ${end} AS "is suspect"
        FROM ${relation} WHERE ${IS_IDENTIFIED} AND valid_from IS NOT NULL
      ) WHERE "is suspect"`,
    isSurplus: `valid_from < ${end} AND valid_from < max(${end}) OVER (${earlier})`,
    value: `tariff || ' from ' || ${dayText("valid_from")}`,
  };
}

/** A day later than any date. */
const END_OF_TIME = 2_147_483_647;
