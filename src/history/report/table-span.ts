import type { DuckDBSession } from "../../database/duckdb/session.js";
import type { FactTableName, HistorySchema } from "../standard-tables.js";

/** Where the facts of a table begin and end, in days. */
export interface TableSpan {
  readonly first: number;
  /** The day after the last fact; of months, the first day of the month after. */
  readonly until: number;
  /** Later facts that are so few and so far from the others that they do not count. */
  readonly isolated: number;
}

/** The facts of a history in their database, and what is known of where they end. */
export interface OpenFacts {
  readonly schema: HistorySchema;
  readonly session: DuckDBSession;
  /** The newest day that a fact can have. Default: any. */
  readonly newestDay?: number;
  /** Default: they are asked for. */
  readonly spans?: ReadonlyMap<FactTableName, TableSpan>;
}
