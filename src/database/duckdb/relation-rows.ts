import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import { HoldfastError, type Problem, Problems } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import { BatchBuilder, type WholeRow } from "../../rows/batch-builder.js";
import { CategoryCells, DateCells, NumberCells } from "../../rows/cells.js";
import { missingColumn, type NeededColumn, type RowBatch } from "../../rows/row-source.js";
import { type DuckDBSession, firstLine, loadBindings, quoteIdentifier } from "./session.js";
import { daysSql, isDayType, LARGE_INTEGERS, SMALL_NUMBERS, TEXTS, truthSql } from "./types.js";

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

/** How a column is fetched. */
interface Fetched {
  readonly expression: string;
  readonly holds: "doubles" | "integers" | "truths" | "texts" | "values";
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
    name: (names?.[i] ?? String(name)).trim(),
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
      return { expression: "NULL", holds: "texts" };
    }
    const plan = planColumn(column, found.identifier, found.type);
    if (plan !== undefined) return plan;
    problems.add(wrongType(column, found.type, source));
    return { expression: "NULL", holds: "texts" };
  });
  problems.throwIfAny();
  const whole = columns.map(({ name, identifier }) => ({ name, expression: `${identifier}::VARCHAR` }));
  return { fetched, whole: wholeRows === undefined ? whole : [] };
}

function planColumn({ kind }: NeededColumn, identifier: string, type: string): Fetched | undefined {
  const text: Fetched = { expression: `${identifier}::VARCHAR`, holds: "texts" };
  // A column of NULL only fits any kind.
  if (type === '"NULL"' || type === "NULL") return text;
  if (kind === "text" || kind === "categorical") {
    if (TEXTS.test(type) || LARGE_INTEGERS.test(type)) return text;
    if (type === "BOOLEAN") {
      return kind === "categorical" ? { expression: truthSql(identifier), holds: "truths" } : text;
    }
    if (SMALL_NUMBERS.test(type) || type.startsWith("DECIMAL("))
      return { expression: `${identifier}::DOUBLE`, holds: "values" };
    return isDayType(type) && kind === "text" ? text : undefined;
  }
  if (TEXTS.test(type)) return text;
  if (kind === "date") {
    if (!isDayType(type)) return undefined;
    return { expression: `coalesce(${daysSql(type, identifier)}, 'nan'::DOUBLE)`, holds: "doubles" };
  }
  if (SMALL_NUMBERS.test(type))
    return { expression: `coalesce(${identifier}::DOUBLE, 'nan'::DOUBLE)`, holds: "doubles" };
  if (LARGE_INTEGERS.test(type))
    return { expression: `coalesce(${identifier}::DOUBLE, 'nan'::DOUBLE)`, holds: "integers" };
  // Through its text, because the direct cast of a wide decimal is not the nearest double.
  if (type.startsWith("DECIMAL(")) {
    return { expression: `coalesce(${identifier}::VARCHAR::DOUBLE, 'nan'::DOUBLE)`, holds: "doubles" };
  }
  return undefined;
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
  fetched.forEach(({ holds }, c) => {
    const cells = builder.cells[c];
    const takesDoubles = cells instanceof NumberCells || cells instanceof DateCells;
    if ((holds === "doubles" || holds === "integers") && takesDoubles) {
      cells.values.set(doublesOf(bindings, chunk, c).subarray(from, from + count), at);
      const most = holds === "integers" ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
      refuseLarge(builder, c, cells.values, at, count, most);
      return;
    }
    const vector = chunk.getColumnVector(c);
    if (holds === "truths" && cells instanceof CategoryCells) {
      for (let k = 0; k < count; k++) {
        const truth = vector.getItem(from + k) as number;
        cells.put(at + k, truth < 0 ? null : truth === 1);
      }
      return;
    }
    for (let k = 0; k < count; k++) {
      const value = vector.getItem(from + k);
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

function refuseLarge(
  builder: BatchBuilder,
  column: number,
  values: Float64Array,
  at: number,
  count: number,
  most: number,
): void {
  for (let row = at; row < at + count; row++) {
    const value = values[row];
    if (!(Math.abs(value) > most)) continue;
    const isInfinite = Math.abs(value) === Infinity;
    builder.refuse(row, column, isInfinite ? "must be finite" : "must be within ±2^53 to be a number", value);
  }
}

function wrongType({ name, kind }: NeededColumn, received: string, file: string): Problem {
  const what = { numeric: "numbers", date: "dates", categorical: "text, numbers or booleans", text: "text" }[
    kind
  ];
  return {
    code: "data.wrong-type",
    path: { file, column: name },
    expected: `must hold ${what}, as when the model was trained`,
    received,
  };
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
