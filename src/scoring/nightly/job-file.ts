import type { OpenSourcesOptions } from "../../history/open-sources.js";
import type { DuckDBSource, FactSource, MappedSource } from "../../history/sources/fact-source.js";
import type { FactTableName } from "../../history/standard-tables.js";
import type { Span } from "../../history/windows/span.js";
import type { ReadScoreOptions } from "../batch/inputs.js";
import type { WriteScoreOptions } from "../batch/outputs.js";
import type { ScoreReasonOptions } from "../reasons/reason-options.js";

/**
 * A nightly job, as its file holds it: what is scored, by which model, into which list.
 *
 * Paths are relative to the folder of the file. In paths `{date}` is the day of the run and `{month}` its month, such as
 * `2026-02`; in queries `{date}` and `{month}` too. In paths and connections `${NAME}` is an environment variable.
 */
export interface NightlyJob extends ScoreReasonOptions {
  /** Where editors find the schema; not read. */
  readonly $schema?: string | undefined;
  readonly format: "holdfast-job";
  readonly formatVersion: 1;
  /** The model file. */
  readonly model: string;
  /** Subscriber history, of which snapshots are made and scored: a folder, or a source for each table. Else `input`. */
  readonly history?: string | JobHistory | undefined;
  /** Which snapshots are made of the history. */
  readonly snapshots?: JobSnapshots | undefined;
  /** Rows with the columns of the model: a file, a folder, a pattern, or a query. Else `history`. */
  readonly input?: string | JobQuery | undefined;
  /** How the files of the history or the input are read. */
  readonly read?: JobReading | undefined;
  /** Where the scores go: a file, a folder, or a table of PostgreSQL. */
  readonly output: string | JobFileOutput | JobTable;
  /** Capacities of the tiers of one list, such as `"call=300,watch=20%"`. Default: the tiers of the model. */
  readonly capacity?: string | undefined;
  /** Whether an interval of each probability is written. Default false. */
  readonly intervals?: boolean | undefined;
  /** A file for rows that can't be scored. Default: such a row fails the job. */
  readonly rejects?: string | undefined;
  /** How many rows may be rejected before the job fails. Default: any number with `rejects`, else none. */
  readonly maxRejects?: number | undefined;
  /** The largest share, from 0 to 1, of a column's values that may be categories training never saw. Default 0.5. */
  readonly maxUnseen?: number | undefined;
  /** The summary: Markdown (`.md`), or JSON (`.json`). Default: none is written. */
  readonly summary?: string | JobSummaryFile | undefined;
  /** The folder for the records of the runs. Default: `_holdfast/runs/<name of the job file>` beside the output. */
  readonly state?: string | undefined;
  /** The IANA time zone whose day is the day of the run. Default: that of the machine. */
  readonly timeZone?: string | undefined;
  /** Threads that compute. Default: one per processor. */
  readonly threads?: number | undefined;
}

/** The source of each table of the history of a job; only `subscribers` is required. */
export type JobHistory = { readonly subscribers: JobSource } & {
  readonly [name in Exclude<FactTableName, "subscribers">]?: JobSource | undefined;
};

/** A source of a table, in JSON: a path, a query, or a source with its own column names. */
export type JobSource = string | JobQuery | JobMappedSource;

/** A query of DuckDB, or of PostgreSQL with its connection. */
export type JobQuery =
  | DuckDBSource
  | {
      readonly postgres: string;
      /** The server, from an environment variable: `"${PGURL}"`. Default: from `PGHOST` and the other variables. */
      readonly connection?: string | undefined;
    };

/** A source, and how it is read. */
export interface JobMappedSource extends Omit<MappedSource, "source"> {
  readonly source: Extract<FactSource, string> | JobQuery;
}

/** Which snapshots a job makes. */
export interface JobSnapshots {
  /**
   * The cutoff: `"today"` (default), the day of the run; `"start of month"`, the first day of its month; or a day or month
   * such as `2026-02-01`.
   */
  readonly at?: string | undefined;
  /** How far features look back, as in training: months, or `{ "days": 90 }`. Default 6 months. */
  readonly observe?: Span | undefined;
}

/** How the files of a history or an input are read: options of `openHistory`, or `read` of `scoreFile`. */
export interface JobReading
  extends Omit<ReadScoreOptions, "columns">,
    Pick<
      OpenSourcesOptions,
      "columns" | "onProblems" | "absentMonths" | "today" | "exclude" | "memoryLimit"
    > {}

/** A file or folder of scores. */
export interface JobFileOutput extends WriteScoreOptions {
  readonly path: string;
}

/** A table of PostgreSQL, keyed by subscriber and day. */
export interface JobTable {
  /** The table, with its schema if needed: `"churn.scores"`. */
  readonly postgres: string;
  /** The server, from an environment variable: `"${PGURL}"`. Default: from `PGHOST` and the other variables. */
  readonly connection?: string | undefined;
}

/** The summary of a job. */
export interface JobSummaryFile {
  readonly path: string;
  /** So many of the first subscribers of the list are named. Default 0. */
  readonly top?: number | undefined;
}

/** On which day a job runs, and by which variables. */
export interface JobDay {
  /** The day of the run, such as `2026-02-01`. Default: the present day, in the time zone of the job. */
  readonly date?: string | undefined;
  /** The environment variables that a job may name as `${NAME}`, such as `process.env`. Default: none. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}
