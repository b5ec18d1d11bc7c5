import { quoteLiteral } from "../../database/duckdb/session.js";
import type { FactsQuery } from "../query/facts-query.js";

/** The measures of usage, and those of them that are products of the price list, in the order of their columns. */
export async function measuresOfUsage(
  query: FactsQuery,
): Promise<{ readonly all: readonly string[]; readonly priced: readonly string[] }> {
  const all = query.columns("usage").flatMap(({ name, kind }) => (kind === "number" ? [name] : []));
  if (!query.has("prices") || all.length === 0) return { all, priced: [] };
  const products = await query.rows<{ readonly product: string }>(
    `SELECT DISTINCT product FROM price_facts WHERE product IN (${all.map(quoteLiteral).join(", ")})`,
  );
  return { all, priced: all.filter((name) => products.some(({ product }) => product === name)) };
}
