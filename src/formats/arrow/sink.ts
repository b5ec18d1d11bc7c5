import { once } from "node:events";
import { open } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { beginWhole, type WholeFileOptions } from "../../files/whole-file.js";
import { writingTo } from "../../files/write-faults.js";
import { type LongWork, Pulse } from "../../progress.js";
import { BATCH_ROWS } from "../../rows/row-source.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import { type Column, cellOf, type Table, takeRows } from "../../table/table.js";
import type { TableSink } from "../../table/table-sink.js";
import { type Arrow, loadArrow } from "./load.js";

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Writes an Arrow IPC stream, one record batch per table: numbers as float64, dates as milliseconds, all else as UTF-8.
 * The stream is left open.
 */
export async function arrowStreamSink(
  stream: Writable,
  columns: readonly ColumnSchema[],
): Promise<TableSink> {
  const arrow = await loadArrow();
  const written = new WrittenBatches(arrow, new arrow.RecordBatchStreamWriter(), stream, columns);
  return {
    write: (table) => written.write(table),
    finish: () => written.finish(),
    async abandon() {
      written.abandon();
    },
  };
}

/** Writes an Arrow file, whole or not at all; its batches hold what those of {@link arrowStreamSink} do. */
export async function arrowFileSink(
  path: string,
  columns: readonly ColumnSchema[],
  options?: WholeFileOptions,
): Promise<TableSink> {
  const arrow = await loadArrow();
  const guarded = writingTo(path);
  const whole = await beginWhole(path, options);
  const file = (await guarded(() => open(whole.temporary, "w"))).createWriteStream();
  const done = finished(file);
  done.catch(() => {});
  const written = new WrittenBatches(arrow, new arrow.RecordBatchFileWriter(), file, columns);
  return {
    write: (table) => guarded(() => written.write(table)),
    finish: () =>
      guarded(async () => {
        await written.finish();
        file.end();
        await done;
        await whole.commit();
      }),
    async abandon() {
      written.abandon();
      file.destroy();
      await done.catch(() => {});
      await whole.abandon();
    },
  };
}

/** Writes a table as an Arrow file, in batches of some rows. */
export async function writeArrow(table: Table, path: string, work: LongWork): Promise<void> {
  const pulse = new Pulse(work);
  const arrow = await loadArrow();
  const file = (await open(path, "w")).createWriteStream();
  const done = finished(file);
  done.catch(() => {});
  try {
    const schema = table.columns.map((column): ColumnSchema => {
      const { name, kind } = column;
      return column.kind === "numeric" && column.isDate === true
        ? { name, kind, isDate: true }
        : { name, kind };
    });
    const written = new WrittenBatches(arrow, new arrow.RecordBatchFileWriter(), file, schema);
    for (let from = 0; from < table.rowCount; from += BATCH_ROWS) {
      const to = Math.min(from + BATCH_ROWS, table.rowCount);
      await written.write(
        takeRows(
          table,
          Int32Array.from({ length: to - from }, (_, k) => from + k),
        ),
      );
      pulse.report({ phase: "writing", done: to, total: table.rowCount });
      await pulse.beat();
    }
    await written.finish();
    file.end();
    await done;
  } catch (error) {
    file.destroy();
    await done.catch(() => {});
    throw error;
  }
}

/** The bytes of record batches, on their way into a stream. */
class WrittenBatches {
  private readonly types: readonly ReturnType<typeof typeOf>[];
  private readonly schema: InstanceType<Arrow["Schema"]>;
  private readonly bytes: NodeJS.ReadableStream;
  private readonly failed: Promise<never>;
  private readonly ended: Promise<unknown>;

  constructor(
    private readonly arrow: Arrow,
    private readonly writer: InstanceType<Arrow["RecordBatchWriter"]>,
    private readonly stream: Writable,
    columns: readonly ColumnSchema[],
  ) {
    this.types = columns.map((column) => typeOf(arrow, column));
    this.schema = new arrow.Schema(columns.map(({ name }, c) => new arrow.Field(name, this.types[c], true)));
    writer.reset(undefined, this.schema);
    this.bytes = writer.toNodeStream();
    let fail: (error: Error) => void = () => {};
    this.failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    this.failed.catch(() => {});
    stream.on("error", fail);
    this.bytes.on("error", fail);
    this.ended = once(this.bytes, "end");
    this.ended.catch(() => {});
    this.bytes.pipe(stream, { end: false });
  }

  async write(table: Table): Promise<void> {
    this.writer.write(batchOf(this.arrow, this.schema, this.types, table));
    // Arrow's reader in between has a separate buffer; when the stream is full, writing waits here.
    if (this.stream.writableNeedDrain) await Promise.race([once(this.stream, "drain"), this.failed]);
  }

  async finish(): Promise<void> {
    this.writer.finish();
    await Promise.race([this.ended, this.failed]);
  }

  abandon(): void {
    this.bytes.unpipe(this.stream);
  }
}

function batchOf(
  arrow: Arrow,
  schema: InstanceType<Arrow["Schema"]>,
  types: readonly ReturnType<typeof typeOf>[],
  table: Table,
) {
  const children = table.columns.map((column, c) => arrow.vectorFromArray(cellsOf(column), types[c]).data[0]);
  const data = arrow.makeData({
    type: new arrow.Struct(schema.fields),
    length: table.rowCount,
    nullCount: 0,
    children,
  });
  return new arrow.RecordBatch(schema, data);
}

function typeOf({ Float64, DateMillisecond, Utf8 }: Arrow, { kind, isDate }: ColumnSchema) {
  if (kind !== "numeric") return new Utf8();
  return isDate === true ? new DateMillisecond() : new Float64();
}

function cellsOf(column: Column): (number | string | null)[] {
  const length = column.kind === "categorical" ? column.codes.length : column.values.length;
  const isDate = column.kind === "numeric" && column.isDate === true;
  return Array.from({ length }, (_, row) => {
    const cell = cellOf(column, row);
    return isDate && typeof cell === "number" ? Math.round(cell * MILLISECONDS_PER_DAY) : cell;
  });
}
