import type { QueryResult } from "pg";
import {
  HoldfastError,
  invalidArgument,
  optionText,
  type Problem,
  type ProblemPath,
  Problems,
} from "../../errors.js";
import { aborted, type LongWork, Pulse } from "../../progress.js";
import { parseDay } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import { type Column, cellOf, findColumn, placeOf, type Table } from "../../table/table.js";
import { quoteIdentifier } from "../duckdb/session.js";
import type { PostgresConnection } from "./connection.js";
import { nameLengthProblems, tableProblems } from "./name-length.js";
import { openPostgres, type PostgresSession } from "./session.js";
import { createSql, insertSql, SCORED_ON, typeOf } from "./upsert-sql.js";

/** Options of {@link upsertIntoPostgres}. */
export interface UpsertOptions extends LongWork {
  /** A URL, a configuration of `pg`, a connected client or a pool. Default: from `PGHOST` and the other variables of PostgreSQL. */
  readonly connection?: PostgresConnection | undefined;
  /** The table to write into, with its schema if needed: `"scores"`, `"churn.scores"`. */
  readonly into: string;
  /** The column that identifies a row, such as a subscriber's id or a tier, or the columns that do together. Default `"id"`. */
  readonly key?: string | readonly string[] | undefined;
  /** The day of the scores, such as `2026-02-01`. */
  readonly scoredOn: string;
  /** Whether a table that does not exist is created. Default true. */
  readonly create?: boolean | undefined;
}

/** Rows that are sent at a time. */
const BATCH_ROWS = 5_000;

const FAILURE = { code: "data.unwritable", expected: "must be writable to PostgreSQL" } as const;

/** The public function that errors name, and its arguments for options. */
export interface UpsertCaller {
  readonly function: string;
  readonly into: string;
  readonly scoredOn: string;
}

const DIRECT: UpsertCaller = { function: "upsertIntoPostgres", into: "into", scoredOn: "scoredOn" };

/** Writes tables of the same columns into a table of PostgreSQL, in one transaction. */
export class PostgresUpsert {
  /** Aborting ends the work, except while the server commits: whether the rows were kept would not be known. */
  private readonly breakOff: () => void;
  private insert = "";
  private written = 0;

  private constructor(
    private readonly session: PostgresSession,
    private readonly options: UpsertOptions,
    private readonly scoredOn: string,
    private readonly caller: UpsertCaller,
    breaking: AbortController,
  ) {
    this.breakOff = () => breaking.abort();
    options.signal?.addEventListener("abort", this.breakOff);
  }

  /**
   * Begins the transaction, and creates the table if it does not exist.
   * @param example a table with the columns that will be written; it may have no rows.
   * @throws HoldfastError as `upsertIntoPostgres` does.
   */
  static async open(example: Table, options: UpsertOptions, caller = DIRECT): Promise<PostgresUpsert> {
    const scoredOn = checkUpsert(example, options, caller);
    await new Pulse(options).beat();
    const breaking = new AbortController();
    const place = placeIn(caller);
    const work = { signal: breaking.signal };
    const { connection } = options;
    const session = await openPostgres({ work, connection, place, failure: FAILURE });
    const upsert = new PostgresUpsert(session, options, scoredOn, caller, breaking);
    await upsert.guarded(() => upsert.begin(example));
    return upsert;
  }

  /** @throws HoldfastError for keys that are missing or appear twice, and with the server's message. */
  async write(table: Table, work: LongWork = this.options): Promise<void> {
    checkKeys(table, keysOf(this.options), this.caller);
    const pulse = new Pulse(work);
    await this.guarded(async () => {
      for (let from = 0; from < table.rowCount; from += BATCH_ROWS) {
        const to = Math.min(from + BATCH_ROWS, table.rowCount);
        const cells = table.columns.map((column) => cellsOf(column, from, to));
        const { rowCount } = await this.session.run(this.insert, [...cells, this.scoredOn]);
        if (rowCount !== to - from) throw notAllTaken(this.caller, this.options.into, rowCount, to - from);
        this.written += to - from;
        pulse.report({ phase: "writing to PostgreSQL", done: to, total: table.rowCount });
        await pulse.beat();
      }
    });
  }

  /** Commits all that was written, and closes the session. @returns how many rows. */
  async commit(): Promise<number> {
    this.options.signal?.removeEventListener("abort", this.breakOff);
    await this.guarded(() => this.session.commit());
    await this.close();
    return this.written;
  }

  /** Closes the session. Without a commit before, the server rolls back and no row is kept. */
  async close(): Promise<void> {
    this.options.signal?.removeEventListener("abort", this.breakOff);
    await this.session.close();
  }

  private async begin(example: Table): Promise<void> {
    const { into, create = true } = this.options;
    const target = into.split(".").map(quoteIdentifier).join(".");
    const run: Run = (sql, values) => this.session.run(sql, values);
    await this.session.begin();
    let types = await typesOf(run, target);
    // Not IF NOT EXISTS alone: a user with the right to write into a table may not have the right to create one.
    if (types.size === 0 && create) {
      await run(createSql(target, example, keysOf(this.options)));
      types = await typesOf(run, target);
    }
    checkColumns(this.caller, example, types, target);
    this.insert = insertSql(target, example, keysOf(this.options), types);
  }

  private async guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      await this.close();
      throw this.options.signal?.aborted === true ? aborted() : this.session.errorOf(error);
    }
  }
}

function keysOf({ key = "id" }: UpsertOptions): readonly string[] {
  return typeof key === "string" ? [key] : key;
}

type Run = (sql: string, values?: unknown[]) => Promise<QueryResult<Readonly<Record<string, string>>>>;

/** The types of the database's columns; none where there is no such table. */
async function typesOf(run: Run, target: string): Promise<ReadonlyMap<string, string>> {
  // Types without their lengths: a cast to varchar(2) would silently cut what an assignment refuses.
  const { rows } = await run(
    `SELECT attname::text AS name, format_type(atttypid, -1) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [target],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

function placeIn({ function: called, into }: UpsertCaller): ProblemPath {
  return { function: called, argument: into };
}

function checkColumns(
  caller: UpsertCaller,
  { columns }: Table,
  types: ReadonlyMap<string, string>,
  target: string,
): void {
  const path = placeIn(caller);
  if (types.size === 0) {
    throw new HoldfastError({
      code: "data.unwritable",
      path,
      expected: "must be a table of the database",
      received: undefined,
      hint: `there is no ${target}; leave out ${optionText("create", false)} to have it created`,
    });
  }
  const problems = new Problems();
  const wanted = [...columns.map((column) => [column.name, typeOf(column)]), [SCORED_ON, "date"]];
  for (const [column, type] of wanted) {
    if (types.has(column)) continue;
    problems.add({
      code: "data.missing-column",
      path: { ...path, column },
      expected: "must be in the database's table",
      received: undefined,
      hint: `ALTER TABLE ${target} ADD COLUMN ${quoteIdentifier(column)} ${type}`,
    });
  }
  problems.throwIfAny();
}

function notAllTaken(caller: UpsertCaller, into: string, taken: number | null, sent: number): HoldfastError {
  return new HoldfastError({
    code: "data.unwritable",
    path: placeIn(caller),
    expected: `must take all rows of a batch, it took ${taken} of ${sent} and none was kept`,
    received: into,
    hint: "keys that differ as text are equal in the table, as 7 and 007 are as bigint, or a trigger leaves rows out",
  });
}

/** @returns the day. @throws HoldfastError for invalid options, and key columns that do not exist. */
export function checkUpsert(table: Table, options: UpsertOptions, caller = DIRECT): string {
  const { into, scoredOn } = options;
  const keys = keysOf(options);
  const day = typeof scoredOn === "string" ? parseDay(scoredOn) : undefined;
  if (day === undefined) {
    const date: unknown = scoredOn;
    const isDate = date instanceof Date && !Number.isNaN(date.getTime());
    const hint = isDate ? `write ${JSON.stringify(date.toISOString().slice(0, 10))}` : undefined;
    invalidArgument(caller.function, caller.scoredOn, "must be a day such as 2026-02-01", scoredOn, hint);
  }
  if (typeof into !== "string" || !/^[^.]+(\.[^.]+)?$/.test(into)) {
    invalidArgument(caller.function, caller.into, "must name a table, with its schema if needed", into);
  }
  const long = tableProblems(into, placeIn(caller));
  const place = { ...placeOf(table), function: caller.function };
  long.push(...table.columns.flatMap(({ name }) => nameLengthProblems(name, { ...place, column: name })));
  if (long.length > 0) throw new HoldfastError(long);
  if (keys.length === 0) invalidArgument(caller.function, "key", "must not be empty", keys);
  if (findColumn(table, SCORED_ON) !== undefined) {
    invalidArgument(caller.function, "table", `must have no column ${SCORED_ON}`, SCORED_ON);
  }
  keyColumns(table, keys, caller);
  return formatDate(day);
}

function keyColumns(table: Table, keys: readonly string[], caller: UpsertCaller): Column[] {
  const place = { ...placeOf(table), function: caller.function };
  return keys.map((key) => {
    const column = findColumn(table, key);
    if (column !== undefined) return column;
    const path = { ...place, column: key };
    throw new HoldfastError({
      code: "data.missing-column",
      path,
      expected: "must be there: it is the key",
      received: undefined,
    });
  });
}

/** @throws HoldfastError with all keys that are missing, appear twice, or that PostgreSQL can't hold. */
export function checkKeys(table: Table, keys: readonly string[], caller = DIRECT): void {
  const place = { ...placeOf(table), function: caller.function };
  const columns = keyColumns(table, keys, caller);
  const problems = new Problems();
  const seen = new Map<string, number>();
  for (let row = 0; row < table.rowCount; row++) {
    const cells = columns.map((column) => cellOf(column, row));
    const add = (code: "data.wrong-type" | "data.malformed", at: number, expected: string) => {
      const path = { ...place, column: keys[at], row: row + 1 };
      problems.add({ code, path, expected, received: cells[at] } satisfies Problem);
    };
    cells.forEach((cell, at) => {
      if (cell === null || cell === "") add("data.wrong-type", at, "must not be missing");
      else if (NOT_STORABLE.test(String(cell))) {
        add("data.wrong-type", at, "must be text that PostgreSQL can hold");
      }
    });
    if (cells.includes(null)) continue;
    const text = cells.length === 1 ? String(cells[0]) : JSON.stringify(cells);
    const before = seen.get(text);
    if (before === undefined) seen.set(text, row);
    else add("data.malformed", 0, `must appear once, row ${before + 1} has it too`);
  }
  problems.throwIfAny();
}

/** NUL, which PostgreSQL can't store, and halves of a character, which would all be stored as the same replacement mark. */
const NOT_STORABLE = /[\0\p{Surrogate}]/u;

/** Numbers as text too: their shortest decimal form, which is sent to the server, keeps every bit. */
function cellsOf(column: Column, from: number, to: number): (string | null)[] {
  return Array.from({ length: to - from }, (_, i) => {
    const cell = cellOf(column, from + i);
    return cell === null ? null : String(cell);
  });
}
