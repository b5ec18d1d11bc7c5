import type { OptionNames } from "../../arguments.js";
import type { Database } from "../database.js";
import { connectionProblems, type PostgresConnection } from "./connection.js";
import { tableProblems } from "./name-length.js";

/** The rows of a PostgreSQL query. Needs `pg` and `pg-cursor`. */
export interface PostgresInput {
  readonly postgres: string;
  /** A URL, a configuration of `pg`, a connected client or a pool. Default: from `PGHOST` and the other variables of PostgreSQL. */
  readonly connection?: PostgresConnection | undefined;
}

/** A table of PostgreSQL, keyed by id and day, written in one transaction. Needs `pg`. */
export interface PostgresOutput {
  /** The table, with its schema if needed: `"churn.scores"`. Created if it does not exist. */
  readonly postgres: string;
  /** A URL, a configuration of `pg`, a connected client or a pool. Default: from `PGHOST` and the other variables of PostgreSQL. */
  readonly connection?: PostgresConnection | undefined;
  /** The day of the scores, such as `2026-02-01`. */
  readonly scoredOn: string;
}

export const postgres = {
  name: "postgres",
  label: "PostgreSQL",
  inputOptions: { postgres: "required", connection: "optional" } satisfies OptionNames<PostgresInput>,
  outputOptions: {
    postgres: "required",
    connection: "optional",
    scoredOn: "required",
  } satisfies OptionNames<PostgresOutput>,
  problems: (functionName, argument, end) => [
    ...connectionProblems(functionName, `${argument}.connection`, end.connection),
    ...("scoredOn" in end
      ? tableProblems(end.postgres, { function: functionName, argument: `${argument}.postgres` })
      : []),
  ],
  async rows({ postgres: query, connection }) {
    const { PostgresRows } = await import("./query-rows.js");
    return new PostgresRows(query, connection);
  },
  async table({ postgres: query, connection }, place, options) {
    const { readQuery } = await import("./query-table.js");
    return readQuery(query, connection, place, options);
  },
  async sink({ postgres: into, connection, scoredOn }, columns) {
    const { postgresSink } = await import("./sink.js");
    return postgresSink({ connection, into, scoredOn }, columns);
  },
} as const satisfies Database<PostgresInput, PostgresOutput>;
