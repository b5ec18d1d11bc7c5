import type { DuckDBConnection } from "@duckdb/node-api";
import { type FetchedColumn, planFetchedColumns } from "../../database/duckdb/plan-columns.js";
import { noRows } from "../../database/duckdb/relation-table.js";
import { openDuckDB, quoteLiteral, withDuckDB } from "../../database/duckdb/session.js";
import { count, HoldfastError, Problems } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import {
  type ChunkColumn,
  codesInChunks,
  numbersInChunks,
  type RawCells,
  schemaOf,
  textsInChunks,
} from "../../table/chunk-column.js";
import { checkColumnNames, checkDeclaredColumns, readColumns } from "../../table/column-names.js";
import {
  type ColumnPlan,
  columnPlans,
  type DeclaredKind,
  type ReadingPlan,
} from "../../table/grammar/column-plan.js";
import { type ColumnReading, noteOf } from "../../table/grammar/column-reading.js";
import { COMPACT_FORM, FIRST_COMPACT, LAST_COMPACT } from "../../table/grammar/dates/compact-date.js";
import { areMostDates, CompactTally } from "../../table/grammar/dates/compact-tally.js";
import { utcOf } from "../../table/grammar/dates/time-zone.js";
import { checkDecided } from "../../table/grammar/finish-columns.js";
import { MarkerTally } from "../../table/grammar/marker-tally.js";
import { decidesMissing, markersAmong, markersOfNumbers } from "../../table/grammar/missing-beside.js";
import { TextKind } from "../../table/grammar/text-kind.js";
import { readingOfMarked } from "../../table/numbers-column.js";
import { type KnownText, knownText, type Place } from "../../table/resolve-column.js";
import { type Column, createTable, type Table } from "../../table/table.js";
import { checkParquetFile, parquetColumns, parquetError, topLevelNames } from "./source.js";

/** How a Parquet file is to be read in chunks. */
export interface ParquetChunkOptions extends LongWork, ReadingPlan {
  readonly select?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly chunkRows: number;
}

/** How SQL fetches a column, and how chunks present it. */
interface PlannedColumn {
  readonly fetch: FetchedColumn;
  readonly shown: ChunkColumn;
  /** Categories that are missing values. */
  readonly taken: readonly string[];
  /** From times without a zone to UTC. */
  readonly toUtc: ((days: number) => number) | undefined;
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
    columns: plan.columns.map(({ shown }) => schemaOf(shown.name, shown.isDate ? "date" : shown.kind)),
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
  const planOf = columnPlans(options);
  const problems = new Problems();
  const pulse = new Pulse(options);
  const all = checkColumnNames(await topLevelNames(connection, path), problems, place);
  const isRead = readColumns(all, options.exclude, problems, place);
  const wanted = options.select ?? all.filter((_, field) => isRead[field]);
  checkDeclaredColumns(
    { ...declared, ...Object.fromEntries(wanted.map((name) => [name, true])) },
    all,
    problems,
    place,
  );
  problems.throwIfAny();
  const fields = wanted.map((name) => all.indexOf(name));
  const source = await parquetColumns(connection, path, fields);
  const { rowCount, columns } = await planFetchedColumns(connection, source, wanted, problems, place);
  problems.throwIfAny();
  if (rowCount === 0) throw noRows(place);

  const planned: Omit<PlannedColumn, "taken">[] = [];
  for (const [i, fetch] of columns.entries()) {
    await pulse.beat();
    const name = wanted[i];
    const shown = await showColumn(connection, source, name, fetch, planOf(name), problems, place);
    planned.push({ fetch, shown, toUtc: fetch.isLocal ? utcOf(planOf(name).grammar) : undefined });
  }
  checkDecided(
    planned.map(({ shown }) => shown),
    options,
    problems,
    place,
  );
  problems.throwIfAny();
  const markers = markersOfNumbers(planned.map(({ shown }) => shown));
  const withMarkers = planned.map((column): PlannedColumn => {
    const { shown } = column;
    const mayHave = shown.categories !== undefined && !decidesMissing(planOf(shown.name));
    return { ...column, taken: mayHave ? markersAmong(shown.categories, markers) : [] };
  });
  return { source, rowCount, columns: withMarkers };
}

async function showColumn(
  connection: DuckDBConnection,
  source: string,
  name: string,
  { expression, holds, isDate = false, texts = [] }: FetchedColumn,
  plan: ColumnPlan,
  problems: Problems,
  place: Place,
): Promise<ChunkColumn> {
  if (holds === "numbers") {
    const { kind, reading } = isDate
      ? { kind: plan.kind ?? ("date" as const), reading: readingOfMarked(name, plan.grammar) }
      : await knownNumbers(connection, source, name, expression, plan);
    return numbersInChunks(name, isDate, { ...plan, kind }, place, reading);
  }
  if (holds === "text")
    return textsInChunks(name, await knownTexts(connection, source, name, expression, plan), place);
  const counted = await connection.runAndReadAll(
    `SELECT ${expression}, count(*)::DOUBLE FROM ${source} GROUP BY 1`,
  );
  const rowsOfText = new Float64Array(texts.length);
  for (const [code, rows] of counted.getRows()) {
    if (Number(code) >= 0) rowsOfText[Number(code)] = Number(rows);
  }
  return codesInChunks(name, texts, rowsOfText, plan, problems, place);
}

/** More distinct numbers than there are days in two hundred years are no dates. */
const MOST_DAYS = 80_000;

/** Whether numbers are dates such as 20250220, and which of them are missing values. */
async function knownNumbers(
  connection: DuckDBConnection,
  source: string,
  name: string,
  expression: string,
  { kind, grammar }: ColumnPlan,
): Promise<{ kind: DeclaredKind; reading: ColumnReading | undefined }> {
  const markers = new MarkerTally();
  const compact = new CompactTally();
  const present = `(SELECT ${expression} AS n FROM ${source}) WHERE NOT isnan(n)`;
  const counts = async (condition: string): Promise<number[][]> => {
    const grouped = `SELECT n, count(*)::DOUBLE FROM ${present} AND ${condition} GROUP BY n ORDER BY n`;
    return (await connection.runAndReadAll(`${grouped} LIMIT ${MOST_DAYS}`)).getRows() as number[][];
  };
  const marked = grammar.missingNumbers.join(", ");
  const isMarked = marked === "" ? "false" : `n IN (${marked})`;
  if (marked !== "") for (const [number, rows] of await counts(isMarked)) markers.add(String(number), rows);
  const isOther = `NOT (${isMarked})`;
  const [[rows, days]] = (
    await connection.runAndReadAll(
      `SELECT count(*)::DOUBLE, count_if(n BETWEEN ${FIRST_COMPACT} AND ${LAST_COMPACT})::DOUBLE FROM ${present} AND ${isOther}`,
    )
  ).getRows() as number[][];
  const reading = readingOfMarked(name, grammar, markers, rows);
  if (kind !== undefined || !(days === rows || areMostDates(days, rows))) {
    return { kind: kind ?? "numeric", reading };
  }
  const distinct = await counts(isOther);
  if (distinct.length < MOST_DAYS) for (const [number, cells] of distinct) compact.add(number, cells);
  return withDates(name, compact, reading);
}

function withDates(
  name: string,
  compact: CompactTally,
  reading: ColumnReading | undefined,
): { kind: "numeric" | "date"; reading: ColumnReading | undefined } {
  const notes = compact.findings().map((finding) => noteOf(name, finding, undefined));
  if (notes.length === 0) return { kind: "numeric", reading };
  const noted = { ...reading, notes: [...(reading?.notes ?? []), ...notes] };
  if (!compact.areDates) return { kind: "numeric", reading: noted };
  return { kind: "date", reading: { ...noted, format: { ...reading?.format, dateFormat: COMPACT_FORM } } };
}

/** The kind of a column with too many texts for codes. */
async function knownTexts(
  connection: DuckDBConnection,
  source: string,
  name: string,
  expression: string,
  plan: ColumnPlan,
): Promise<KnownText> {
  const kind = new TextKind(plan);
  if (plan.kind === undefined) {
    const result = await connection.stream(`SELECT ${expression} FROM ${source}`);
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0 && !kind.isSettled;
      chunk = await result.fetchChunk()
    ) {
      for (const text of chunk.getColumnValues(0)) if (text !== null) kind.add(String(text));
    }
  }
  // A declared category is not looked at; with so many texts it is not made of booleans.
  const decided = plan.kind === undefined ? kind.decide() : { ...kind.decide(), isBoolean: false };
  return knownText(name, decided, plan, () => undefined);
}

async function* streamChunks(
  { source, rowCount, columns }: ParquetPlan,
  path: string,
  place: Place,
  options: ParquetChunkOptions,
): AsyncGenerator<Table, void, undefined> {
  const pulse = new Pulse(options);
  const readers = columns.map(({ shown, taken }) => shown.start(taken));
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
      columns.forEach(({ toUtc }, i) => {
        const days = cells[i];
        if (toUtc !== undefined && days instanceof Float64Array) days.set(days.map(toUtc));
      });
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
  { enumType, texts = [] }: FetchedColumn,
): Promise<void> {
  if (enumType === undefined) return;
  await connection.run(`CREATE TYPE ${enumType} AS ENUM (${texts.map(quoteLiteral).join(", ")})`);
}

function emptyCells({ holds }: FetchedColumn, count: number): RawCells {
  if (holds === "text") return new Array<string | null>(count).fill(null);
  return holds === "codes" ? new Int32Array(count) : new Float64Array(count);
}

function changed(place: Place, rowCount: number, received: number | string): HoldfastError {
  const expected = `must not change while it is read, it had ${count(rowCount, "row")} before`;
  return new HoldfastError({ code: "data.unreadable", path: place, expected, received });
}
