import type { OptionNames } from "../../arguments.js";
import type { Database } from "../database.js";

/** The rows of a DuckDB query. */
export interface DuckDBInput {
  readonly duckdb: string;
  /** A DuckDB file, opened for reading only. Default: a database in memory, for queries that name files. */
  readonly database?: string | undefined;
}

export const duckdb = {
  name: "duckdb",
  label: "DuckDB",
  inputOptions: { duckdb: "required", database: "optional" } satisfies OptionNames<DuckDBInput>,
  async rows({ duckdb: query, database }) {
    const { QueryRows } = await import("./query-rows.js");
    return new QueryRows(query, database);
  },
  async table({ duckdb: query, database }, place, options) {
    const { readQuery } = await import("./query-table.js");
    return readQuery(query, database, place, options);
  },
} as const satisfies Database<DuckDBInput>;
