import type { Client, CustomTypesConfig, FieldDef, PoolClient, QueryResult } from "pg";
import { HoldfastError, type Problem, type ProblemCode, type ProblemPath } from "../../errors.js";
import { aborted, type LongWork, Pulse } from "../../progress.js";
import { firstLine } from "../duckdb/session.js";
import { faultText, placeInSql, type WrittenSql } from "../sql-fault.js";
import { isClient, isPool, type PostgresConnection } from "./connection.js";
import { loadCursor, loadPostgres } from "./load.js";

/** How long to wait for a server that does not answer, in milliseconds. */
const CONNECT_WITHIN = 30_000;
/** Within a transaction: dates and times as text in ISO 8601 and UTC, numbers in full, whatever the session's settings. */
const AS_ISO = `SELECT ${Object.entries({
  TimeZone: "UTC",
  DateStyle: "ISO, YMD",
  IntervalStyle: "iso_8601",
  extra_float_digits: "1",
})
  .map(([setting, value]) => `set_config('${setting}', '${value}', true)`)
  .join(", ")}`;
const SAVEPOINT = "holdfast_savepoint";
/** All values as the server writes them: `pg` would read dates in the machine's time zone. */
const AS_TEXT: CustomTypesConfig = { getTypeParser: () => (text: unknown) => String(text) };

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

/** A cell as the server writes it. */
export type CellText = string | null;
type TextResult = QueryResult<Readonly<Record<string, string>>>;

/** A client, and how it is given back. */
interface Taken {
  readonly client: Client | PoolClient;
  /** A separate connection, one of a pool, or a client that the caller uses too. */
  readonly from: "separate" | "pool" | "caller";
  /** @param isBroken whether it can't be used any more. */
  giveBack(isBroken: boolean): void;
}

/** Opens a session that the caller closes: with a separate connection, or one that the caller lends. */
export async function openPostgres(asked: PostgresWork): Promise<PostgresSession> {
  await new Pulse(asked.work).beat();
  const watch = new Watch(asked);
  try {
    return new PostgresSession(await take(asked.connection, watch), watch);
  } catch (error) {
    watch.end();
    throw watch.errorOf(error);
  }
}

/** Runs `use` with a session, which is closed afterwards. */
export async function withPostgres<Result>(
  asked: PostgresWork,
  use: (session: PostgresSession) => Promise<Result>,
): Promise<Result> {
  const session = await openPostgres(asked);
  try {
    return await use(session);
  } catch (error) {
    throw session.errorOf(error);
  } finally {
    await session.close();
  }
}

/** Ends every wait for the server when the connection breaks or the work is aborted. */
class Watch {
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

/** A session with a server. Values of all queries come as the server's texts. */
export class PostgresSession {
  private transaction: "none" | "whole" | "part" = "none";
  private cursor: { close(): Promise<void> } | undefined;
  private readonly onEnd = () => this.watch.stop(new Error("the connection ended"));

  constructor(
    private readonly taken: Taken,
    private readonly watch: Watch,
  ) {
    // Of the caller's client, so that its loss ends the waits; it is the caller's to handle.
    taken.client.on("error", watch.stop);
    taken.client.on("end", this.onEnd);
  }

  /** The error to throw for one of the server or the connection. */
  errorOf(error: unknown): HoldfastError {
    return this.watch.errorOf(error);
  }

  run(text: string, values: unknown[] = []): Promise<TextResult> {
    const query = { text, types: AS_TEXT, values };
    return Promise.race([this.taken.client.query<Readonly<Record<string, string>>>(query), this.watch.lost]);
  }

  /** The columns of a query that is then read, or not. */
  async fieldsOf(query: string): Promise<readonly FieldDef[]> {
    await this.beginReading();
    return (await this.run(`${query} LIMIT 0`)).fields;
  }

  /** The rows of a query, batch by batch: dates and times in ISO 8601 and UTC, numbers with all their digits. */
  async *read(query: string, batchRows: number): AsyncGenerator<CellText[][], void, undefined> {
    const Cursor = await loadCursor();
    await this.beginReading();
    const options = { rowMode: "array" as const, types: AS_TEXT };
    const cursor = this.taken.client.query(new Cursor<CellText[]>(query, [], options));
    this.cursor = cursor;
    for (;;) {
      const rows = await Promise.race([cursor.read(batchRows), this.watch.lost]);
      if (rows.length === 0) break;
      yield rows;
    }
    this.cursor = undefined;
    // Within the caller's transaction, what was set for it is taken back.
    if (this.transaction === "part") await this.rollBack();
    else await this.commit();
  }

  private async beginReading(): Promise<void> {
    if (this.transaction !== "none") return;
    await this.begin();
    await this.run(AS_ISO);
  }

  /** Begins a transaction, or a part of that of the caller. */
  async begin(): Promise<void> {
    const isPart = this.taken.from === "caller" && (await this.isInTransaction());
    await this.run(isPart ? `SAVEPOINT ${SAVEPOINT}` : "BEGIN");
    this.transaction = isPart ? "part" : "whole";
  }

  async commit(): Promise<void> {
    const end = this.transaction === "part" ? `RELEASE SAVEPOINT ${SAVEPOINT}` : "COMMIT";
    await this.run(end);
    this.transaction = "none";
  }

  /** Ends a session: without a commit before, nothing is kept. A client of the caller is left as it was. */
  async close(): Promise<void> {
    const { taken, watch, transaction } = this;
    watch.end();
    // What is separate ends with its connection; a statement that still runs breaks it.
    const mayBreak = taken.from === "separate" || (taken.from === "pool" && watch.isLost);
    if (mayBreak || transaction === "none") return this.giveBack(watch.isLost);
    const left = this.leaveTransaction().then(
      () => this.giveBack(false),
      () => this.giveBack(true),
    );
    // A statement that still runs keeps the client busy; whoever aborted does not wait for it.
    if (!watch.isLost) await left;
  }

  private giveBack(isBroken: boolean): void {
    const { client, giveBack } = this.taken;
    client.off("error", this.watch.stop);
    client.off("end", this.onEnd);
    // What a connection that is being closed has to say is of no use any more.
    if (this.taken.from === "separate") client.on("error", () => {});
    giveBack(isBroken);
  }

  private async leaveTransaction(): Promise<void> {
    const closed = this.cursor?.close().catch(() => {});
    // Where the work was aborted all is sent at once: no query of the caller's may come in between.
    if (!this.watch.isLost) await closed;
    await this.rollBack();
  }

  private async rollBack(): Promise<void> {
    const ofPart = [`ROLLBACK TO SAVEPOINT ${SAVEPOINT}`, `RELEASE SAVEPOINT ${SAVEPOINT}`];
    const statements = this.transaction === "part" ? ofPart : ["ROLLBACK"];
    this.transaction = "none";
    const sent: Promise<unknown>[] = [];
    for (const statement of statements) {
      const done = this.taken.client.query(statement);
      if (!this.watch.isLost) await done;
      sent.push(done);
    }
    await Promise.all(sent);
  }

  private async isInTransaction(): Promise<boolean> {
    // Newer versions of `pg` know; of older ones the server is asked.
    const { client } = this.taken;
    const status = (client as { getTransactionStatus?(): string | null }).getTransactionStatus?.();
    if (typeof status === "string") return status !== "I";
    try {
      await this.run(`SAVEPOINT ${SAVEPOINT}`);
      await this.run(`RELEASE SAVEPOINT ${SAVEPOINT}`);
      return true;
    } catch (error) {
      if ((error as { readonly code?: string }).code === NO_TRANSACTION) return false;
      throw error;
    }
  }
}

const NO_TRANSACTION = "25P01";

/** Takes a client of the caller's, one of a pool, or a separate one. */
async function take(connection: PostgresConnection | undefined, { lost, stop }: Watch): Promise<Taken> {
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
