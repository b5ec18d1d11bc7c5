import type { Database } from "./database.js";
import { duckdb } from "./duckdb/index.js";
import { postgres } from "./postgres/index.js";

/** The databases. A new one is a folder and a line here; reading rows from it and writing scores to it derive from this list. */
export const DATABASES = [duckdb, postgres] as const satisfies readonly Database<never, never>[];

type AnyDatabase = (typeof DATABASES)[number];

/** A query of a database, whose result is rows. */
export type DatabaseInput = Parameters<AnyDatabase["rows"]>[0];

/** A table of a database. */
export type DatabaseOutput = Parameters<Extract<AnyDatabase, { readonly sink: object }>["sink"]>[0];

/** The database that an input or an output names; undefined where it names none. */
export function databaseOf(end: object): Database<object, object> | undefined {
  return (DATABASES as readonly Database<object, object>[]).find(({ name }) => name in end);
}
