import type { Client } from "pg";
import { HoldfastError, type ProblemCode, type ProblemPath } from "../../errors.js";
import { aborted, type LongWork, Pulse } from "../../progress.js";
import { firstLine } from "../duckdb/session.js";

/** How long to wait for a server that does not answer, in milliseconds. */
const CONNECT_WITHIN = 30_000;
/** Dates and times as text in ISO 8601 and UTC, whatever the server's or the role's settings. */
const AS_ISO = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'";

/** Which server, for what, and what to say when it fails. */
export interface PostgresWork {
  readonly work: LongWork;
  /** Default: what `PGHOST` and the like say. */
  readonly connection: string | undefined;
  readonly place: ProblemPath;
  readonly failure: { readonly code: ProblemCode; readonly expected: string };
}

/** An open connection. */
export interface PostgresSession {
  readonly client: Client;
  /** Race what waits for the server against this: it fails when the connection breaks or the work is aborted. */
  readonly lost: Promise<never>;
  /** What to throw for an error of the server or the connection. */
  errorOf(error: unknown): HoldfastError;
  close(): void;
}

/**
 * Works with a connection of its own, closed afterwards. Race what waits for the server against `lost`: it fails when
 * the connection breaks or the work is aborted.
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

/** Opens a connection that its caller closes. */
export async function openPostgres({
  work,
  connection,
  place,
  failure,
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
    return new HoldfastError({ ...failure, path: place, received: undefined, hint: messageOf(error) });
  };
  let client: Client | undefined;
  const close = () => {
    work.signal?.removeEventListener("abort", abort);
    // Not awaited: a server that is gone may never answer. With a query under way this breaks the connection.
    client?.end().catch(() => {});
  };
  try {
    client = new pg.Client({
      ...(connection === undefined ? {} : { connectionString: connection }),
      connectionTimeoutMillis: CONNECT_WITHIN,
      application_name: "holdfast",
      // All values as the server writes them: `pg` would make dates of the machine's own time zone.
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

/** What to say where `pg` or `pg-cursor` is not installed. */
function missingPostgres(error: unknown): HoldfastError {
  return new HoldfastError({
    code: "dependency.missing",
    path: {},
    expected: "must have pg and pg-cursor installed to work with PostgreSQL",
    received: undefined,
    hint: `npm install pg pg-cursor; ${firstLine(error)}`,
  });
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
