import type { DuckDBConnection } from "@duckdb/node-api";
import { byFirstAppearance, type FetchedCells, fetchColumns } from "../../database/duckdb/fetch-columns.js";
import { type FetchedColumn, planFetchedColumns } from "../../database/duckdb/plan-columns.js";
import { withDuckDB } from "../../database/duckdb/session.js";
import { Problems } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import { checkColumnNames, checkDeclaredColumns, readColumns } from "../../table/column-names.js";
import { type ColumnPlan, columnPlans, type ReadingPlan } from "../../table/grammar/column-plan.js";
import { finishColumns } from "../../table/grammar/finish-columns.js";
import { numbersColumn } from "../../table/numbers-column.js";
import { codeTexts, type Place, resolveColumn } from "../../table/resolve-column.js";
import { type Column, createTable, type Table } from "../../table/table.js";
import {
  checkParquetFile,
  noRows,
  parquetColumns,
  parquetError,
  parquetSource,
  topLevelNames,
} from "./source.js";

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
  const pulse = new Pulse(options);
  const problems = new Problems();
  const declared = options.columns ?? {};
  const planOf = columnPlans(options);
  const all = checkColumnNames(await topLevelNames(connection, path), problems, place);
  checkDeclaredColumns(declared, all, problems, place);
  const isRead = readColumns(all, options.exclude, problems, place);
  problems.throwIfAny();
  const fields = [...all.keys()].filter((field) => isRead[field]);
  const names = fields.map((field) => all[field]);
  const source =
    names.length === all.length ? parquetSource(path) : await parquetColumns(connection, path, fields);
  const { rowCount, columns } = await planFetchedColumns(connection, source, names, problems, place);
  problems.throwIfAny();
  if (rowCount === 0) throw noRows(place);

  const data = await fetchColumns(connection, source, columns, rowCount, pulse);
  const table = columns.map((column, i) =>
    finishColumn(names[i], column, data[i], planOf(names[i]), problems, place),
  );
  const finished = finishColumns(table, options, problems, place);
  problems.throwIfAny();
  return createTable(finished, path);
}

function finishColumn(
  name: string,
  { isDate = false, texts = [] }: FetchedColumn,
  data: FetchedCells,
  plan: ColumnPlan,
  problems: Problems,
  place: Place,
): Column {
  if (Array.isArray(data)) return resolveColumn(codeTexts(name, data), plan, problems, place);
  if (data instanceof Int32Array)
    return resolveColumn(byFirstAppearance(name, texts, data), plan, problems, place);
  return numbersColumn(name, data, isDate, plan, problems, place);
}
