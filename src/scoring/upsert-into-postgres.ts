import { HoldfastError, invalidArgument, type Problem, Problems } from "../errors.js";
import { type LongWork, Pulse } from "../progress.js";
import { parseDay } from "../table/calendar.js";
import { formatDate } from "../table/dates.js";
import { quoteIdentifier } from "../table/duckdb.js";
import { withPostgres } from "../table/postgres.js";
import { type Column, cellOf, findColumn, placeOf, type Table } from "../table/table.js";

export interface UpsertOptions extends LongWork {
  /** URL of the database. Default: what `PGHOST`, `PGDATABASE` and the like say. */
  readonly connection?: string | undefined;
  /** The table to write into, with its schema if need be: `"scores"`, `"churn.scores"`. */
  readonly into: string;
  /** The column that names a row: a subscriber's id, or a tier. Default `"id"`. */
  readonly key?: string | undefined;
  /** The day that the scores are of, such as `2026-02-01`. */
  readonly scoredOn: string;
  /** Whether the table is made where there is none. Default true. */
  readonly create?: boolean | undefined;
}

/** Rows that are sent at a time. */
const BATCH_ROWS = 5_000;
const SCORED_ON = "scored_on";
const FAILURE = { code: "data.unwritable", expected: "must be writable to PostgreSQL" } as const;

/**
 * Writes scores, or any table with a key, into a PostgreSQL table: a row per key and `scored_on`, in one transaction.
 * Rows of the same key and day are replaced, other days stay. All rows are written or, when anything fails, none.
 * Numbers become `double precision` (missing ones NULL), all else text. Needs `pg`.
 * @returns how many rows were written
 * @example await upsertIntoPostgres(scoreTable(model, table), { into: "churn.scores", scoredOn: "2026-02-01" })
 * @example await upsertIntoPostgres(tierTableAsTable(model.training.tierTable), { into: "tiers", key: "tier", scoredOn: "2026-02-01" })
 * @throws HoldfastError for a key that lacks, is missing or comes twice, a day that is none, and `data.unwritable` with
 * what the server said; with code `aborted` when `signal` was.
 */
export async function upsertIntoPostgres(table: Table, options: UpsertOptions): Promise<number> {
  const { connection, into, key = "id", create = true, onProgress, signal } = options;
  const scoredOn = checked(table, key, options);
  const work = { onProgress, signal };
  const target = into.split(".").map(quoteIdentifier).join(".");
  const pulse = new Pulse(work);
  const place = { function: "upsertIntoPostgres", argument: "into" };
  await withPostgres({ work, connection, place, failure: FAILURE }, async (client, lost) => {
    const run = (sql: string, values: unknown[] = []) => Promise.race([client.query(sql, values), lost]);
    await run("BEGIN");
    if (create) await run(createSql(target, table, key));
    const insert = insertSql(target, table, key);
    for (let from = 0; from < table.rowCount; from += BATCH_ROWS) {
      const to = Math.min(from + BATCH_ROWS, table.rowCount);
      await run(insert, [...table.columns.map((column) => cellsOf(column, from, to)), scoredOn]);
      pulse.report({ phase: "writing to PostgreSQL", done: to, total: table.rowCount });
      await pulse.beat();
    }
    // Whoever leaves before this line, by whatever error, leaves nothing: the connection ends and the server rolls back.
    await run("COMMIT");
  });
  return table.rowCount;
}

/** @returns the day. @throws HoldfastError with all that is wrong. */
function checked(table: Table, key: string, { into, scoredOn }: UpsertOptions): string {
  const day = parseDay(scoredOn);
  if (day === undefined) {
    invalidArgument("upsertIntoPostgres", "scoredOn", "must be a day such as 2026-02-01", scoredOn);
  }
  if (!/^[^.]+(\.[^.]+)?$/.test(into)) {
    invalidArgument("upsertIntoPostgres", "into", "must name a table, with its schema if need be", into);
  }
  if (findColumn(table, SCORED_ON) !== undefined) {
    invalidArgument("upsertIntoPostgres", "table", `must have no column ${SCORED_ON}`, SCORED_ON);
  }
  const column = findColumn(table, key);
  const path = { ...placeOf(table), function: "upsertIntoPostgres", column: key };
  const problems = new Problems();
  const add = (problem: Omit<Problem, "path">, row: number) =>
    problems.add({ ...problem, path: { ...path, row: row + 1 } });
  if (column === undefined) {
    throw new HoldfastError({
      code: "data.missing-column",
      path,
      expected: "must be there: it is the key",
      received: undefined,
    });
  }
  const seen = new Map<string, number>();
  for (let row = 0; row < table.rowCount; row++) {
    const cell = cellOf(column, row);
    const text = cell === null ? null : String(cell);
    const before = text === null ? undefined : seen.get(text);
    if (text === null) add({ code: "data.wrong-type", expected: "must not be missing", received: null }, row);
    else if (before === undefined) seen.set(text, row);
    else {
      add(
        { code: "data.malformed", expected: `must come once, row ${before + 1} has it too`, received: text },
        row,
      );
    }
  }
  problems.throwIfAny();
  return formatDate(day);
}

function typeOf({ kind }: Column): string {
  return kind === "numeric" ? "double precision" : "text";
}

function createSql(target: string, { columns }: Table, key: string): string {
  const definitions = columns.map((column) => `${quoteIdentifier(column.name)} ${typeOf(column)}`);
  return [
    `CREATE TABLE IF NOT EXISTS ${target} (`,
    [
      ...definitions,
      `${SCORED_ON} date NOT NULL`,
      `PRIMARY KEY (${quoteIdentifier(key)}, ${SCORED_ON})`,
    ].join(", "),
    ")",
  ].join("");
}

function insertSql(target: string, { columns }: Table, key: string): string {
  const names = columns.map(({ name }) => quoteIdentifier(name));
  const arrays = columns.map((column, i) => `$${i + 1}::${typeOf(column)}[]`);
  const others = columns.filter(({ name }) => name !== key).map(({ name }) => quoteIdentifier(name));
  const action =
    others.length === 0
      ? "DO NOTHING"
      : `DO UPDATE SET ${others.map((name) => `${name} = EXCLUDED.${name}`).join(", ")}`;
  return [
    `INSERT INTO ${target} (${[...names, SCORED_ON].join(", ")})`,
    `SELECT given.*, $${columns.length + 1}::date FROM unnest(${arrays.join(", ")}) AS given`,
    `ON CONFLICT (${quoteIdentifier(key)}, ${SCORED_ON}) ${action}`,
  ].join("\n");
}

/** Numbers as text too, so that their shortest form, which tells every bit, is what goes over the wire. */
function cellsOf(column: Column, from: number, to: number): (string | null)[] {
  return Array.from({ length: to - from }, (_, i) => {
    const cell = cellOf(column, from + i);
    return cell === null ? null : String(cell);
  });
}
