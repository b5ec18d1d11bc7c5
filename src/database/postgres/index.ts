import type { Database } from "../database.js";

/** Rows that a PostgreSQL query gives. Needs `pg` and `pg-cursor`. */
export interface PostgresInput {
  readonly postgres: string;
  /** URL of the database. Default: what `PGHOST`, `PGDATABASE` and the like say. */
  readonly connection?: string | undefined;
}

/** A table of PostgreSQL, keyed by id and day, written in one transaction. Needs `pg`. */
export interface PostgresOutput {
  /** With its schema if need be: `"churn.scores"`. Made where there is none. */
  readonly postgres: string;
  /** URL of the database. Default: what `PGHOST`, `PGDATABASE` and the like say. */
  readonly connection?: string | undefined;
  /** The day that the scores are of, such as `2026-02-01`. */
  readonly scoredOn: string;
}

export const postgres = {
  name: "postgres",
  label: "PostgreSQL",
  async rows({ postgres: query, connection }) {
    const { PostgresRows } = await import("./query-rows.js");
    return new PostgresRows(query, connection);
  },
  async sink({ postgres: into, connection, scoredOn }, columns) {
    const { postgresSink } = await import("./sink.js");
    return postgresSink({ connection, into, scoredOn }, columns);
  },
} as const satisfies Database<PostgresInput, PostgresOutput>;
