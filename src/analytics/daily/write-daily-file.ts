import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDuckDBError } from "../../database/duckdb/explain-error.js";
import { firstLine, quoteLiteral } from "../../database/duckdb/session.js";
import { HoldfastError } from "../../errors.js";
import type { WholeFile } from "../../files/whole-file.js";
import { unwritableIfSystem } from "../../files/write-faults.js";
import { dateOfDay, dayOfDate } from "../query/sql-calendar.js";
import { headSql, PHASE, type Statements, tablesSql } from "./daily-file.js";
import type { FigureDays } from "./figures-sql.js";

/** What a file is written from. */
export interface FileContent {
  /** The name under which the file before is attached, if there is one. */
  readonly was?: string | undefined;
  /** Relation of the figures of `days`; days before them are taken from the file before. */
  readonly figures: string;
  readonly days: FigureDays;
  /** The first day of the file. */
  readonly first: number;
  /** Relation of corrections that this run has found. */
  readonly corrections: string;
}

/**
 * Writes the whole file again, whole or not at all, sorted by day.
 * @param file the name under which it is attached meanwhile
 */
export async function writeDailyFile(
  statements: Statements,
  whole: WholeFile,
  file: string,
  content: FileContent,
): Promise<void> {
  // DuckDB keeps a log beside a database: a folder for both, which the next run removes where this one is killed.
  const folder = `${whole.temporary}-parts`;
  const path = join(folder, "daily.duckdb");
  try {
    await mkdir(folder);
    await statements.run(`ATTACH ${quoteLiteral(path)} AS ${file}`, PHASE);
    try {
      for (const sql of [...tablesSql(file), ...insertsSql(file, content)]) await statements.run(sql, PHASE);
      await statements.run(`CHECKPOINT ${file}`, PHASE);
    } finally {
      await statements.run(`DETACH ${file}`, PHASE).catch(() => {});
    }
    await rename(path, whole.temporary);
    await whole.commit();
  } catch (error) {
    await whole.abandon();
    throw fileFault(whole.target, error);
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

function insertsSql(file: string, { was, figures, days, first, corrections }: FileContent): string[] {
  const names = "region, joins, leaves, base, payments, amount";
  const rows = [
    ...(was === undefined
      ? []
      : [`SELECT day, ${names} FROM ${was}.region_days WHERE ${dayOfDate("day")} < ${days.from}`]),
    `SELECT ${dateOfDay("day")} AS day, ${names} FROM ${figures}`,
  ];
  const found = `SELECT ${dateOfDay(days.to)}, ${dateOfDay("day")}, region, measure, before, after FROM ${corrections}`;
  return [
    headSql(file, first, days.to),
    `INSERT INTO ${file}.region_days ${rows.join(" UNION ALL ")} ORDER BY day, region NULLS LAST`,
    ...(was === undefined ? [] : [`INSERT INTO ${file}.corrections SELECT * FROM ${was}.corrections`]),
    `INSERT INTO ${file}.corrections ${found} ORDER BY ALL`,
  ];
}

/** DuckDB reports a full disk as a text. */
function fileFault(target: string, error: unknown): unknown {
  if (!isDuckDBError(error) || !/^(IO|Could not)/u.test(error.message))
    return unwritableIfSystem(target, error);
  return new HoldfastError({
    code: "data.unwritable",
    path: { file: target },
    expected: "must be writable",
    received: undefined,
    hint: firstLine(error),
  });
}
