import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { FactPlan } from "../sources/plan-columns.js";
import { dayText, has, IS_IDENTIFIED, type RowCheck } from "./fact-check.js";

const DROPPED = "the rows were left out";

/** The checks of each row of a table by itself. */
export function rowChecks(plan: FactPlan): RowCheck[] {
  return [
    missingSubscriber(),
    ...unreadableDates(plan),
    ...missingValues(plan),
    ...notFinite(plan),
    ...negativeUsage(plan),
    ...endsBeforeStarts(plan),
  ];
}

function missingSubscriber(): RowCheck {
  return {
    kind: "missing subscriber",
    column: "subscriber_id",
    expected: "must name its subscriber",
    action: DROPPED,
    where: `(${IS_IDENTIFIED}) IS NOT TRUE`,
    value: "NULL",
  };
}

function unreadableDates({ columns }: FactPlan): RowCheck[] {
  return columns.flatMap(({ name, kind, unread }): RowCheck[] => {
    if (unread === undefined || kind === "number") return [];
    const value = quoteIdentifier(unread);
    const expected =
      kind === "month" ? "must be a month such as 2025-01 or its first day" : "must be an ISO 8601 date";
    return [
      {
        kind: "unreadable date",
        column: name,
        expected,
        action: DROPPED,
        where: `${value} IS NOT NULL`,
        value,
      },
    ];
  });
}

function missingValues({ columns }: FactPlan): RowCheck[] {
  return columns.flatMap(({ name, kind, isRequired, unread }): RowCheck[] => {
    if (!isRequired || name === "subscriber_id") return [];
    const column = quoteIdentifier(name);
    const isMissing = kind === "text" ? `(${column} <> '') IS NOT TRUE` : `${column} IS NULL`;
    const where = unread === undefined ? isMissing : `${isMissing} AND ${quoteIdentifier(unread)} IS NULL`;
    return [
      {
        kind: "missing value",
        column: name,
        expected: "must have a value",
        action: DROPPED,
        where,
        value: "NULL",
      },
    ];
  });
}

function notFinite({ columns }: FactPlan): RowCheck[] {
  return columns.flatMap(({ name, kind }): RowCheck[] => {
    if (kind !== "number") return [];
    const column = quoteIdentifier(name);
    return [
      {
        kind: "not finite",
        column: name,
        expected: "must be finite",
        action: DROPPED,
        where: `isinf(${column})`,
        value: `${column}::VARCHAR`,
      },
    ];
  });
}

function negativeUsage({ table, columns }: FactPlan): RowCheck[] {
  if (table.name !== "usage") return [];
  return columns.flatMap(({ name, kind }): RowCheck[] => {
    if (kind !== "number") return [];
    const column = quoteIdentifier(name);
    return [
      {
        kind: "negative usage",
        column: name,
        expected: "must not be negative",
        action: DROPPED,
        where: `${column} < 0`,
        value: `${column}::VARCHAR`,
      },
    ];
  });
}

/** An interval without days is allowed: a fact that ends on the day on which it starts never held. */
function endsBeforeStarts(plan: FactPlan): RowCheck[] {
  const pairs = [
    ["activated_on", "ended_on"],
    ["valid_from", "valid_to"],
  ];
  return pairs.flatMap(([start, end]): RowCheck[] => {
    if (!has(plan, start) || !has(plan, end)) return [];
    return [
      {
        kind: "end before start",
        column: end,
        expected: `must not lie before ${start}`,
        action: DROPPED,
        where: `${end} < ${start}`,
        value: `${dayText(start)} || ' to ' || ${dayText(end)}`,
      },
    ];
  });
}
