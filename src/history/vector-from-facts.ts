import { withDuckDB } from "../database/duckdb/session.js";
import { Problems } from "../errors.js";
import type { SubscriberFacts } from "./fact-relations.js";
import type { PopulationFigures } from "./query/population.js";
import type { VectorOptions } from "./snapshot-options.js";
import { readVector, type SubscriberVector, vectorQuery } from "./vector-of.js";

/** Options of {@link vectorFromFacts}. */
export interface VectorFromFactsOptions extends VectorOptions {
  /** The result of {@link populationFigures} for the history that the model was trained on: its schema, and figures about all subscribers. */
  readonly population: PopulationFigures;
}

/**
 * The vector of one subscriber from their facts alone, bit for bit that of the batch at the cutoff of the population
 * figures; undefined if the subscriber is not active at the cutoff. Facts of days from the cutoff on are not used.
 * @param at the cutoff: a day such as `2025-02-01`, or a month, which means its first day; only days before it are used.
 * @example
 * await vectorFromFacts(
 *   { subscribers: [{ subscriber_id: "S1", activated_on: "2024-03-05" }], usage: [{ subscriber_id: "S1", month: "2025-01", minutes: 80 }] },
 *   "2025-02-01",
 *   { population },
 * );
 * @throws HoldfastError with all cells that do not fit the schema. Columns that the schema does not have are ignored.
 */
export async function vectorFromFacts(
  facts: SubscriberFacts,
  at: string,
  options: VectorFromFactsOptions,
): Promise<SubscriberVector | undefined> {
  const { schema } = options.population;
  const problems = new Problems();
  const { factRelations } = await import("./fact-relations.js");
  const relations = factRelations("vectorFromFacts", schema, facts, problems);
  const subscriber = facts.subscribers?.[0]?.subscriber_id;
  if (subscriber === undefined || subscriber === null) {
    problems.add({
      code: "data.wrong-type",
      path: { function: "vectorFromFacts", argument: "facts.subscribers" },
      expected: "must hold the subscriber in its first row",
      received: subscriber,
    });
  }
  problems.throwIfAny();
  return withDuckDB(async (connection) => {
    for (const sql of relations) await connection.run(sql);
    const query = await vectorQuery("vectorFromFacts", schema, String(subscriber), at, options);
    return readVector(connection, query);
  });
}
