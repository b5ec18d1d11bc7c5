/** The SQL engine. All three run the same statement, except for the names of two types and the conversion of dates to days. */
export type SqlDialect = "duckdb" | "postgresql" | "spark";

export const SQL_DIALECTS: readonly SqlDialect[] = ["duckdb", "postgresql", "spark"];

/** A text literal or a quoted name. */
const QUOTED = /('(?:[^']|'')*'|"(?:[^"]|"")*")/;

/** The quoted names of a statement, each once. */
export function quotedNames(sql: string): string[] {
  const quoted = sql.split(QUOTED).filter((part) => part.startsWith('"'));
  return [...new Set(quoted)].map((part) => part.slice(1, -1).replaceAll('""', '"'));
}

/** Rewrites the text, which has the standard's type names and quotes, for an engine. DuckDB and PostgreSQL take it unchanged. */
export function inDialect(sql: string, dialect: SqlDialect): string {
  if (dialect !== "spark") return sql;
  // Every other part is a text literal, which Spark escapes with backslashes, or a quoted name.
  return sql
    .split(QUOTED)
    .map((part) => {
      if (part.startsWith("'")) {
        return `'${part.slice(1, -1).replaceAll("''", "'").replace(/[\\']/g, "\\$&")}'`;
      }
      if (part.startsWith('"')) {
        return `\`${part.slice(1, -1).replaceAll('""', '"').replaceAll("`", "``")}\``;
      }
      return part
        .replaceAll(" AS double precision)", " AS double)")
        .replaceAll(" AS text)", " AS string)")
        .replaceAll(" AS MATERIALIZED (", " AS (");
    })
    .join("");
}
