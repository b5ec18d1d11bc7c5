/** A named subquery of the statement, written as a common table expression. */
export interface Relation {
  readonly name: string;
  readonly sql: string;
}

/** `WITH a AS (…), b AS (…)`. */
export function withRelations(relations: readonly Relation[]): string {
  return `WITH\n${relations.map(({ name, sql }) => `${name} AS (\n${indent(sql)}\n)`).join(",\n")}`;
}

function indent(sql: string): string {
  return sql
    .trim()
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
