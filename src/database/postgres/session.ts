import type { CustomTypesConfig, FieldDef, QueryResult } from "pg";
import type { HoldfastError } from "../../errors.js";
import { Pulse } from "../../progress.js";
import { missingPostgres, type PostgresWork, type Taken, take, Watch } from "./take-client.js";

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

/** A cell as the server writes it. */
export type CellText = string | null;
type TextResult = QueryResult<Readonly<Record<string, string>>>;

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

/** The cursor that reads a query's rows a few at a time. @throws HoldfastError `dependency.missing`. */
async function loadCursor(): Promise<typeof import("pg-cursor")> {
  try {
    return (await import("pg-cursor")).default;
  } catch (error) {
    throw missingPostgres(error);
  }
}
