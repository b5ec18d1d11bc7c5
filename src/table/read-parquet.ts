import type { DuckDBConnection } from "@duckdb/node-api";
import { Problems } from "../errors.js";
import { type LongWork, Pulse } from "../progress.js";
import { castColumn } from "./cast.js";
import { checkColumnNames, checkDeclaredColumns } from "./column-names.js";
import { withDuckDB } from "./duckdb.js";
import { type ParquetColumn, planParquetColumns } from "./parquet-plan.js";
import { checkParquetFile, noRows, parquetError, parquetSource, topLevelNames } from "./parquet-source.js";
import { type CodedText, codeTexts, type DeclaredKind, type Place, resolveColumn } from "./resolve-column.js";
import { type Column, createTable, type Table } from "./table.js";

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

  const data = columns.map((column) => {
    if (column.holds === "text") return new Array<string | null>(rowCount).fill(null);
    return column.holds === "codes" ? new Int32Array(rowCount) : new Float64Array(rowCount);
  });
  const select = columns.map(({ expression }, i) => `${expression} AS c${i}`).join(", ");
  const result = await connection.stream(`SELECT ${select} FROM ${source}`);
  let row = 0;
  for (
    let chunk = await result.fetchChunk();
    chunk !== null && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    const { rowCount: count } = chunk;
    for (let i = 0; i < columns.length; i++) {
      const vector = chunk.getColumnVector(i);
      const target = data[i] as unknown[];
      for (let k = 0; k < count; k++) target[row + k] = vector.getItem(k);
    }
    row += count;
    pulse.report({ phase: "reading", done: row, total: rowCount });
    await pulse.beat();
  }
  const table = columns.map((column, i) =>
    finishColumn(names[i], column, data[i], declared, problems, place),
  );
  problems.throwIfAny();
  return createTable(table, path);
}

function finishColumn(
  name: string,
  plan: ParquetColumn,
  data: Float64Array | Int32Array | (string | null)[],
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

/** DuckDB's order of distinct values depends on its threads; that of the rows does not. */
function byFirstAppearance(name: string, texts: readonly string[], codes: Int32Array): CodedText {
  const recoded = new Int32Array(texts.length).fill(-1);
  const ordered: string[] = [];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    if (code < 0) continue;
    if (recoded[code] < 0) recoded[code] = ordered.push(texts[code]) - 1;
    codes[row] = recoded[code];
  }
  return { name, texts: ordered, codes };
}
