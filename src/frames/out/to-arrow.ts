import type { Table as ArrowTable, Data, DataType } from "apache-arrow";
import type { Arrow } from "../../formats/arrow/load.js";
import { checkTable } from "../../table/check-table.js";
import type { CategoricalColumn, Column, NumericColumn, Table } from "../../table/table.js";
import { loadPeer } from "./load-peer.js";

const MICROSECONDS_PER_DAY = 86_400_000_000;

/** A `Table` of Apache Arrow, as far as this package knows it; pass the module to get its own type. */
export interface ArrowFrame {
  readonly numRows: number;
  readonly numCols: number;
  toArray(): unknown[];
}

/** The module `apache-arrow`. */
export interface ArrowModule<Frame> {
  readonly Table: new (...columns: never[]) => Frame;
}

/**
 * A table as one of Apache Arrow: numbers as float64, days as date32, times as timestamps of microseconds (UTC), categories as
 * dictionaries of texts, texts as UTF-8; missing is null. Numbers are not copied: both tables have the same memory.
 * @param arrow the module `apache-arrow`, where the result must be of that instance. Default: the one that is installed.
 * @example arrow.tableToIPC(await toArrow(table, arrow))
 * @throws HoldfastError for something else in the place of a table, and `dependency.missing` where Arrow is not installed.
 */
export async function toArrow<Frame = ArrowFrame>(table: Table, arrow?: ArrowModule<Frame>): Promise<Frame> {
  checkTable("toArrow", "table", table);
  const peer = await loadPeer<Arrow>("toArrow", "arrow", arrow, "apache-arrow", [
    "makeData",
    "RecordBatch",
    "Table",
    "Schema",
  ]);
  return arrowTable(peer, table) as Frame;
}

/** {@link toArrow} by a module that is there. */
export function arrowTable(arrow: Arrow, table: Table): ArrowTable {
  const children = table.columns.map((column) => dataOf(arrow, column));
  const fields = table.columns.map(
    ({ name }, c) => new arrow.Field(name, children[c].type as DataType, true),
  );
  const schema = new arrow.Schema(fields);
  const type = new arrow.Struct(fields);
  const data = arrow.makeData({ type, length: table.rowCount, nullCount: 0, children });
  return new arrow.Table(schema, new arrow.RecordBatch(schema, data));
}

function dataOf(arrow: Arrow, column: Column): Data {
  if (column.kind === "text") return arrow.vectorFromArray(column.values, new arrow.Utf8()).data[0];
  if (column.kind === "categorical") return dictionaryOf(arrow, column);
  if (column.isDate === true) return datesOf(arrow, column);
  const { values } = column;
  return arrow.makeData({
    type: new arrow.Float64(),
    length: values.length,
    data: values,
    ...validity(values.length, (row) => !Number.isNaN(values[row])),
  });
}

function datesOf(arrow: Arrow, { values }: NumericColumn): Data {
  const present = validity(values.length, (row) => !Number.isNaN(values[row]));
  const { length } = values;
  if (values.every((days) => Number.isNaN(days) || isDay(days))) {
    return arrow.makeData({ type: new arrow.DateDay(), length, data: Int32Array.from(values), ...present });
  }
  const data = BigInt64Array.from(values, (days) =>
    BigInt(Number.isNaN(days) ? 0 : Math.round(days * MICROSECONDS_PER_DAY)),
  );
  return arrow.makeData({ type: new arrow.TimestampMicrosecond("UTC"), length, data, ...present });
}

function isDay(days: number): boolean {
  return Number.isInteger(days) && Math.abs(days) < 2 ** 31;
}

function dictionaryOf(arrow: Arrow, { codes, categories }: CategoricalColumn): Data {
  const dictionary = arrow.vectorFromArray(categories as string[], new arrow.Utf8());
  const present = validity(codes.length, (row) => codes[row] >= 0);
  return arrow.makeData({
    type: new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
    length: codes.length,
    // What a missing code holds is not read; some readers check that it is one of the dictionary nevertheless.
    data: present.nullCount === 0 ? codes : codes.map((code) => Math.max(code, 0)),
    dictionary,
    ...present,
  });
}

/** The validity bitmap, none where no value is missing. */
function validity(
  length: number,
  isPresent: (row: number) => boolean,
): { readonly nullCount: number; readonly nullBitmap?: Uint8Array } {
  // Buffers of Arrow are padded to whole words.
  const bitmap = new Uint8Array(Math.ceil(length / 64) * 8);
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (isPresent(row)) bitmap[row >> 3] |= 1 << (row & 7);
    else nullCount++;
  }
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap: bitmap };
}
