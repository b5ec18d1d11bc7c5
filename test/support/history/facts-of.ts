import { onTestFinished } from "vitest";
import { quoteIdentifier, withDuckDB } from "../../../src/database/duckdb/session.js";
import {
  type OpenedHistory,
  type OpenSourcesOptions,
  openSources,
} from "../../../src/history/open-sources.js";
import { type FactTableName, standardTable } from "../../../src/history/standard-tables.js";

/** Opens sources, and closes them when the test is done. */
export async function opened(
  sources: Parameters<typeof openSources>[0],
  options?: OpenSourcesOptions,
): Promise<OpenedHistory> {
  const history = await openSources(sources, options);
  onTestFinished(() => history.close());
  return history;
}

/**
 * The rows of a relation as arrays in the order of its schema, sorted by all columns; restricted to the given
 * subscribers.
 */
export async function factsOf(
  { session, schema }: OpenedHistory,
  table: FactTableName,
): Promise<unknown[][]> {
  const columns = (schema[table] ?? [])
    .filter(({ isAbsent }) => table !== "subscribers" || !isAbsent)
    .map(({ name }) => quoteIdentifier(name))
    .join(", ");
  const { relation } = standardTable(table);
  const result = await session.connection.runAndReadAll(`SELECT ${columns} FROM ${relation} ORDER BY ALL`);
  return result.getRows();
}

/** The types of a relation's columns in DuckDB, by name. */
export async function typesOf(
  { session }: OpenedHistory,
  table: FactTableName,
): Promise<Record<string, string>> {
  const { relation } = standardTable(table);
  const result = await session.connection.runAndReadAll(`DESCRIBE ${relation}`);
  return Object.fromEntries(result.getRows().map(([name, type]) => [String(name), String(type)]));
}

/** A Parquet file that DuckDB itself writes from a query. */
export async function writeQuery(query: string, path: string): Promise<string> {
  await withDuckDB(async (connection) => {
    await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  });
  return path;
}
