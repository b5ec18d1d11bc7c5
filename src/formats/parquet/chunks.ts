import type { DuckDBConnection } from "@duckdb/node-api";
import { type ParquetColumn, planParquetColumns } from "../../database/duckdb/plan-columns.js";
import { openDuckDB, quoteIdentifier, quoteLiteral, withDuckDB } from "../../database/duckdb/session.js";
import { count, HoldfastError, Problems } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import {
  type ChunkColumn,
  codesInChunks,
  numbersInChunks,
  type RawCells,
  textsInChunks,
} from "../../table/chunk-column.js";
import { checkColumnNames, checkDeclaredColumns } from "../../table/column-names.js";
import type { DeclaredKind, Place } from "../../table/resolve-column.js";
import { type Column, createTable, type Table } from "../../table/table.js";
import { TextKind } from "../../table/text-kind.js";
import { checkParquetFile, noRows, parquetError, parquetSource, topLevelNames } from "./source.js";

/** How a Parquet file is to be read in chunks. */
export interface ParquetChunkOptions extends LongWork {
  readonly columns?: Readonly<Record<string, DeclaredKind>> | undefined;
  readonly select?: readonly string[] | undefined;
  readonly chunkRows: number;
}

/** How SQL fetches a column, and how chunks present it. */
interface PlannedColumn {
  readonly fetch: ParquetColumn;
  readonly shown: ChunkColumn;
}

/** What every pass over the file needs. */
interface ParquetPlan {
  readonly source: string;
  readonly rowCount: number;
  readonly columns: readonly PlannedColumn[];
}

/**
 * A Parquet file in chunks. A first pass finds the kinds of the columns; afterwards every pass streams the file through a
 * separate DuckDB, which keeps only some row groups in memory.
 */
export async function parquetChunks(path: string, place: Place, options: ParquetChunkOptions) {
  await checkParquetFile(path, place);
  const plan = await withDuckDB(async (connection) => {
    try {
      return await planChunks(connection, path, place, options);
    } catch (error) {
      throw parquetError(error, place);
    }
  });
  return {
    rowCount: plan.rowCount,
    columns: plan.columns.map(({ shown: { start: _, ...schema } }) => schema),
    chunks: () => streamChunks(plan, path, place, options),
  };
}

async function planChunks(
  connection: DuckDBConnection,
  path: string,
  place: Place,
  options: ParquetChunkOptions,
): Promise<ParquetPlan> {
  const declared = options.columns ?? {};
  const problems = new Problems();
  const pulse = new Pulse(options);
  const all = checkColumnNames(await topLevelNames(connection, path), problems, place);
  const wanted = options.select ?? all;
  checkDeclaredColumns(
    { ...declared, ...Object.fromEntries(wanted.map((name) => [name, true])) },
    all,
    problems,
    place,
  );
  problems.throwIfAny();
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${parquetSource(path)}`);
  const identifiers = described.getRows().map(([name]) => quoteIdentifier(String(name)));
  const selected = wanted.map((name) => identifiers[all.indexOf(name)]).join(", ");
  const source = `(SELECT ${selected} FROM ${parquetSource(path)})`;
  const { rowCount, columns } = await planParquetColumns(connection, source, wanted, problems, place);
  problems.throwIfAny();
  if (rowCount === 0) throw noRows(place);

  const planned: PlannedColumn[] = [];
  for (const [i, fetch] of columns.entries()) {
    await pulse.beat();
    const name = wanted[i];
    const kind = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const shown = await showColumn(connection, source, name, fetch, kind, problems, place);
    planned.push({ fetch, shown });
  }
  problems.throwIfAny();
  return { source, rowCount, columns: planned };
}

async function showColumn(
  connection: DuckDBConnection,
  source: string,
  name: string,
  { expression, holds, isDate = false, texts = [] }: ParquetColumn,
  declared: DeclaredKind | undefined,
  problems: Problems,
  place: Place,
): Promise<ChunkColumn> {
  if (holds === "numbers") return numbersInChunks(name, isDate, declared, place);
  if (holds === "text") {
    const kind = declared ?? (await kindOfTexts(connection, source, expression));
    return textsInChunks(name, { kind, isBoolean: false }, place);
  }
  const counted = await connection.runAndReadAll(
    `SELECT ${expression}, count(*)::DOUBLE FROM ${source} GROUP BY 1`,
  );
  const rowsOfText = new Float64Array(texts.length);
  for (const [code, rows] of counted.getRows()) {
    if (Number(code) >= 0) rowsOfText[Number(code)] = Number(rows);
  }
  return codesInChunks(name, texts, rowsOfText, declared, problems, place);
}

async function kindOfTexts(
  connection: DuckDBConnection,
  source: string,
  expression: string,
): Promise<DeclaredKind> {
  const kind = new TextKind();
  const result = await connection.stream(`SELECT ${expression} FROM ${source}`);
  for (
    let chunk = await result.fetchChunk();
    chunk !== null && chunk.rowCount > 0 && !kind.isSettled;
    chunk = await result.fetchChunk()
  ) {
    for (const text of chunk.getColumnValues(0)) if (text !== null) kind.add(String(text));
  }
  return kind.kind();
}

async function* streamChunks(
  { source, rowCount, columns }: ParquetPlan,
  path: string,
  place: Place,
  options: ParquetChunkOptions,
): AsyncGenerator<Table, void, undefined> {
  const pulse = new Pulse(options);
  const readers = columns.map(({ shown }) => shown.start());
  const session = await openDuckDB();
  try {
    for (const { fetch } of columns) await createEnum(session.connection, fetch);
    const select = columns.map(({ fetch }, i) => `${fetch.expression} AS c${i}`).join(", ");
    const result = await session.connection.stream(`SELECT ${select} FROM ${source}`);
    let vectors = await result.fetchChunk();
    let taken = 0;
    for (let firstRow = 0; firstRow < rowCount; ) {
      const count = Math.min(options.chunkRows, rowCount - firstRow);
      const cells = columns.map(({ fetch }) => emptyCells(fetch, count));
      for (let filled = 0; filled < count; ) {
        await pulse.beat();
        if (vectors === null || vectors.rowCount === 0) throw changed(place, rowCount, firstRow + filled);
        const rows = Math.min(vectors.rowCount - taken, count - filled);
        for (let i = 0; i < columns.length; i++) {
          const vector = vectors.getColumnVector(i);
          const target = cells[i] as unknown[];
          for (let k = 0; k < rows; k++) target[filled + k] = vector.getItem(taken + k);
        }
        filled += rows;
        taken += rows;
        if (taken < vectors.rowCount) continue;
        vectors = await result.fetchChunk();
        taken = 0;
      }
      const problems = new Problems();
      const chunk = readers.map((reader, i): Column => reader.read(cells[i], firstRow, problems));
      problems.throwIfAny();
      firstRow += count;
      pulse.report({ phase: "reading", done: firstRow, total: rowCount });
      yield createTable(chunk, path);
    }
    if (vectors !== null && vectors.rowCount > 0) throw changed(place, rowCount, "more");
  } catch (error) {
    throw parquetError(error, place);
  } finally {
    session.close();
  }
}

/** Creates the plan's ENUM again, because each pass has a separate database. */
async function createEnum(
  connection: DuckDBConnection,
  { enumType, texts = [] }: ParquetColumn,
): Promise<void> {
  if (enumType === undefined) return;
  await connection.run(`CREATE TYPE ${enumType} AS ENUM (${texts.map(quoteLiteral).join(", ")})`);
}

function emptyCells({ holds }: ParquetColumn, count: number): RawCells {
  if (holds === "text") return new Array<string | null>(count).fill(null);
  return holds === "codes" ? new Int32Array(count) : new Float64Array(count);
}

function changed(place: Place, rowCount: number, received: number | string): HoldfastError {
  const expected = `must not change while it is read, it had ${count(rowCount, "row")} before`;
  return new HoldfastError({ code: "data.unreadable", path: place, expected, received });
}
