import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { FactsQuery } from "../query/facts-query.js";

/** The quoted name of a column of subscribers among others: an operator's own column may have any name, also one of those. */
export function ownColumn(name: string): string {
  return quoteIdentifier(`own ${name}`);
}

/** SQL for the id and the activation of a subscriber `s`, and all columns of the history by {@link ownColumn}. */
export function ownColumns(query: FactsQuery): string {
  const own = query
    .columns("subscribers")
    .map(({ name }) => `s.${quoteIdentifier(name)} AS ${ownColumn(name)}`);
  return ["s.subscriber_id", "s.activated_on", ...own].join(", ");
}
