import type { DuckDBSession } from "../database/duckdb/session.js";
import type { OpenSourcesOptions } from "./open-sources.js";
import type { HistoryReport } from "./report/history-report.js";
import type { TableSpan } from "./report/table-span.js";
import type { HistorySources } from "./sources/fact-source.js";
import type { FactTableName, HistorySchema } from "./standard-tables.js";

/** Subscriber history that has been opened and checked. Close it when done: it holds a separate database. */
export interface History {
  /** The tables and columns of the history, by their standard names. */
  readonly schema: HistorySchema;
  /** What was read, and its problems. */
  readonly report: HistoryReport;
  /** @internal The DuckDB session that holds the facts, for the functions of this room. */
  readonly session: DuckDBSession;
  /**
   * The newest day that a fact can have. Default: any.
   * @internal
   */
  readonly newestDay?: number;
  /**
   * Where the facts of its tables begin and end. Default: they are asked for.
   * @internal
   */
  readonly spans?: ReadonlyMap<FactTableName, TableSpan>;
  /** Frees the database. */
  close(): void;
}

/**
 * Opens subscriber history: a folder of files with the names of the standard tables, or a source for each table. The facts
 * are checked once, and all problems are reported together.
 *
 * Parquet files are read in place by every query, other sources are copied into the database of the history.
 * @example
 * const history = await openHistory("datasets/simulated");
 * const table = await snapshots(history, { at: monthly("2025-03", "2025-08"), churn: disconnected() });
 * history.close();
 * @example
 * await openHistory({
 *   subscribers: { source: "用户.csv", encoding: "gb18030", columns: { subscriber_id: "用户编号", activated_on: "入网日期" } },
 *   usage: "usage/2025-*.parquet",
 *   payments: { postgres: "SELECT * FROM billing.payments", connection: "postgresql://reader@db/crm" },
 * });
 * @throws HoldfastError with every missing column and wrong type, or else with every kind of wrong fact and its count.
 */
export async function openHistory(
  sources: HistorySources | string,
  options: OpenSourcesOptions = {},
): Promise<History> {
  const { openSources } = await import("./open-sources.js");
  return openSources(sources, options);
}
