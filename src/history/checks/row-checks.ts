import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { FactPlan } from "../sources/fact-plan.js";
import { implausibleDays, implausibleMonths } from "../windows/plausible-days.js";
import { dayText, has, monthText, type RowCheck } from "./fact-check.js";

const DROPPED = "the rows were left out";

/** The checks of each row of a table by itself. @param newestDay the newest day that a fact can have. */
export function rowChecks(plan: FactPlan, newestDay: number): RowCheck[] {
  return [
    ...missingSubscriber(plan),
    ...unreadableCells(plan),
    ...missingValues(plan),
    ...notFinite(plan),
    ...negativeUsage(plan),
    ...endsBeforeStarts(plan),
    ...implausibleDates(plan, newestDay),
  ];
}

function missingSubscriber({ table: { about } }: FactPlan): RowCheck[] {
  if (about.length === 0) return [];
  const isMissing = about.map((name) => `coalesce(${quoteIdentifier(name)}, '') = ''`);
  return [
    {
      kind: "missing subscriber",
      ...(about.length === 1 ? { column: about[0] } : {}),
      expected: about.length === 1 ? "must name its subscriber" : `must name one of ${about.join(" and ")}`,
      action: DROPPED,
      where: isMissing.join(" AND "),
      value: "NULL",
    },
  ];
}

const READABLE = {
  text: "must be text",
  number: "must be a number",
  day: "must be an ISO 8601 date",
  month: "must be a month such as 2025-01 or its first day",
} as const;

/** Cells that the grammar of tables can't read. */
function unreadableCells({ columns }: FactPlan): RowCheck[] {
  return columns.flatMap(({ name, kind, unread }): RowCheck[] => {
    if (unread === undefined) return [];
    const value = unread;
    const expected = READABLE[kind];
    return [
      {
        kind: kind === "number" ? "unreadable number" : "unreadable date",
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
    const where = unread === undefined ? isMissing : `${isMissing} AND ${unread} IS NULL`;
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
  if (table.name !== "usage" && table.name !== "activity") return [];
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

/** Days of facts that can't have happened yet, or stand for no day; ends may lie in the future. */
function implausibleDates(plan: FactPlan, newestDay: number): RowCheck[] {
  const { time, columns: standard } = plan.table;
  return plan.columns.flatMap(({ name, kind, isAbsent, unread }): RowCheck[] => {
    const isFact = name === time.column || name === "known_at";
    if (isAbsent || !isFact || !standard.some((column) => column.name === name)) return [];
    const column = quoteIdentifier(name);
    const mayBePlanned = time.end !== undefined && name === time.column;
    const days =
      kind === "month"
        ? implausibleMonths(column, newestDay)
        : implausibleDays(column, newestDay, mayBePlanned);
    const value = kind === "month" ? monthText(column) : dayText(column);
    const isRead = unread === undefined ? "" : ` AND ${unread} IS NULL`;
    const check = { column: name, action: DROPPED, value };
    return [
      {
        ...check,
        kind: "future date",
        expected: `must lie before ${days.before}`,
        where: `${days.isFuture}${isRead}`,
      },
      {
        ...check,
        kind: "implausible date",
        expected: "must be the day of a fact, not one that stands for none",
        where: `${days.isPast}${isRead}`,
      },
    ];
  });
}
