import { existsSync } from "node:fs";
import { quoteLiteral } from "../../database/duckdb/session.js";
import { HoldfastError, invalidArgument } from "../../errors.js";
import { formatOf } from "../../formats/format.js";
import type { FactDatabase } from "./fact-database.js";
import { type FoundSource, isTable, type MappedSource, OPENED_BY } from "./fact-source.js";

/**
 * Looks at a source, for its columns.
 * @param argument what the source is called in messages, such as `"usage"`.
 */
export async function findSource(
  database: FactDatabase,
  argument: string,
  mapped: MappedSource,
): Promise<FoundSource> {
  const { source } = mapped;
  if (typeof source === "string") return findFiles(database, argument, source, mapped);
  if (isTable(source)) return (await import("./in-memory.js")).findTable(database, argument, source);
  if (Array.isArray(source)) return (await import("./in-memory.js")).findRows(database, argument, source);
  if (typeof source === "object" && source !== null && "duckdb" in source) {
    return (await import("./duckdb-query.js")).findQuery(database, argument, source);
  }
  if (typeof source === "object" && source !== null && "postgres" in source) {
    return (await import("./postgres.js")).findPostgres(database, argument, source);
  }
  const expected = "must be a path, a table, rows, { duckdb: query } or { postgres: query }";
  return invalidArgument(OPENED_BY, argument, expected, source);
}

async function findFiles(
  database: FactDatabase,
  argument: string,
  path: string,
  mapped: MappedSource,
): Promise<FoundSource> {
  const format = mapped.format ?? formatOf(OPENED_BY, argument, path);
  const files = await matchingFiles(database, path);
  if (format === "parquet") {
    for (const option of ["encoding", "delimiter"] as const) {
      if (mapped[option] === undefined) continue;
      invalidArgument(OPENED_BY, `${argument}.${option}`, "must be left out for Parquet", mapped[option]);
    }
    return (await import("./parquet-files.js")).findParquet(database, path, files);
  }
  const { findTextFiles } = await import("./text-files.js");
  return findTextFiles(database, argument, path, files, format, mapped);
}

/** The files that a path means, in order of their names: itself, if there is such a file, else those that it matches. */
async function matchingFiles(database: FactDatabase, path: string): Promise<string[]> {
  if (existsSync(path) || !/[*?[]/.test(path)) return [path];
  const rows = await database.rows(`SELECT file FROM glob(${quoteLiteral(path)}) ORDER BY file`, {
    file: path,
  });
  if (rows.length > 0) return rows.map(([file]) => String(file));
  throw new HoldfastError({
    code: "data.unreadable",
    path: { function: OPENED_BY, file: path },
    expected: "must match a file, there is none",
    received: undefined,
  });
}
