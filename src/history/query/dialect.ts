/** Where the text is to run. All three run the same statement but for the names of two types and the way to a number of days. */
export type SqlDialect = "duckdb" | "postgresql" | "spark";

export const SQL_DIALECTS: readonly SqlDialect[] = ["duckdb", "postgresql", "spark"];

/** DuckDB and PostgreSQL take the standard's type names and quotes, which the text is written with. */
export function inDialect(sql: string, dialect: SqlDialect): string {
  if (dialect !== "spark") return sql;
  // Every other part is a text literal, which Spark escapes with backslashes, or a quoted name.
  return sql
    .split(/('(?:[^']|'')*'|"(?:[^"]|"")*")/)
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
