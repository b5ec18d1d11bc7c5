import type { Client } from "pg";
import { HoldfastError, type Problem, type ProblemCode, type ProblemPath } from "../../errors.js";
import { aborted, type LongWork, Pulse } from "../../progress.js";
import { firstLine } from "../duckdb/session.js";
import { faultText, placeInSql, type WrittenSql } from "../sql-fault.js";

/** How long to wait for a server that does not answer, in milliseconds. */
const CONNECT_WITHIN = 30_000;
/** Dates and times as text in ISO 8601 and UTC, whatever the server's or the role's settings. */
const AS_ISO = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'";

/** Which server to use, and the error to throw when it fails. */
export interface PostgresWork {
  readonly work: LongWork;
  /** A URL. Undefined: from `PGHOST` and the other variables of PostgreSQL. */
  readonly connection: string | undefined;
  readonly place: ProblemPath;
  readonly failure: { readonly code: ProblemCode; readonly expected: string };
  /** The query that the caller wrote, within the statements that are sent. */
  readonly written?: WrittenSql | undefined;
}

/** An open connection. */
export interface PostgresSession {
  readonly client: Client;
  /** Rejects when the connection breaks or the work is aborted: every wait for the server must race against it. */
  readonly lost: Promise<never>;
  /** The error to throw for one of the server or the connection. */
  errorOf(error: unknown): HoldfastError;
  close(): void;
}

/**
 * Runs `use` with a separate connection, which is closed afterwards. `lost` rejects when the connection breaks or the
 * work is aborted: every wait for the server must race against it.
 */
export async function withPostgres<Result>(
  asked: PostgresWork,
  use: (client: Client, lost: Promise<never>) => Promise<Result>,
): Promise<Result> {
  const session = await openPostgres(asked);
  try {
    return await Promise.race([use(session.client, session.lost), session.lost]);
  } catch (error) {
    throw session.errorOf(error);
  } finally {
    session.close();
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
  let client: Client | undefined;
  const close = () => {
    work.signal?.removeEventListener("abort", abort);
    // Not awaited: a server that is gone may never answer. While a query runs this breaks the connection.
    client?.end().catch(() => {});
  };
  try {
    client = new pg.Client({
      ...(connection === undefined ? {} : { connectionString: connection }),
      connectionTimeoutMillis: CONNECT_WITHIN,
      application_name: "holdfast",
      // All values as the server writes them: `pg` would read dates in the machine's time zone.
      types: { getTypeParser: () => (text: string) => text },
    });
    client.on("error", stop);
    client.on("end", () => stop(new Error("the connection ended")));
    await Promise.race([client.connect(), lost]);
    await Promise.race([client.query(AS_ISO), lost]);
    return { client, lost, errorOf, close };
  } catch (error) {
    close();
    throw errorOf(error);
  }
}

/** The cursor that reads a query's rows a few at a time. @throws HoldfastError `dependency.missing`. */
export async function loadCursor(): Promise<typeof import("pg-cursor")> {
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
