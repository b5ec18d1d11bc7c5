import type { DuckDBConnection } from "@duckdb/node-api";
import { HoldfastError } from "../errors.js";
import { readableFileSize } from "./byte-stream.js";
import { firstLine, quoteLiteral } from "./duckdb.js";
import type { Place } from "./resolve-column.js";

/** A Parquet file as SQL selects from it. */
export function parquetSource(path: string): string {
  return `read_parquet(${quoteLiteral(escapeGlob(path))}, hive_partitioning = false, binary_as_string = true)`;
}

/** @throws HoldfastError when there is no such file, or nothing in it. */
export async function checkParquetFile(path: string, place: Place): Promise<void> {
  if ((await readableFileSize(path, place)) > 0) return;
  const expected = "must have columns and rows, it is empty";
  throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
}

export function noRows(place: Place): HoldfastError {
  return new HoldfastError({
    code: "data.empty",
    path: place,
    expected: "must have rows",
    received: undefined,
  });
}

/** DuckDB throws plain errors, which mean a broken file here; the others are of our own making. */
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

/** The names as the file has them: a scan would rename those that differ in case only. */
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

/** A path as DuckDB's file patterns take it literally. */
function escapeGlob(path: string): string {
  return path.replace(/[*?[]/g, "[$&]");
}
