import type { DuckDBConnection } from "@duckdb/node-api";
import { byFirstAppearance, type FetchedCells, fetchColumns } from "../../database/duckdb/fetch-columns.js";
import { type ParquetColumn, planParquetColumns } from "../../database/duckdb/plan-columns.js";
import { withDuckDB } from "../../database/duckdb/session.js";
import { Problems } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import { castColumn } from "../../table/cast.js";
import { checkColumnNames, checkDeclaredColumns } from "../../table/column-names.js";
import { codeTexts, type DeclaredKind, type Place, resolveColumn } from "../../table/resolve-column.js";
import { type Column, createTable, type Table } from "../../table/table.js";
import { checkParquetFile, noRows, parquetError, parquetSource, topLevelNames } from "./source.js";

/** How a Parquet file is to be read. */
export interface ParquetOptions extends LongWork {
  readonly columns?: Readonly<Record<string, DeclaredKind>> | undefined;
}

/**
 * Reads a Parquet file. Numbers, booleans, dates and timestamps (UTC) keep their type; text follows the same rules as
 * text in other files; 64-bit integers and whole decimals beyond ±2^53 become text. Nested and binary columns are problems.
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
  const source = parquetSource(path);
  const names = checkColumnNames(await topLevelNames(connection, path), problems, place);
  checkDeclaredColumns(declared, names, problems, place);
  const { rowCount, columns } = await planParquetColumns(connection, source, names, problems, place);
  problems.throwIfAny();
  if (rowCount === 0) throw noRows(place);

  const data = await fetchColumns(connection, source, columns, rowCount, pulse);
  const table = columns.map((column, i) =>
    finishColumn(names[i], column, data[i], declared, problems, place),
  );
  problems.throwIfAny();
  return createTable(table, path);
}

function finishColumn(
  name: string,
  plan: ParquetColumn,
  data: FetchedCells,
  declared: Readonly<Record<string, DeclaredKind>>,
  problems: Problems,
  place: Place,
): Column {
  const kind = Object.hasOwn(declared, name) ? declared[name] : undefined;
  if (Array.isArray(data)) return resolveColumn(codeTexts(name, data), kind, problems, place);
  if (data instanceof Int32Array) {
    return resolveColumn(byFirstAppearance(name, plan.texts ?? [], data), kind, problems, place);
  }
  for (let row = 0; row < data.length; row++) {
    if (Math.abs(data[row]) !== Infinity) continue;
    const path = { ...place, column: name, row: row + 1 };
    problems.add({ code: "data.not-finite", path, expected: "must be finite", received: data[row] });
  }
  const column: Column = { kind: "numeric", name, values: data, ...(plan.isDate ? { isDate: true } : {}) };
  return kind === undefined ? column : castColumn(column, kind, problems, place);
}
