import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { HoldfastError } from "../../errors.js";

type DuckDB = typeof import("@duckdb/node-api");

/** Loads DuckDB when it is first needed. @throws HoldfastError `dependency.missing` when it is not installed. */
export async function loadDuckDB(
  load: () => Promise<DuckDB> = () => import("@duckdb/node-api"),
): Promise<DuckDB> {
  try {
    return await load();
  } catch (error) {
    throw new HoldfastError({
      code: "dependency.missing",
      path: {},
      expected: "must have DuckDB installed to read and write Parquet",
      received: undefined,
      hint: `npm install @duckdb/node-api; ${firstLine(error)}`,
    });
  }
}

/** DuckDB's low-level functions, which copy whole vectors. Load DuckDB itself first, for its error when it is not installed. */
export async function loadBindings(): Promise<typeof import("@duckdb/node-bindings")> {
  return (await import("@duckdb/node-bindings")).default;
}

/** A separate database in memory. */
export interface DuckDBSession {
  readonly connection: DuckDBConnection;
  readonly duckdb: DuckDB;
  /** Whether {@link close} was called. */
  readonly isClosed: boolean;
  /** A further connection to it, to be closed before the database is. */
  connectAgain(): Promise<DuckDBConnection>;
  /** Closes the database, and with it all that it holds; a second call does nothing. */
  close(): void;
}

/** Opens a database that the caller closes. Where one function does all the work, use {@link withDuckDB}. */
export async function openDuckDB(): Promise<DuckDBSession> {
  const duckdb = await loadDuckDB();
  const instance = await duckdb.DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    // Only made when a query does not fit in memory, and removed by DuckDB; the default is the working directory.
    temp_directory: join(tmpdir(), `holdfast-${randomUUID()}`),
  });
  try {
    const connection = await instance.connect();
    let isClosed = false;
    return {
      connection,
      duckdb,
      get isClosed() {
        return isClosed;
      },
      connectAgain: () => instance.connect(),
      close: () => {
        if (isClosed) return;
        isClosed = true;
        connection.closeSync();
        instance.closeSync();
      },
    };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/** Runs work on a separate database in memory, which is closed afterwards, also when the work fails. */
export async function withDuckDB<Result>(
  work: (connection: DuckDBConnection, duckdb: DuckDB) => Promise<Result>,
): Promise<Result> {
  const session = await openDuckDB();
  try {
    return await work(session.connection, session.duckdb);
  } finally {
    session.close();
  }
}

/** A name as an SQL identifier, in double quotes. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal, in single quotes. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The first line of an error's message, for hints. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0];
}
