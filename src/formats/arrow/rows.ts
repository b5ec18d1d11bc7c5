import type { RecordBatch, RecordBatchReader } from "apache-arrow";
import { HoldfastError } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import { BatchBuilder } from "../../rows/batch-builder.js";
import {
  type Extent,
  type NeededColumn,
  placesOf,
  type RowBatch,
  type RowSource,
} from "../../rows/row-source.js";
import { type Arrow, loadArrow } from "./load.js";

/** The rows of an Arrow IPC stream. */
export class ArrowRows implements RowSource {
  private done = 0;

  constructor(
    readonly name: string,
    private readonly bytes: AsyncIterable<Uint8Array>,
  ) {}

  extent(): Extent {
    return { done: this.done, total: undefined };
  }

  async *batches(needed: readonly NeededColumn[], work: LongWork): AsyncGenerator<RowBatch, void, undefined> {
    const arrow = await loadArrow();
    const pulse = new Pulse(work);
    const builder = new BatchBuilder(needed, this.name);
    try {
      const reader: RecordBatchReader = await arrow.RecordBatchReader.from(gathered(this.bytes));
      for await (const batch of reader) {
        const columns = columnsOf(arrow, batch, needed, this.name);
        for (let row = 0; row < batch.numRows; row++) {
          putRow(builder, columns, batch, row);
          if (builder.isFull) yield builder.finish();
        }
        this.done += batch.numRows;
        await pulse.beat();
      }
    } catch (error) {
      if (error instanceof HoldfastError) throw error;
      throw new HoldfastError({
        code: "data.malformed",
        path: { file: this.name },
        expected: "must be an Arrow IPC stream",
        received: undefined,
        hint: error instanceof Error ? error.message : String(error),
      });
    }
    if (builder.filled > 0) yield builder.finish();
  }
}

const LEAST_BYTES = 1 << 18;

/** Joins small pieces: the reader fails on pieces of a few bytes, which pipes sometimes deliver. */
async function* gathered(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    size += piece.length;
    if (size < LEAST_BYTES) continue;
    yield Buffer.concat(pieces);
    pieces = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(pieces);
}

/** Reads a cell of a column as a value that {@link Cells} takes. */
type ReadCell = (row: number) => unknown;

function columnsOf(
  { DataType }: Arrow,
  batch: RecordBatch,
  needed: readonly NeededColumn[],
  source: string,
): ReadCell[] {
  const { fields } = batch.schema;
  const names = fields.map(({ name }) => String(name));
  return placesOf(needed, names, source).map((place): ReadCell => {
    const vector = batch.getChildAt(place);
    const { type } = fields[place];
    const isDay = DataType.isDate(type) || DataType.isTimestamp(type);
    return isDay ? (row) => dateOf(vector?.get(row)) : (row) => vector?.get(row);
  });
}

/** Arrow gives dates and timestamps as milliseconds. */
function dateOf(value: unknown): unknown {
  return typeof value === "number" || typeof value === "bigint" ? new Date(Number(value)) : value;
}

function putRow(builder: BatchBuilder, columns: readonly ReadCell[], batch: RecordBatch, row: number): void {
  const at = builder.filled;
  let isRefused = false;
  columns.forEach((read, c) => {
    const value = read(row);
    const problem = builder.cells[c].put(at, value);
    if (problem === undefined) return;
    builder.refuse(at, c, problem, value);
    isRefused = true;
  });
  if (isRefused) builder.describe(at, { values: batch.get(row)?.toJSON() ?? {} });
  builder.filled++;
}
