import { quoteIdentifier, quoteLiteral } from "../../database/duckdb/session.js";
import type { FactDatabase } from "./fact-database.js";
import type { DuckDBSource, FoundSource } from "./fact-source.js";

/** The rows of a query, which runs every time they are read. */
export async function findQuery(
  database: FactDatabase,
  argument: string,
  { duckdb, database: file }: DuckDBSource,
): Promise<FoundSource> {
  const place = file === undefined ? {} : { file };
  // The bracket below is on a new line, because the query may end in a comment.
  const query = duckdb.trim().replace(/;$/, "");
  const tables = file === undefined ? "" : await namedTables(database, `${argument}_database`, file, query);
  const before = `(${tables}SELECT * FROM (`;
  const relation = `${before}${query}\n))`;
  const columns = await database.describeWritten(relation, { text: query, from: before.length }, place);
  return {
    label: file ?? "DuckDB query",
    names: columns.map(({ name }) => name),
    store: async () => ({ relation, columns }),
  };
}

/**
 * Opens a database file, and returns common table expressions for those of its tables and views that the query may name:
 * a view made of the query later would look for their unqualified names in the wrong database.
 */
async function namedTables(
  database: FactDatabase,
  alias: string,
  file: string,
  query: string,
): Promise<string> {
  const place = { file };
  await database.run(`ATTACH ${quoteLiteral(file)} AS ${quoteIdentifier(alias)} (READ_ONLY)`, place);
  const rows = await database.rows(
    `SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ${quoteLiteral(alias)}
     UNION ALL
     SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = ${quoteLiteral(alias)} AND NOT internal
     ORDER BY ALL`,
    place,
  );
  const words = query.toLowerCase();
  const tables = rows.filter(
    ([schema, name]) => schema === "main" && words.includes(String(name).toLowerCase()),
  );
  if (tables.length === 0) return "";
  const expressions = tables.map(([schema, name]) => {
    const table = [alias, String(schema), String(name)].map(quoteIdentifier).join(".");
    return `${quoteIdentifier(String(name))} AS (SELECT * FROM ${table})`;
  });
  return `WITH ${expressions.join(", ")} `;
}
