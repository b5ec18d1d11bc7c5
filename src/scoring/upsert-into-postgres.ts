import type { QueryResult } from "pg";
import { HoldfastError, invalidArgument, type Problem, Problems } from "../errors.js";
import { type LongWork, Pulse } from "../progress.js";
import { parseDay } from "../table/calendar.js";
import { formatDate } from "../table/dates.js";
import { quoteIdentifier } from "../table/duckdb.js";
import { withPostgres } from "../table/postgres.js";
import { type Column, cellOf, findColumn, placeOf, type Table } from "../table/table.js";
import { createSql, insertSql, SCORED_ON, typeOf } from "./upsert-sql.js";

export interface UpsertOptions extends LongWork {
  /** URL of the database. Default: what `PGHOST`, `PGDATABASE` and the like say. */
  readonly connection?: string | undefined;
  /** The table to write into, with its schema if need be: `"scores"`, `"churn.scores"`. */
  readonly into: string;
  /** The column that names a row, a subscriber's id or a tier, or the columns that do together. Default `"id"`. */
  readonly key?: string | readonly string[] | undefined;
  /** The day that the scores are of, such as `2026-02-01`. */
  readonly scoredOn: string;
  /** Whether the table is made where there is none. Default true. */
  readonly create?: boolean | undefined;
}

/** Rows that are sent at a time. */
const BATCH_ROWS = 5_000;
const FUNCTION = "upsertIntoPostgres";
const FAILURE = { code: "data.unwritable", expected: "must be writable to PostgreSQL" } as const;

/**
 * Writes scores, or any table with a key, into a PostgreSQL table: a row per key and `scored_on`, in one transaction.
 * Rows of the same key and day are replaced, other days stay. All rows are written or, when anything fails, none.
 * Where the table is made, numbers become `double precision` (missing ones NULL), all else text; a table of one's own
 * may have other types, such as `bigint` for ids, and more columns, which are left alone. Needs `pg`.
 * @returns how many rows were written
 * @example await upsertIntoPostgres(scoreTable(model, table), { into: "churn.scores", scoredOn: "2026-02-01" })
 * @example await upsertIntoPostgres(tierTableAsTable(model.training.tierTable), { into: "tiers", key: "tier", scoredOn: "2026-02-01" })
 * @throws HoldfastError for a key that lacks, is missing or comes twice, a day that is none, columns that the database's
 * table lacks, and `data.unwritable` with what the server said; with code `aborted` when `signal` was.
 */
export async function upsertIntoPostgres(table: Table, options: UpsertOptions): Promise<number> {
  const { connection, into, key = "id", create = true, onProgress, signal } = options;
  const keys = typeof key === "string" ? [key] : key;
  const scoredOn = checked(table, keys, options);
  const target = into.split(".").map(quoteIdentifier).join(".");
  const pulse = new Pulse({ onProgress, signal });
  await pulse.beat();
  // Aborting breaks the connection, except while the server commits: what is then kept, nobody would know.
  const breaking = new AbortController();
  const breakOff = () => breaking.abort();
  signal?.addEventListener("abort", breakOff);
  const place = { function: FUNCTION, argument: "into" };
  const work = { signal: breaking.signal };
  await withPostgres({ work, connection, place, failure: FAILURE }, async (client, lost) => {
    const run = (sql: string, values: unknown[] = []) => Promise.race([client.query(sql, values), lost]);
    await run("BEGIN");
    let types = await typesOf(run, target);
    // Not IF NOT EXISTS alone: who may write into a table need not have the right to make one.
    if (types.size === 0 && create) {
      await run(createSql(target, table, keys));
      types = await typesOf(run, target);
    }
    checkColumns(table, types, target);
    const insert = insertSql(target, table, keys, types);
    for (let from = 0; from < table.rowCount; from += BATCH_ROWS) {
      const to = Math.min(from + BATCH_ROWS, table.rowCount);
      const cells = table.columns.map((column) => cellsOf(column, from, to));
      const { rowCount } = await run(insert, [...cells, scoredOn]);
      if (rowCount !== to - from) throw notAllTaken(into, rowCount, to - from);
      pulse.report({ phase: "writing to PostgreSQL", done: to, total: table.rowCount });
      await pulse.beat();
    }
    // Whoever leaves before this line, by whatever error, leaves nothing: the connection ends and the server rolls back.
    signal?.removeEventListener("abort", breakOff);
    await run("COMMIT");
  }).finally(() => signal?.removeEventListener("abort", breakOff));
  return table.rowCount;
}

type Run = (sql: string, values?: unknown[]) => Promise<QueryResult<Readonly<Record<string, string>>>>;

/** The types of the database's columns; none where there is no such table. */
async function typesOf(run: Run, target: string): Promise<ReadonlyMap<string, string>> {
  // Types without their lengths: a cast to varchar(2) would cut in silence what an assignment refuses.
  const { rows } = await run(
    `SELECT attname::text AS name, format_type(atttypid, -1) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [target],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

function checkColumns({ columns }: Table, types: ReadonlyMap<string, string>, target: string): void {
  const path = { function: FUNCTION, argument: "into" };
  if (types.size === 0) {
    throw new HoldfastError({
      code: "data.unwritable",
      path,
      expected: "must be a table of the database",
      received: undefined,
      hint: `there is no ${target}; leave out create: false to have it made`,
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

function notAllTaken(into: string, taken: number | null, sent: number): HoldfastError {
  return new HoldfastError({
    code: "data.unwritable",
    path: { function: FUNCTION, argument: "into" },
    expected: `must take all rows of a batch, it took ${taken} of ${sent} and none was kept`,
    received: into,
    hint: "keys that differ as text are one to the table, as 7 and 007 are to a bigint, or a trigger leaves rows out",
  });
}

/** @returns the day. @throws HoldfastError with all that is wrong. */
function checked(table: Table, keys: readonly string[], { into, scoredOn }: UpsertOptions): string {
  const day = typeof scoredOn === "string" ? parseDay(scoredOn) : undefined;
  if (day === undefined) {
    invalidArgument(FUNCTION, "scoredOn", "must be a day such as 2026-02-01", scoredOn);
  }
  if (typeof into !== "string" || !/^[^.]+(\.[^.]+)?$/.test(into)) {
    invalidArgument(FUNCTION, "into", "must name a table, with its schema if need be", into);
  }
  if (keys.length === 0) invalidArgument(FUNCTION, "key", "must not be empty", keys);
  if (findColumn(table, SCORED_ON) !== undefined) {
    invalidArgument(FUNCTION, "table", `must have no column ${SCORED_ON}`, SCORED_ON);
  }
  const place = { ...placeOf(table), function: FUNCTION };
  const problems = new Problems();
  const columns = keys.map((key) => {
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
    else add("data.malformed", 0, `must come once, row ${before + 1} has it too`);
  }
  problems.throwIfAny();
  return formatDate(day);
}

/** NUL, which PostgreSQL has no place for, and halves of a character, which would all be stored as the same mark. */
const NOT_STORABLE = /[\0\p{Surrogate}]/u;

/** Numbers as text too, so that their shortest form, which tells every bit, is what goes over the wire. */
function cellsOf(column: Column, from: number, to: number): (string | null)[] {
  return Array.from({ length: to - from }, (_, i) => {
    const cell = cellOf(column, from + i);
    return cell === null ? null : String(cell);
  });
}
