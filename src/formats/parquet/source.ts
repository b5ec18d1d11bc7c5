import type { DuckDBConnection } from "@duckdb/node-api";
import { firstLine, quoteIdentifier, quoteLiteral, withDuckDB } from "../../database/duckdb/session.js";
import { HoldfastError } from "../../errors.js";
import { readableFileSize } from "../../files/byte-stream.js";
import type { Place } from "../../table/resolve-column.js";

/** The SQL after FROM that reads a Parquet file. @param more options of `read_parquet`, each after a comma. */
export function parquetSource(path: string, more = ""): string {
  return `read_parquet(${quoteLiteral(escapeGlob(path))}, hive_partitioning = false, binary_as_string = true${more})`;
}

/** @throws HoldfastError when there is no such file, or it is empty. */
export async function checkParquetFile(path: string, place: Place): Promise<void> {
  if ((await readableFileSize(path, place)) > 0) return;
  const expected = "must have columns and rows, it is empty";
  throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
}

/** Turns the plain errors of DuckDB, which here mean a broken file, into errors about it; other errors stay as they are. */
export function parquetError(error: unknown, place: Place): unknown {
  if (!(error instanceof Error) || error.constructor !== Error) return error;
  return new HoldfastError({
    code: "data.malformed",
    path: place,
    expected: "must be a whole Parquet file",
    received: undefined,
    hint: firstLine(error),
  });
}

/** The names as they are in the file: a scan would rename those that differ only in case. */
export async function topLevelNames(connection: DuckDBConnection, path: string): Promise<string[]> {
  const sql = `SELECT name, coalesce(num_children, 0) FROM parquet_schema(${quoteLiteral(escapeGlob(path))})`;
  const nodes = (await connection.runAndReadAll(sql)).getRows();
  const names: string[] = [];
  let inside = 0;
  for (const [name, children] of nodes.slice(1)) {
    if (inside === 0) names.push(String(name));
    else inside--;
    inside += Number(children);
  }
  return names;
}

/** The SQL after FROM that reads some columns of a Parquet file. @param fields their positions, from 0. */
export async function parquetColumns(
  connection: DuckDBConnection,
  path: string,
  fields: readonly number[],
): Promise<string> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${parquetSource(path)}`);
  const identifiers = described.getRows().map(([name]) => quoteIdentifier(String(name)));
  return `(SELECT ${fields.map((field) => identifiers[field]).join(", ")} FROM ${parquetSource(path)})`;
}

/** A path escaped for DuckDB's file patterns, so that it is taken literally. */
function escapeGlob(path: string): string {
  return path.replace(/[*?[]/g, "[$&]");
}

/** The number of rows in the file's metadata. */
export async function parquetRowCount(connection: DuckDBConnection, path: string): Promise<number> {
  const sql = `SELECT sum(num_rows)::DOUBLE FROM parquet_file_metadata(${quoteLiteral(escapeGlob(path))})`;
  const [[count]] = (await connection.runAndReadAll(sql)).getRows();
  return Number(count);
}

/** Rows with all their columns as texts, by row number from 1. */
export async function wholeParquetRows(
  connection: DuckDBConnection,
  path: string,
  names: readonly string[],
  numbers: readonly number[],
): Promise<Map<number, Readonly<Record<string, unknown>>>> {
  const source = parquetSource(path, ", file_row_number = true");
  const wanted = numbers.map((number) => number - 1).join(", ");
  const cells = "COLUMNS(* EXCLUDE file_row_number)::VARCHAR";
  const sql = `SELECT file_row_number::DOUBLE + 1, ${cells} FROM ${source} WHERE file_row_number IN (${wanted})`;
  const rows = (await connection.runAndReadAll(sql)).getRows();
  return new Map(
    rows.map(([number, ...cells]) => [
      Number(number),
      Object.fromEntries(names.map((name, i) => [name, cells[i]])),
    ]),
  );
}

/** The names of a file's columns. */
export async function parquetNames(path: string, place: Place): Promise<string[]> {
  return withDuckDB(async (connection) => {
    try {
      return await topLevelNames(connection, path);
    } catch (error) {
      throw parquetError(error, place);
    }
  });
}

/**
 * The SQL after FROM that reads Parquet files in place. Of several files, a column that some do not have is missing
 * there, and folders such as `month=2025-01` are columns.
 * @param path as the caller gave it: of one file, or a pattern of several.
 */
export function parquetFilesSource(path: string, files: readonly string[]): string {
  if (files.length === 1 && files[0] === path) return parquetSource(path);
  return `read_parquet(${quoteLiteral(path)}, union_by_name = true, binary_as_string = true)`;
}
