import type { PostgresConnection } from "../../database/postgres/connection.js";
import type { TableFormat } from "../../formats/formats.js";
import type { CellFormat } from "../../table/grammar/cell-format.js";
import type { ReadingNote } from "../../table/grammar/column-reading.js";
import type { Table } from "../../table/table.js";
import type { FactTableName } from "../standard-tables.js";

/** A query that DuckDB runs: over files, or over the tables of a database file. */
export interface DuckDBSource {
  /** One SELECT. It runs every time the facts are read. */
  readonly duckdb: string;
  /** A DuckDB file, opened for reading, whose tables the query may name. Default: none. */
  readonly database?: string | undefined;
}

/** A query that PostgreSQL runs, once; its rows are streamed. */
export interface PostgresSource {
  /** One SELECT. */
  readonly postgres: string;
  /** A URL, a configuration of `pg`, a connected client or a pool. Default: from the `PG…` variables, as `pg` reads them. */
  readonly connection?: PostgresConnection | undefined;
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

/** The source's own name of a column, and how its cells are written where that differs from the other columns. */
export interface NamedColumn extends CellFormat {
  /** Default: the standard name. */
  readonly name?: string | undefined;
}

/** What a month without a row of usage or billing says of an active subscriber: no use and no bill, or nothing. */
export type AbsentMonths = "zero" | "unknown";

/** A source, and how to read it; `timeZone` is the zone of its times without an offset, by default that of the history. */
export interface MappedSource extends CellFormat {
  readonly source: FactSource;
  /**
   * Standard name → the source's own name, or name and format: `{ subscriber_id: "用户编号", month: { name: "账期",
   * dateFormat: "MM/yyyy" } }`. Default: the same.
   */
  readonly columns?: Readonly<Record<string, string | NamedColumn>> | undefined;
  /** Format of a file. Default: by its extension. */
  readonly format?: TableFormat | undefined;
  /** Encoding of a text file, any WHATWG label. Default `"utf-8"`. */
  readonly encoding?: string | undefined;
  /** Delimiter of CSV and TSV, one ASCII character. Default: found in the header line. */
  readonly delimiter?: string | undefined;
  /** Of usage and billing. Default: as the history is opened, `"zero"`. */
  readonly absentMonths?: AbsentMonths | undefined;
}

/** The sources of a history by standard table; only `subscribers` is required. */
export type HistorySources = { readonly subscribers: FactSource | MappedSource } & {
  readonly [name in Exclude<FactTableName, "subscribers">]?: FactSource | MappedSource | undefined;
};

/** A source whose columns are known and whose rows are not read yet. */
export interface FoundSource {
  /** For messages: a path, or the kind of source. */
  readonly label: string;
  /** The columns; none when the source has neither rows nor a header. */
  readonly names: readonly string[];
  /** Makes the rows a relation of the session. */
  store(relation: string, wanted: WantedColumns): Promise<StoredFacts>;
  /** The source can be read again for other columns, with its rows in the same order. */
  readonly isRepeatable?: true;
  /** What a column holds is found from its texts when the rows are stored. */
  readonly findsKinds?: true;
  /** The file and line of rows, from 1, of text. */
  placesOf?(rows: readonly number[]): Promise<(RowPlace | undefined)[]>;
}

/** Where a row is in text. */
export interface RowPlace {
  readonly file: string;
  readonly line: number;
}

/** Which columns of a source are needed, and which as text. */
export interface WantedColumns {
  /** Those to read; others may be left out. */
  readonly names: readonly string[];
  /** Columns to be kept as text exactly as written, such as ids and texts of dates. */
  readonly asText: ReadonlySet<string>;
}

/** Rows that SQL can select from. */
export interface StoredFacts {
  /** The SQL after FROM. */
  readonly relation: string;
  readonly columns: readonly StoredColumn[];
  /** How many rows were copied; left out where they are read in place. */
  readonly rowCount?: number;
  /** What was decided when the cells were read. */
  readonly notes?: readonly ReadingNote[];
  /** Columns whose JavaScript dates all are midnight of this machine's time zone, and not of UTC. */
  readonly localMidnights?: readonly string[];
}

export interface StoredColumn {
  readonly name: string;
  /** The type in DuckDB, or {@link DAYS}. */
  readonly type: string;
}

/** The type of a DOUBLE column that holds days since 1970-01-01, as date columns of a `Table` do. */
export const DAYS = "DAYS";

/** The public function that errors name. */
export const OPENED_BY = "openHistory";

/** A source with options for reading; a plain one gets the defaults. */
export function asMapped(source: FactSource | MappedSource): MappedSource {
  return isMapped(source) ? source : { source };
}

// A Table has a property `source` too: what it was read from.
function isMapped(source: FactSource | MappedSource): source is MappedSource {
  return typeof source === "object" && "source" in source && !isTable(source);
}

export function isTable(source: FactSource | MappedSource): source is Table {
  return typeof source === "object" && "rowCount" in source;
}
