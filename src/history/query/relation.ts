/** A named subquery of the statement, written as a common table expression. */
export interface Relation {
  readonly name: string;
  readonly sql: string;
  /** Whether it is to be computed once and stored, where the database supports that. */
  readonly isMaterialized?: boolean;
}

/** `WITH a AS (…), b AS (…)`. */
export function withRelations(relations: readonly Relation[]): string {
  return `WITH\n${relations.map(({ name, sql, isMaterialized }) => `${name} AS${isMaterialized ? " MATERIALIZED" : ""} (\n${indent(sql)}\n)`).join(",\n")}`;
}

function indent(sql: string): string {
  return sql
    .trim()
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
