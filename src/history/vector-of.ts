import { checkOptions, type OptionNames } from "../arguments.js";
import { type DuckDBSession, quoteLiteral } from "../database/duckdb/session.js";
import { invalidArgument } from "../errors.js";
import { parseDay } from "../table/calendar.js";
import { checkHistory, whileOpen } from "./check-history.js";
import { checkPopulation } from "./check-population.js";
import { explainingExpressions } from "./explain-expressions.js";
import type { History } from "./history.js";
import { computeFigures } from "./population-figures.js";
import type { PopulationFigures } from "./query/population.js";
import type { SnapshotQuery } from "./query/snapshot-query.js";
import { snapshotPlan, VECTOR_OPTIONS, type VectorOptions } from "./snapshot-options.js";
import type { HistorySchema } from "./standard-tables.js";
import { dayOf } from "./windows/day-problem.js";

/** The features of one subscriber by name, null where missing, after `subscriber_id` and `cutoff` (`2025-02-01`). */
export type SubscriberVector = Readonly<Record<string, string | number | null>>;

/** Options of {@link vectorOf}. */
export interface VectorOfOptions extends VectorOptions {
  /** Figures about all subscribers at that cutoff, from {@link populationFigures}. Default: computed, which takes as long as a batch. */
  readonly population?: PopulationFigures | undefined;
}

const OPTIONS: OptionNames<VectorOfOptions> = { ...VECTOR_OPTIONS, population: "optional" };

/**
 * The vector of one subscriber at a cutoff, bit for bit that of the batch; undefined if the subscriber is unknown or not
 * active at the cutoff. Reads only the facts of the subscriber and of the other members of their groups.
 * @param at the cutoff: a day such as `2025-02-01`, or a month, which means its first day; only days before it are used.
 * @example
 * const population = await populationFigures(history, "2025-07");
 * await vectorOf(history, "S0001", "2025-07", { population }); // { subscriber_id: "S0001", cutoff: "2025-07-01", tenure_months: 14.2, … }
 * @throws HoldfastError for a history that is closed, a cutoff that is no day, and options out of range.
 */
export async function vectorOf(
  history: History,
  subscriberId: string,
  at: string,
  options: VectorOfOptions = {},
): Promise<SubscriberVector | undefined> {
  checkHistory("vectorOf", history);
  checkId(subscriberId, at);
  dayOf("vectorOf", "at", at);
  checkOptions("vectorOf", options, OPTIONS);
  if (options.population !== undefined) checkPopulation("vectorOf", options.population);
  return whileOpen("vectorOf", history, async () => {
    const { session, schema } = history;
    const population = options.population ?? (await computeFigures("vectorOf", history, at, options));
    const query = await vectorQuery("vectorOf", schema, subscriberId, at, { ...options, population });
    return readVector("vectorOf", session, query);
  });
}

function checkId(subscriberId: unknown, at: unknown): void {
  const expected = "must be the id of a subscriber, a text";
  const fail = (hint?: string): never =>
    invalidArgument("vectorOf", "subscriberId", expected, subscriberId, hint);
  if (typeof subscriberId === "number") fail(`write ${JSON.stringify(String(subscriberId))}`);
  if (typeof subscriberId !== "string" || subscriberId === "") fail();
  const isSwapped =
    parseDay(subscriberId as string) !== undefined && typeof at === "string" && parseDay(at) === undefined;
  if (isSwapped) fail("the order is vectorOf(history, subscriberId, at)");
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
  functionName: string,
  session: DuckDBSession,
  query: SnapshotQuery,
): Promise<SubscriberVector | undefined> {
  const { features, sql } = query;
  const [row] = await explainingExpressions(functionName, session, query, async () =>
    (await session.connection.runAndReadAll(sql)).getRows(),
  );
  if (row === undefined) return undefined;
  const cells = features.map(({ name, kind }, i): [string, string | number | null] => {
    const value = row[i + 2];
    if (value === null) return [name, null];
    return [name, kind === "numeric" ? Number(value) : String(value)];
  });
  return Object.fromEntries([["subscriber_id", String(row[0])], ["cutoff", String(row[1])], ...cells]);
}
