import type { TableFormat } from "../../formats/formats.js";
import type { Table } from "../../table/table.js";
import type { FactTableName } from "../standard-tables.js";

/** A query that DuckDB runs: over files, or over the tables of a database file. */
export interface DuckDBSource {
  /** One SELECT. It is run as often as the facts are read. */
  readonly duckdb: string;
  /** A DuckDB file, opened for reading, whose tables the query may name. Default none. */
  readonly database?: string | undefined;
}

/** A query that PostgreSQL runs, once; its rows are streamed. */
export interface PostgresSource {
  /** One SELECT. */
  readonly postgres: string;
  /** Such as `postgresql://user@host/database`. Default: what the `PG…` variables say, as `pg` reads them. */
  readonly connection?: string | undefined;
}

/**
 * Where the facts of one table come from: a path, or a pattern of paths such as `usage-*.parquet` (CSV, TSV, JSON,
 * NDJSON or Parquet; text also gzipped), a table, row objects, or a query.
 */
export type FactSource =
  | string
  | Table
  | readonly Readonly<Record<string, unknown>>[]
  | DuckDBSource
  | PostgresSource;

/** A source, and how it is to be read. */
export interface MappedSource {
  readonly source: FactSource;
  /** Standard name → the source's own name: `{ subscriber_id: "用户编号" }`. Default: the same. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** Of a path. Default: by extension. */
  readonly format?: TableFormat | undefined;
  /** Of text files, any WHATWG label. Default `"utf-8"`. */
  readonly encoding?: string | undefined;
  /** Of CSV and TSV, one ASCII character. Default: found from the header line. */
  readonly delimiter?: string | undefined;
}

/** The sources of a history by standard table; only subscribers must be there. */
export type HistorySources = { readonly subscribers: FactSource | MappedSource } & {
  readonly [name in Exclude<FactTableName, "subscribers">]?: FactSource | MappedSource | undefined;
};

/** A source that was looked at: its columns are known, its rows are not read yet. */
export interface FoundSource {
  /** For messages: a path, or the kind of source. */
  readonly label: string;
  /** The columns; none when the source has neither rows nor a header. */
  readonly names: readonly string[];
  /** Makes the rows a relation of the session. */
  store(relation: string, wanted: WantedColumns): Promise<StoredFacts>;
}

/** What is asked of a source's columns. */
export interface WantedColumns {
  /** Those to read; others may be left out. */
  readonly names: readonly string[];
  /** Those to be kept as text exactly as written, such as ids and what dates are read from. */
  readonly asText: ReadonlySet<string>;
}

/** Rows that SQL can select from. */
export interface StoredFacts {
  /** What stands behind FROM. */
  readonly relation: string;
  readonly columns: readonly StoredColumn[];
  /** How many rows were copied; left out where they stay where they are. */
  readonly rowCount?: number;
}

export interface StoredColumn {
  readonly name: string;
  /** The type in DuckDB, or {@link DAYS}. */
  readonly type: string;
}

/** The type of a DOUBLE column that holds days since 1970-01-01, as our tables do. */
export const DAYS = "DAYS";

/** The function that problems are reported of. */
export const OPENED_BY = "openHistory";

/** A source as it is written, and the same with nothing said about how to read it. */
export function asMapped(source: FactSource | MappedSource): MappedSource {
  return isMapped(source) ? source : { source };
}

// A Table may say where it was read from in `source`, too.
function isMapped(source: FactSource | MappedSource): source is MappedSource {
  return typeof source === "object" && "source" in source && !isTable(source);
}

export function isTable(source: FactSource | MappedSource): source is Table {
  return typeof source === "object" && "rowCount" in source;
}
