import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import { HoldfastError, Problems } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import { BatchBuilder, type WholeRow } from "../../rows/batch-builder.js";
import { DateCells, NumberCells } from "../../rows/cells.js";
import { missingColumn, type NeededColumn, type RowBatch, wrongType } from "../../rows/row-source.js";
import { columnName } from "../../table/column-name.js";
import { formatDate } from "../../table/dates.js";
import { grammarOf } from "../../table/grammar/cell-grammar.js";
import { utcOf } from "../../table/grammar/dates/time-zone.js";
import { type DuckDBSession, firstLine, loadBindings, quoteIdentifier } from "./session.js";
import {
  daysSql,
  exactTextSql,
  isDayType,
  isLocalTime,
  isNumberType,
  LARGE_INTEGERS,
  numberSql,
  TEXTS,
  truthSql,
} from "./types.js";

/** A relation of DuckDB whose rows are read. */
export interface Relation {
  readonly session: DuckDBSession;
  /** The SQL after FROM. */
  readonly from: string;
  /** Names of the columns, where they differ from DuckDB's. */
  readonly names?: readonly string[] | undefined;
  /** What messages call it. */
  readonly source: string;
  /** All cells of the rows with these numbers, from 1. Default: all columns are fetched, in case a row is refused. */
  readonly wholeRows?: (numbers: readonly number[]) => Promise<ReadonlyMap<number, WholeRow["values"]>>;
  /** The error to throw for what DuckDB throws while rows are read. */
  readonly failure: (error: unknown) => unknown;
}

type Bindings = typeof import("@duckdb/node-bindings");

/** What is fetched: the needed columns, followed by the text of all columns where a row can't be fetched again. */
interface Plan {
  readonly fetched: readonly Fetched[];
  readonly whole: readonly { readonly name: string; readonly expression: string }[];
}

/** How a column is fetched, and what its cells are made of. */
interface Fetched {
  readonly expression: string;
  /** Doubles that are copied as they are, or values that are read one by one. */
  readonly holds: "doubles" | "values";
  /** From a value as DuckDB gives it to one that {@link Cells} takes. Default: the same. */
  readonly given?: (value: unknown) => unknown;
  /** From a double that was copied to that of the column. Default: the same. */
  readonly changed?: ((value: number) => number) | undefined;
}

/** The rows of a relation, streamed: DuckDB's threads read ahead while this one copies the columns of its vectors. */
export async function* relationRows(
  relation: Relation,
  needed: readonly NeededColumn[],
  work: LongWork,
  onRows: (done: number) => void,
): AsyncGenerator<RowBatch, void, undefined> {
  const { session, source, failure } = relation;
  const pulse = new Pulse(work);
  const builder = new BatchBuilder(needed, source);
  let done = 0;
  try {
    const bindings = await loadBindings();
    const plan = await planColumns(session.connection, relation, needed);
    const select = [...plan.fetched, ...plan.whole]
      .map(({ expression }, c) => `${expression} AS c${c}`)
      .join(", ");
    // With the default of one megabyte DuckDB's threads are idle while this one works.
    await session.connection.run("SET streaming_buffer_size = '16MB'");
    const result = await session.connection.stream(`SELECT ${select} FROM ${relation.from}`);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      // A whole number of vectors of 2,048 rows fills a batch; shorter ones come at the end of row groups.
      for (let from = 0; from < chunk.rowCount; ) {
        const count = takeRows(bindings, builder, chunk, plan, from);
        from += count;
        done += count;
        if (builder.isFull) yield await finish(builder, relation);
      }
      onRows(done);
      await pulse.beat();
    }
    if (builder.filled > 0) yield await finish(builder, relation);
  } catch (error) {
    throw failure(error);
  }
}

async function finish(builder: BatchBuilder, { wholeRows }: Relation): Promise<RowBatch> {
  const refused = builder.refusedRows();
  if (refused.length > 0 && wholeRows !== undefined) {
    const whole = await wholeRows(refused.map((at) => builder.numberOf(at)));
    for (const at of refused) {
      const values = whole.get(builder.numberOf(at));
      if (values !== undefined) builder.describe(at, { values });
    }
  }
  return builder.finish();
}

/** How the needed columns are fetched. @throws HoldfastError with all that are missing or of another type. */
async function planColumns(
  connection: DuckDBConnection,
  { from, names, source, wholeRows }: Relation,
  needed: readonly NeededColumn[],
): Promise<Plan> {
  const described = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)).getRows();
  const columns = described.map(([name, type], i) => ({
    name: columnName(names?.[i] ?? String(name)),
    identifier: quoteIdentifier(String(name)),
    type: String(type),
  }));
  const problems = new Problems();
  const fetched = needed.map((column): Fetched => {
    const found = columns.find(({ name }) => name === column.name);
    if (found === undefined) {
      problems.add(
        missingColumn(
          column,
          source,
          columns.map(({ name }) => name),
        ),
      );
      return { expression: "NULL", holds: "values" };
    }
    const plan = planColumn(column, found.identifier, found.type);
    if (plan !== undefined) return plan;
    problems.add(wrongType(column, found.type, source));
    return { expression: "NULL", holds: "values" };
  });
  problems.throwIfAny();
  const whole = columns.map(({ name, identifier }) => ({ name, expression: `${identifier}::VARCHAR` }));
  return { fetched, whole: wholeRows === undefined ? whole : [] };
}

/** Undefined for a type that has no cells of the kind. */
function planColumn(column: NeededColumn, identifier: string, type: string): Fetched | undefined {
  const { kind, isFlag = false, reading } = column;
  const grammar = grammarOf(reading);
  const text: Fetched = { expression: `${identifier}::VARCHAR`, holds: "values" };
  // A column of NULL only fits any kind.
  if (type === '"NULL"' || type === "NULL" || TEXTS.test(type)) return text;
  if (type === "BOOLEAN") {
    if (kind === "date" || (kind === "numeric" && !isFlag)) return undefined;
    return { expression: truthSql(identifier), holds: "values", given: truthOfCode };
  }
  if (isDayType(type)) {
    const days = daysSql(type, identifier);
    const changed = isLocalTime(type) ? utcOf({ format: reading }) : undefined;
    if (kind === "date") return { expression: `coalesce(${days}, 'nan'::DOUBLE)`, holds: "doubles", changed };
    return kind === "numeric" ? undefined : { expression: days, holds: "values", given: textOfDays };
  }
  if (!isNumberType(type)) return undefined;
  if (kind === "numeric") {
    const number = numberSql(type, identifier);
    return grammar.missingNumbers.length > 0
      ? { expression: number, holds: "values" }
      : { expression: `coalesce(${number}, 'nan'::DOUBLE)`, holds: "doubles" };
  }
  const isExact = LARGE_INTEGERS.test(type) || type.startsWith("DECIMAL(");
  return {
    expression: isExact ? exactTextSql(type, identifier) : numberSql(type, identifier),
    holds: "values",
  };
}

function truthOfCode(code: unknown): boolean | null {
  return code === -1 ? null : code === 1;
}

function textOfDays(days: unknown): unknown {
  return typeof days === "number" ? formatDate(days) : days;
}

/** Copies rows of a chunk, starting at `from`, until the batch is full; returns how many. */
function takeRows(
  bindings: Bindings,
  builder: BatchBuilder,
  chunk: DuckDBDataChunk,
  { fetched, whole }: Plan,
  from: number,
): number {
  const at = builder.filled;
  const count = Math.min(chunk.rowCount - from, builder.room);
  builder.reserve(count);
  fetched.forEach(({ holds, given, changed }, c) => {
    const cells = builder.cells[c];
    if (holds === "doubles" && (cells instanceof NumberCells || cells instanceof DateCells)) {
      cells.values.set(doublesOf(bindings, chunk, c).subarray(from, from + count), at);
      if (changed !== undefined) {
        for (let row = at; row < at + count; row++) cells.values[row] = changed(cells.values[row]);
      }
      refuseInfinite(builder, c, cells.values, at, count);
      return;
    }
    const vector = chunk.getColumnVector(c);
    for (let k = 0; k < count; k++) {
      const found: unknown = vector.getItem(from + k);
      const value = given === undefined ? found : given(found);
      const problem = cells.put(at + k, value);
      if (problem !== undefined) builder.refuse(at + k, c, problem, value);
    }
  });
  if (whole.length > 0) {
    for (const row of builder.refusedRows()) {
      const cells = whole.map(({ name }, w): [string, unknown] => [
        name,
        chunk.getColumnVector(fetched.length + w).getItem(from + row - at),
      ]);
      builder.describe(row, { values: Object.fromEntries(cells) });
    }
  }
  builder.filled += count;
  return count;
}

/** The doubles of a vector, in one copy: fetching them one by one costs more than all the rest. */
function doublesOf(bindings: Bindings, { chunk, rowCount }: DuckDBDataChunk, column: number): Float64Array {
  const bytes = bindings.vector_get_data(bindings.data_chunk_get_vector(chunk, column), rowCount * 8);
  return new Float64Array(bytes.buffer, bytes.byteOffset, rowCount);
}

function refuseInfinite(
  builder: BatchBuilder,
  column: number,
  values: Float64Array,
  at: number,
  count: number,
): void {
  for (let row = at; row < at + count; row++) {
    const value = values[row];
    if (Math.abs(value) === Infinity) builder.refuse(row, column, "must be finite", value);
  }
}

/** Turns the plain errors of DuckDB, which here come from the input, into errors about it; other errors stay as they are. */
export function duckDBFailure(
  file: string,
  expected: string,
  code: "data.malformed" | "data.unreadable",
): (error: unknown) => unknown {
  return (error) => {
    if (!(error instanceof Error) || error.constructor !== Error) return error;
    const problem = { code, path: { file }, expected, received: undefined, hint: firstLine(error) };
    return new HoldfastError(problem, 1, { cause: error });
  };
}
