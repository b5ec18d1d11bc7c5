import type { DuckDBConnection } from "@duckdb/node-api";
import { relationColumns } from "../../database/duckdb/relation-table.js";
import { withDuckDB } from "../../database/duckdb/session.js";
import { Problems } from "../../errors.js";
import type { LongWork } from "../../progress.js";
import { checkColumnNames, checkDeclaredColumns, readColumns } from "../../table/column-names.js";
import type { ReadingPlan } from "../../table/grammar/column-plan.js";
import type { Place } from "../../table/resolve-column.js";
import { createTable, type Table } from "../../table/table.js";
import { checkParquetFile, parquetColumns, parquetError, parquetSource, topLevelNames } from "./source.js";

/** How a Parquet file is to be read. */
export interface ParquetOptions extends LongWork, ReadingPlan {
  readonly exclude?: readonly string[] | undefined;
}

/**
 * Reads a Parquet file. Numbers, booleans, dates and timestamps (UTC) keep their type; text follows the same rules as
 * text in other files; 64-bit integers and whole decimals beyond ±2^53 become text. Nested and binary columns are problems,
 * unless they are excluded.
 */
export async function readParquet(path: string, place: Place, options: ParquetOptions): Promise<Table> {
  await checkParquetFile(path, place);
  return withDuckDB(async (connection) => {
    try {
      return await readWith(connection, path, place, options);
    } catch (error) {
      throw parquetError(error, place);
    }
  });
}

async function readWith(
  connection: DuckDBConnection,
  path: string,
  place: Place,
  options: ParquetOptions,
): Promise<Table> {
  const problems = new Problems();
  const all = checkColumnNames(await topLevelNames(connection, path), problems, place);
  checkDeclaredColumns(options.columns ?? {}, all, problems, place);
  const isRead = readColumns(all, options.exclude, problems, place);
  problems.throwIfAny();
  const fields = [...all.keys()].filter((field) => isRead[field]);
  const names = fields.map((field) => all[field]);
  const source =
    names.length === all.length ? parquetSource(path) : await parquetColumns(connection, path, fields);
  return createTable(await relationColumns(connection, source, names, options, problems, place), path);
}
