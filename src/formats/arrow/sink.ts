import { once } from "node:events";
import type { Writable } from "node:stream";
import type { ColumnSchema } from "../../table/chunk-column.js";
import { type Column, cellOf, type Table } from "../../table/table.js";
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
  const types = columns.map((column) => typeOf(arrow, column));
  const schema = new arrow.Schema(columns.map(({ name }, c) => new arrow.Field(name, types[c], true)));
  const writer = new arrow.RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  const bytes = writer.toNodeStream();
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  stream.on("error", fail);
  bytes.on("error", fail);
  const ended = once(bytes, "end");
  ended.catch(() => {});
  bytes.pipe(stream, { end: false });
  return {
    async write(table) {
      writer.write(batchOf(arrow, schema, types, table));
      // Arrow's reader in between has a separate buffer; when the stream is full, writing waits here.
      if (stream.writableNeedDrain) await Promise.race([once(stream, "drain"), failed]);
    },
    async finish() {
      writer.finish();
      await Promise.race([ended, failed]);
    },
    async abandon() {
      bytes.unpipe(stream);
    },
  };
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
