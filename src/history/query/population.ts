import { quoteIdentifier, quoteLiteral } from "../../database/duckdb/session.js";
import type { HistorySchema } from "../standard-tables.js";

/** A relation about all subscribers at one cutoff, as rows of numbers, texts and NULL. */
export interface PopulationRows {
  readonly columns: readonly { readonly name: string; readonly kind: "text" | "whole" | "number" }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/**
 * Figures about all subscribers at a cutoff, such as the past churn rate of each tariff: what a service needs besides the
 * facts of one subscriber to compute the same vector as a batch. Plain data that can be written as JSON.
 */
export interface PopulationFigures {
  /** The cutoff of the figures, such as `2025-02-01`. */
  readonly at: string;
  /** The tables and columns of the history that they were computed from. */
  readonly schema: HistorySchema;
  /** The time zone whose days the history has. Default: UTC. */
  readonly timeZone?: string | undefined;
  readonly relations: Readonly<Record<string, PopulationRows>>;
}

/** The rows as SQL, for a cutoff in days; without rows an empty relation. */
export function populationValues({ columns, rows }: PopulationRows, cutoff: number): string {
  const typeOf = { text: "text", whole: "bigint", number: "double precision" } as const;
  const typed = columns.map(({ name, kind }) => {
    const column = quoteIdentifier(name);
    return `CAST(${column} AS ${typeOf[kind]}) AS ${column}`;
  });
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(", ");
  const values = rows.map((row) => {
    // Through their text: a decimal literal may not become the nearest double.
    const cells = row.map((cell, i) => (columns[i].kind === "number" && cell !== null ? String(cell) : cell));
    return `(${cells.map(literal).join(", ")})`;
  });
  const nothing = `(${columns.map(() => "NULL").join(", ")})`;
  return [
    `SELECT ${[`${cutoff} AS cutoff`, ...typed].join(", ")}`,
    `FROM (VALUES ${(values.length > 0 ? values : [nothing]).join(", ")}) AS given(${names})`,
    ...(values.length > 0 ? [] : ["WHERE 1 = 0"]),
  ].join("\n");
}

function literal(value: string | number | null): string {
  if (value === null) return "NULL";
  return typeof value === "number" ? String(value) : quoteLiteral(value);
}
