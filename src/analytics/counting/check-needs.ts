import { argumentProblem, Problems } from "../../errors.js";
import type { ChurnDefinition } from "../../history/churn/churn-definition.js";
import type { FactTableName } from "../../history/standard-tables.js";
import { didYouMean } from "../../nearest-name.js";
import type { FactsQuery } from "../query/facts-query.js";

/**
 * Makes sure that a history has the facts of a definition of churn: without the ends of subscriptions, none would have left.
 * @throws HoldfastError with every table and column that the definition needs and the history has not.
 */
export function checkNeeds(functionName: string, query: FactsQuery, { name, needs }: ChurnDefinition): void {
  const problems = new Problems();
  const missing = needs.filter(({ table, column }) => !query.has(table, column));
  for (const need of new Set(missing.map(({ table, column }) => (column ? `${table}.${column}` : table)))) {
    const [table, column] = need.split(".", 2);
    const measures = query
      .columns(table as FactTableName)
      .flatMap((each) => (each.kind === "number" ? [each.name] : []));
    // A measure that is spelt wrong, or a table or column that the history has not.
    const isMeasure =
      column !== undefined && (table === "usage" || table === "billing") && measures.length > 0;
    const expected = isMeasure
      ? `must be by a measure of ${table}: ${measures.join(", ")}`
      : `must not be ${name}, which needs ${need}`;
    const hint = isMeasure ? didYouMean(column, measures) : "name another definition of churn";
    problems.add(argumentProblem(functionName, "churn", expected, isMeasure ? column : undefined, hint));
  }
  problems.throwIfAny();
}
