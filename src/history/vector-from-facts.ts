import { checkOptions, type OptionNames } from "../arguments.js";
import { openDuckDB } from "../database/duckdb/session.js";
import { Problems } from "../errors.js";
import { aborted } from "../progress.js";
import { whileOpen } from "./check-history.js";
import { checkPopulation } from "./check-population.js";
import { checkSubscriberFacts } from "./check-subscriber-facts.js";
import type { SubscriberFacts } from "./fact-relations.js";
import type { PopulationFigures } from "./query/population.js";
import { VECTOR_OPTIONS, type VectorOptions } from "./snapshot-options.js";
import { readVector, type SubscriberVector, vectorQuery } from "./vector-of.js";
import { dayOf } from "./windows/day-problem.js";

/** Options of {@link vectorFromFacts}. */
export interface VectorFromFactsOptions extends VectorOptions {
  /** The result of {@link populationFigures} for the history that the model was trained on: its schema, and figures about all subscribers. */
  readonly population: PopulationFigures;
  /** Aborting ends the query, and throws an error with code `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionNames<VectorFromFactsOptions> = {
  ...VECTOR_OPTIONS,
  population: "required",
  signal: "optional",
};

/** Makes sure that these are options of {@link vectorFromFacts}. @param argument where the caller passed them. */
export function checkVectorOptions(functionName: string, options: unknown, argument?: string): void {
  const hint = () => "write { population: await populationFigures(history, at) }";
  checkOptions(functionName, options, OPTIONS, argument, hint);
  const place = argument === undefined ? "population" : `${argument}.population`;
  checkPopulation(functionName, (options as VectorFromFactsOptions).population, place);
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
 * @throws HoldfastError for tables that are not standard tables, and with all cells that do not fit the schema. Columns
 * that the schema does not have are ignored.
 */
export async function vectorFromFacts(
  facts: SubscriberFacts,
  at: string,
  options: VectorFromFactsOptions,
): Promise<SubscriberVector | undefined> {
  checkVectorOptions("vectorFromFacts", options);
  dayOf("vectorFromFacts", "at", at);
  checkSubscriberFacts("vectorFromFacts", facts);
  const { schema, timeZone } = options.population;
  const problems = new Problems();
  const { factRelations } = await import("./fact-relations.js");
  const relations = factRelations("vectorFromFacts", schema, facts, problems, timeZone);
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
  const { signal } = options;
  if (signal?.aborted) throw aborted();
  const session = await openDuckDB();
  const stop = () => session.connection.interrupt();
  signal?.addEventListener("abort", stop);
  try {
    return await whileOpen("vectorFromFacts", { session }, async () => {
      for (const sql of relations) await session.connection.run(sql);
      const query = await vectorQuery("vectorFromFacts", schema, String(subscriber), at, options);
      if (signal?.aborted) throw aborted();
      return readVector("vectorFromFacts", session, query);
    });
  } catch (error) {
    throw signal?.aborted ? aborted() : error;
  } finally {
    signal?.removeEventListener("abort", stop);
    session.close();
  }
}
