import { quoteIdentifier } from "../../database/duckdb/session.js";
import { standardTable } from "../../history/standard-tables.js";
import type { FactsQuery } from "../query/facts-query.js";
import { monthOfDay } from "../query/sql-calendar.js";

/** What use is judged by, month by month. */
export interface MonthlyMeasures {
  /** The names of the columns. */
  readonly names: readonly string[];
  /** A relation `subscriber_id, month, m0, m1, …`, one row for each source of a month, restricted to those that a condition accepts. */
  rows(condition: string): string;
  /** The sum of each over the sources of a month: `sum(m0) AS m0, …`. */
  readonly sums: string;
  /** Whether a month without a row is one without use. */
  readonly isAbsenceKnown: boolean;
}

interface Source {
  readonly relation: string;
  readonly names: readonly string[];
}

/**
 * All measures of use and the revenue of bills; where there are neither, what was paid. Undefined where a history has none of
 * these.
 */
export function monthlyMeasures(query: FactsQuery): MonthlyMeasures | undefined {
  const usage = query.has("usage")
    ? query.columns("usage").flatMap(({ name, kind }) => (kind === "number" ? [name] : []))
    : [];
  const monthly: Source[] = [];
  if (usage.length > 0) monthly.push({ relation: standardTable("usage").relation, names: usage });
  if (query.has("billing")) monthly.push({ relation: standardTable("billing").relation, names: ["revenue"] });
  const sources = monthly.length > 0 || !query.has("payments") ? monthly : [PAYMENTS];
  const columns = sources.flatMap((source) => source.names.map((name) => ({ source, name })));
  if (columns.length === 0) return undefined;
  return {
    names: columns.map(({ name }) => name),
    sums: columns.map((_, i) => `sum(m${i}) AS m${i}`).join(", "),
    isAbsenceKnown: !(["usage", "billing"] as const).some((table) =>
      query.columns(table).some(({ absentMonths }) => absentMonths === "unknown"),
    ),
    rows: (condition) =>
      sources
        .map((source) => {
          const cells = columns.map((column, i) =>
            column.source === source ? `${quoteIdentifier(column.name)} AS m${i}` : `NULL::DOUBLE AS m${i}`,
          );
          return `SELECT subscriber_id, month, ${cells.join(", ")} FROM ${source.relation} WHERE ${condition}`;
        })
        .join(" UNION ALL "),
  };
}

const PAYMENTS: Source = {
  relation: `(SELECT subscriber_id, ${monthOfDay("paid_on")} AS month, amount FROM ${standardTable("payments").relation})`,
  names: ["amount"],
};
