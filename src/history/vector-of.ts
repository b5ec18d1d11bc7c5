import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteLiteral } from "../database/duckdb/session.js";
import type { History } from "./history.js";
import { populationFigures } from "./population-figures.js";
import type { PopulationFigures } from "./query/population.js";
import type { SnapshotQuery } from "./query/snapshot-query.js";
import { snapshotPlan, type VectorOptions } from "./snapshot-options.js";
import type { HistorySchema } from "./standard-tables.js";

/** The features of one subscriber by name, null where missing, after `subscriber_id` and `cutoff` (`2025-02-01`). */
export type SubscriberVector = Readonly<Record<string, string | number | null>>;

/** Options of {@link vectorOf}. */
export interface VectorOfOptions extends VectorOptions {
  /** Figures about all subscribers at that cutoff, from {@link populationFigures}. Default: computed, which takes as long as a batch. */
  readonly population?: PopulationFigures | undefined;
}

/**
 * The vector of one subscriber at a cutoff, bit for bit that of the batch; undefined if the subscriber is unknown or not
 * active at the cutoff. Reads only the facts of the subscriber and of the other members of their groups.
 * @param at the cutoff: a day such as `2025-02-01`, or a month, which means its first day; only days before it are used.
 * @example
 * const population = await populationFigures(history, "2025-07");
 * await vectorOf(history, "S0001", "2025-07", { population }); // { subscriber_id: "S0001", cutoff: "2025-07-01", tenure_months: 14.2, … }
 */
export async function vectorOf(
  history: History,
  subscriberId: string,
  at: string,
  options: VectorOfOptions = {},
): Promise<SubscriberVector | undefined> {
  const population = options.population ?? (await populationFigures(history, at, options));
  const query = await vectorQuery("vectorOf", history.schema, subscriberId, at, { ...options, population });
  return readVector(history.session.connection, query);
}

/** The statement that makes one subscriber's vector. */
export async function vectorQuery(
  functionName: string,
  schema: HistorySchema,
  subscriberId: string,
  at: string,
  options: VectorOfOptions,
): Promise<SnapshotQuery> {
  const { snapshotQuery } = await import("./query/snapshot-query.js");
  const plan = snapshotPlan(functionName, schema, { ...options, at, churn: false });
  const { population } = options;
  return snapshotQuery(schema, { ...plan, population, subscriber: quoteLiteral(subscriberId) });
}

/** Runs the statement; undefined when it has no row. */
export async function readVector(
  connection: DuckDBConnection,
  { features, sql }: SnapshotQuery,
): Promise<SubscriberVector | undefined> {
  const [row] = (await connection.runAndReadAll(sql)).getRows();
  if (row === undefined) return undefined;
  const cells = features.map(({ name, kind }, i): [string, string | number | null] => {
    const value = row[i + 2];
    if (value === null) return [name, null];
    return [name, kind === "numeric" ? Number(value) : String(value)];
  });
  return Object.fromEntries([["subscriber_id", String(row[0])], ["cutoff", String(row[1])], ...cells]);
}
