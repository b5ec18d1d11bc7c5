import { open } from "node:fs/promises";
import { firstLine, quoteLiteral } from "../../database/duckdb/session.js";
import { HoldfastError, type Problem } from "../../errors.js";
import { missingFileHint } from "../../files/missing-file.js";
import { statOf } from "../../files/stat-of.js";
import type { FactsQuery } from "../query/facts-query.js";
import { dateOfDay, dayOfDate } from "../query/sql-calendar.js";
import { AMOUNT } from "./figures-sql.js";

/** Raised when an earlier version could not read the file any more. */
const VERSION = 1;

/** Runs statements on a connection of DuckDB. */
export type Statements = Pick<FactsQuery, "run" | "rows">;

/** What progress calls all work with the file. */
export const PHASE = "daily file";

/** The days that a file holds, without gaps, in days since 1970-01-01. */
export interface FileDays {
  readonly first: number;
  readonly last: number;
}

/** The tables of a file. The view of the head office is what managers look at with SQL. */
export function tablesSql(file: string): string[] {
  return [
    `CREATE TABLE ${file}.holdfast_daily (format_version INTEGER, first_day DATE, last_day DATE)`,
    `CREATE TABLE ${file}.region_days (
      day DATE, region VARCHAR, joins BIGINT, leaves BIGINT, base BIGINT, payments BIGINT, amount ${AMOUNT})`,
    `CREATE TABLE ${file}.corrections (
      run_day DATE, day DATE, region VARCHAR, measure VARCHAR, before ${AMOUNT}, after ${AMOUNT})`,
    `CREATE VIEW ${file}.head_office_days AS
      SELECT day, sum(joins)::BIGINT AS joins, sum(leaves)::BIGINT AS leaves, sum(base)::BIGINT AS base,
        sum(payments)::BIGINT AS payments, sum(amount)::${AMOUNT} AS amount
      FROM region_days GROUP BY day ORDER BY day`,
  ];
}

/** What the file says of itself. */
export function headSql(file: string, first: number, last: number): string {
  return `INSERT INTO ${file}.holdfast_daily VALUES (${VERSION}, ${dateOfDay(first)}, ${dateOfDay(last)})`;
}

/** The figures of a file with the days of `figuresSql`. */
export function storedDays(file: string): string {
  return `(SELECT region, ${dayOfDate("day")} AS day, joins, leaves, base, payments, amount FROM ${file}.region_days)`;
}

/**
 * Attaches a file for reading, under a name.
 * @returns the days that it holds
 * @throws HoldfastError `data.unreadable` for one that is not there, `data.malformed` for one of another kind or a later version,
 * `resource.busy` where another program has it open for writing.
 */
export async function attachDailyFile(statements: Statements, path: string, file: string): Promise<FileDays> {
  await checkFile(path);
  try {
    await statements.run(`ATTACH ${quoteLiteral(path)} AS ${file} (READ_ONLY, TYPE duckdb)`, PHASE);
  } catch (error) {
    throw attachFault(path, error);
  }
  const head = await headOf(statements, file).catch(() => undefined);
  if (head === undefined) throw fault(path, "data.malformed", "must be a file that holdfast daily wrote");
  const { version, first, last } = head;
  if (version > VERSION) {
    const hint = `it is of version ${version}: use a later version of holdfast`;
    throw fault(path, "data.malformed", `must be of format version ${VERSION}`, hint);
  }
  return { first, last };
}

interface Head extends FileDays {
  readonly version: number;
}

/** @throws where it is not there; undefined where it is not complete. */
async function headOf(statements: Statements, file: string): Promise<Head | undefined> {
  const [head] = await statements.rows<{ [Name in keyof Head]: number | null }>(`
    SELECT format_version AS version, ${dayOfDate("first_day")} AS first, ${dayOfDate("last_day")} AS last
    FROM ${file}.holdfast_daily`);
  const { version, first, last } = head ?? {};
  if (typeof version !== "number" || typeof first !== "number" || typeof last !== "number") return undefined;
  // A later version may have other tables.
  if (version <= VERSION)
    await statements.rows(`SELECT 1 AS one FROM ${file}.region_days, ${file}.corrections LIMIT 0`);
  return { version, first, last };
}

/** DuckDB would take a file of zeros or a text for a new database, or say what only its developers understand. */
async function checkFile(path: string): Promise<void> {
  const stats = statOf(path);
  if (stats === undefined)
    throw fault(path, "data.unreadable", "must exist, there is no such file", await missingFileHint(path));
  if (!stats.isFile()) {
    const expected = `must be a file, it is ${stats.isDirectory() ? "a directory" : "a device or pipe"}`;
    throw fault(path, "data.unreadable", expected);
  }
  if (statOf(`${path}.wal`) !== undefined) {
    const hint = `${path}.wal holds changes of another program: close that, or open the file there once more`;
    throw fault(path, "resource.busy", "must not be open in another program", hint);
  }
  const handle = await open(path, "r");
  try {
    const bytes = Buffer.alloc(12);
    await handle.read(bytes, 0, bytes.length, 0);
    if (bytes.toString("latin1", 8) !== "DUCK") throw fault(path, "data.malformed", "must be a DuckDB file");
  } finally {
    await handle.close();
  }
}

function attachFault(path: string, error: unknown): HoldfastError {
  const hint = firstLine(error);
  if (/lock/iu.test(hint))
    return fault(path, "resource.busy", "must not be open for writing in another program", hint);
  return fault(path, "data.malformed", "must be a DuckDB file that this version of DuckDB reads", hint);
}

function fault(path: string, code: Problem["code"], expected: string, hint?: string): HoldfastError {
  const more = hint === undefined ? {} : { hint };
  return new HoldfastError({ code, path: { file: path }, expected, received: undefined, ...more });
}
