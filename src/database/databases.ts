import type { Database } from "./database.js";
import { duckdb } from "./duckdb/index.js";
import { postgres } from "./postgres/index.js";

/** The databases there are. A new one is its folder and a line here; what scores rows of it and into it follows. */
export const DATABASES = [duckdb, postgres] as const satisfies readonly Database<never, never>[];

type AnyDatabase = (typeof DATABASES)[number];

/** Rows that a query of a database gives. */
export type DatabaseInput = Parameters<AnyDatabase["rows"]>[0];

/** A table of a database. */
export type DatabaseOutput = Parameters<Extract<AnyDatabase, { readonly sink: object }>["sink"]>[0];

/** The database that an input or an output names; undefined where it is something else. */
export function databaseOf(end: object): Database<object, object> | undefined {
  return (DATABASES as readonly Database<object, object>[]).find(({ name }) => name in end);
}
