import type { QueryResult } from "pg";
import type Cursor from "pg-cursor";
import { HoldfastError, type Problem, type ProblemCode, type ProblemPath } from "../../errors.js";
import { aborted, type LongWork, Pulse } from "../../progress.js";
import { firstLine } from "../duckdb/session.js";
import { faultText, placeInSql, type WrittenSql } from "../sql-fault.js";
import type { PostgresConnection } from "./connection.js";
import { AS_TEXT, takeClient } from "./take-client.js";

/** Which server to use, and the error to throw when it fails. */
export interface PostgresWork {
  readonly work: LongWork;
  /** Undefined: from `PGHOST` and the other variables of PostgreSQL. */
  readonly connection: PostgresConnection | undefined;
  readonly place: ProblemPath;
  readonly failure: { readonly code: ProblemCode; readonly expected: string };
  /** The query that the caller wrote, within the statements that are sent. */
  readonly written?: WrittenSql | undefined;
}

/** An open connection. */
export interface PostgresSession {
  /** Runs a statement; all values come as the server writes them. */
  query(sql: string, values?: readonly unknown[]): Promise<QueryResult>;
  /** Reads the rows of a query a few at a time, each as an array of texts. */
  cursor(sql: string): Promise<Cursor<(string | null)[]>>;
  /** Rejects when the connection breaks or the work is aborted: every wait for the server must race against it. */
  readonly lost: Promise<never>;
  /** The error to throw for one of the server or the connection. */
  errorOf(error: unknown): HoldfastError;
  /** Ends the connection; one of the caller is given back with the settings that it had. */
  close(): Promise<void>;
}

/**
 * Runs `use` with a connection, which is closed afterwards unless it is the caller's. `lost` rejects when the connection breaks or the
 * work is aborted: every wait for the server must race against it.
 */
export async function withPostgres<Result>(
  asked: PostgresWork,
  use: (session: PostgresSession) => Promise<Result>,
): Promise<Result> {
  const session = await openPostgres(asked);
  try {
    return await Promise.race([use(session), session.lost]);
  } catch (error) {
    throw session.errorOf(error);
  } finally {
    await session.close();
  }
}

/** Opens a connection that the caller closes. */
export async function openPostgres({
  work,
  connection,
  place,
  failure,
  written,
}: PostgresWork): Promise<PostgresSession> {
  await new Pulse(work).beat();
  const pg = await loadPostgres();
  let stop: (error: Error) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    stop = reject;
  });
  lost.catch(() => {});
  const abort = () => stop(new Error("aborted"));
  work.signal?.addEventListener("abort", abort);
  const errorOf = (error: unknown): HoldfastError => {
    if (work.signal?.aborted) return aborted();
    if (error instanceof HoldfastError) return error;
    return new HoldfastError(problemOf(error, { place, failure, written }), 1, { cause: error });
  };
  let end: () => Promise<void> = async () => {};
  const close = async () => {
    work.signal?.removeEventListener("abort", abort);
    const once = end;
    end = async () => {};
    await once();
  };
  try {
    const taken = await takeClient(pg, connection, lost, stop);
    end = taken.end;
    await Promise.race([taken.begin(), lost]);
    const { client } = taken;
    return {
      query: async (sql, values) =>
        client.query({ text: sql, types: AS_TEXT, ...(values === undefined ? {} : { values: [...values] }) }),
      cursor: async (sql) => {
        const Cursor = await loadCursor();
        return client.query(new Cursor<(string | null)[]>(sql, [], { rowMode: "array", types: AS_TEXT }));
      },
      lost,
      errorOf,
      close,
    };
  } catch (error) {
    await close();
    throw errorOf(error);
  }
}

/** The cursor that reads a query's rows a few at a time. @throws HoldfastError `dependency.missing`. */
async function loadCursor(): Promise<typeof import("pg-cursor")> {
  try {
    return (await import("pg-cursor")).default;
  } catch (error) {
    throw missingPostgres(error);
  }
}

/** The error for `pg` or `pg-cursor` not being installed. */
function missingPostgres(error: unknown): HoldfastError {
  return new HoldfastError({
    code: "dependency.missing",
    path: {},
    expected: "must have pg and pg-cursor installed to work with PostgreSQL",
    received: undefined,
    hint: `npm install pg pg-cursor; ${firstLine(error)}`,
  });
}

/** The problem of an error of the server, with the place in the query that the caller wrote. */
function problemOf(
  error: unknown,
  { place, failure, written }: Omit<PostgresWork, "work" | "connection">,
): Problem {
  const message = messageOf(error);
  // In characters, from 1, as text.
  const { position } = error as { readonly position?: string };
  const at = written && position !== undefined ? placeInSql(written, Number(position) - 1) : undefined;
  if (written === undefined || at === undefined) {
    return { ...failure, path: place, received: undefined, hint: message };
  }
  const hint = faultText({ message, place: at }, written.text);
  return { ...failure, path: { ...place, line: at.line }, received: written.text, hint };
}

/** A refused connection to several addresses is an AggregateError without a message. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(firstLine).join("; ");
  const message = firstLine(error) || String(error);
  return /EPIPE|ECONNRESET/.test(message) ? `the connection broke: ${message}` : message;
}

async function loadPostgres(): Promise<typeof import("pg")["default"]> {
  try {
    return (await import("pg")).default;
  } catch (error) {
    throw missingPostgres(error);
  }
}
