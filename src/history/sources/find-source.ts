import { existsSync } from "node:fs";
import { quoteLiteral } from "../../database/duckdb/session.js";
import { HoldfastError, invalidArgument } from "../../errors.js";
import { checkEncoding, fileFormat, formatOf } from "../../formats/formats.js";
import type { FactDatabase } from "./fact-database.js";
import { type FoundSource, isTable, type MappedSource, OPENED_BY } from "./fact-source.js";

/**
 * Finds the columns of a source.
 * @param argument the name of the source in messages, such as `"usage"`.
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
  const format =
    mapped.format === undefined
      ? formatOf(OPENED_BY, argument, path)
      : fileFormat(OPENED_BY, `${argument}.format`, mapped.format);
  checkEncoding(OPENED_BY, `${argument}.encoding`, format, mapped.encoding);
  const files = await matchingFiles(database, path);
  const relationOf = format.duckdb?.relation;
  if (relationOf === undefined) {
    const { findCopiedFiles } = await import("./copied-files.js");
    return findCopiedFiles(database, argument, path, files, format, mapped);
  }
  if (mapped.delimiter !== undefined) {
    const expected = `must be left out for ${format.label}`;
    invalidArgument(OPENED_BY, `${argument}.delimiter`, expected, mapped.delimiter);
  }
  const relation = await relationOf(path, files, OPENED_BY);
  const columns = await database.describe(`SELECT * FROM ${relation}`, { file: path });
  return {
    label: path,
    names: columns.map(({ name }) => name),
    store: async () => ({ relation, columns }),
  };
}

/** The files of a path, in order of their names: the path itself if there is such a file, else the files that match it. */
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
