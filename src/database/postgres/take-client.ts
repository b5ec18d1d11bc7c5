import type { Client, PoolClient } from "pg";
import { HoldfastError, type Problem, type ProblemCode, type ProblemPath } from "../../errors.js";
import { aborted, type LongWork } from "../../progress.js";
import { firstLine } from "../duckdb/session.js";
import { faultText, placeInSql, type WrittenSql } from "../sql-fault.js";
import { isClient, isPool, type PostgresConnection } from "./connection.js";

/** How long to wait for a server that does not answer, in milliseconds. */
const CONNECT_WITHIN = 30_000;

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

/** A client, and how it is given back. */
export interface Taken {
  readonly client: Client | PoolClient;
  /** A separate connection, one of a pool, or a client that the caller uses too. */
  readonly from: "separate" | "pool" | "caller";
  /** @param isBroken whether it can't be used any more. */
  giveBack(isBroken: boolean): void;
}

/** Ends every wait for the server when the connection breaks or the work is aborted. */
export class Watch {
  isLost = false;
  readonly lost: Promise<never>;
  readonly stop: (error: Error) => void;
  private readonly abort: () => void;

  constructor(private readonly asked: PostgresWork) {
    let reject: (error: Error) => void = () => {};
    this.lost = new Promise<never>((_, fail) => {
      reject = fail;
    });
    this.lost.catch(() => {});
    this.stop = (error) => {
      this.isLost = true;
      reject(error);
    };
    this.abort = () => this.stop(new Error("aborted"));
    asked.work.signal?.addEventListener("abort", this.abort);
  }

  end(): void {
    this.asked.work.signal?.removeEventListener("abort", this.abort);
  }

  errorOf(error: unknown): HoldfastError {
    if (this.asked.work.signal?.aborted) return aborted();
    if (error instanceof HoldfastError) return error;
    return new HoldfastError(problemOf(error, this.asked), 1, { cause: error });
  }
}

/** Takes a client of the caller's, one of a pool, or a separate one. */
export async function take(
  connection: PostgresConnection | undefined,
  { lost, stop }: Watch,
): Promise<Taken> {
  if (typeof connection === "object" && isPool(connection)) {
    const asked = (connection.connect as () => Promise<PoolClient>)();
    try {
      const client = await Promise.race([asked, lost]);
      return { client, from: "pool", giveBack: (isBroken) => client.release(isBroken) };
    } catch (error) {
      asked.then(
        (late) => late.release(),
        () => {},
      );
      throw error;
    }
  }
  if (typeof connection === "object" && isClient(connection)) {
    return { client: connection as unknown as Client, from: "caller", giveBack: () => {} };
  }
  const pg = await loadPostgres();
  const given = typeof connection === "string" ? { connectionString: connection } : connection;
  const settings = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  const client = new pg.Client({
    connectionTimeoutMillis: CONNECT_WITHIN,
    application_name: "holdfast",
    ...Object.fromEntries(settings),
  });
  // Not awaited: a server that is gone may never answer. While a query runs this breaks the connection.
  const giveBack = () => void client.end().catch(() => {});
  client.on("error", stop);
  try {
    await Promise.race([client.connect(), lost]);
  } catch (error) {
    giveBack();
    throw error;
  }
  return { client, from: "separate", giveBack };
}

/** The error for `pg` or `pg-cursor` not being installed. */
export function missingPostgres(error: unknown): HoldfastError {
  return new HoldfastError({
    code: "dependency.missing",
    path: {},
    expected: "must have pg and pg-cursor installed to work with PostgreSQL",
    received: undefined,
    hint: `npm install pg pg-cursor; ${firstLine(error)}`,
  });
}

/** The problem of an error of the server, with the place in the query that the caller wrote. */
function problemOf(error: unknown, { place, failure, written }: PostgresWork): Problem {
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
