import { standardTable } from "../../history/standard-tables.js";
import type { FactsQuery } from "../query/facts-query.js";
import type { MonthsOfTable } from "./side-relations.js";

/** The months that the tables of months have rows of; none where the history has not the table. */
export async function monthsOfTables(
  query: FactsQuery,
): Promise<Readonly<Record<"usage" | "billing", MonthsOfTable>>> {
  return { usage: await monthsOf(query, "usage"), billing: await monthsOf(query, "billing") };
}

async function monthsOf(query: FactsQuery, table: "usage" | "billing"): Promise<MonthsOfTable> {
  if (!query.has(table)) return { months: [], absentMonths: "unknown" };
  const rows = await query.rows<{ month: number }>(
    `SELECT DISTINCT month FROM ${standardTable(table).relation} ORDER BY month`,
  );
  const isUnknown = query.columns(table).some(({ absentMonths }) => absentMonths === "unknown");
  return { months: rows.map(({ month }) => month), absentMonths: isUnknown ? "unknown" : "zero" };
}
