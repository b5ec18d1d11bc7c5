import type { DuckDBConnection } from "@duckdb/node-api";
import type { History } from "../../history/history.js";
import type { FactsInView } from "../../history/query/facts-in-view.js";
import type { FamilyPlan } from "../../history/query/feature.js";
import { snapshotQuery } from "../../history/query/snapshot-query.js";
import { windowsOf } from "../../history/windows/windows.js";
import type { LongWork } from "../../progress.js";
import { formatDate } from "../../table/dates.js";
import { type FactsQuery, withFacts } from "./facts-query.js";

/** What is asked about the subscribers who are active at a cutoff. */
export interface SubscribersAt {
  readonly history: History;
  /** The cutoff, in days since 1970-01-01. */
  readonly day: number;
  /** How many months before that of the cutoff are looked at. */
  readonly observe: number;
  /** The columns: features of facts that were known before the cutoff. */
  readonly columns: (view: FactsInView) => FamilyPlan;
}

/** The temporary table of {@link withSubscribersAt}: `subscriber_id`, `cutoff` (a date), and the columns that were asked for. */
export const SUBSCRIBERS_AT = "subscribers_at";

/**
 * Works with a temporary table of one row per subscriber who is active at a cutoff. It is made as snapshots are, so that months without a row,
 * late rows and corrected tariffs mean the same here as for a model.
 * @throws HoldfastError for what is no open history.
 */
export async function withSubscribersAt<Result>(
  functionName: string,
  { history, day, observe, columns }: SubscribersAt,
  work: LongWork,
  ask: (query: FactsQuery, connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  return withFacts(functionName, history, work, async (query, connection) => {
    const windows = windowsOf(functionName, { at: formatDate(day), observe });
    const family = { name: "subscribers", needs: [], plan: columns };
    const { sql } = snapshotQuery(history.schema, {
      functionName,
      windows,
      families: [family],
      isUnordered: true,
    });
    await query.run(`CREATE TEMP TABLE ${SUBSCRIBERS_AT} AS ${sql}`, "subscribers");
    return ask(query, connection);
  });
}
