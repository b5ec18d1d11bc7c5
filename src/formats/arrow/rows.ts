import type { RecordBatch } from "apache-arrow";
import { Problems } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import { BatchBuilder } from "../../rows/batch-builder.js";
import { type Cells, DateCells, NumberCells } from "../../rows/cells.js";
import {
  type Extent,
  type NeededColumn,
  placesOf,
  type RowBatch,
  type RowSource,
  wrongType,
} from "../../rows/row-source.js";
import { formatDate } from "../../table/dates.js";
import { utcOf } from "../../table/grammar/dates/time-zone.js";
import { type ArrowSource, arrowError, recordBatches } from "./batches.js";
import { type CellType, cellTypeOf } from "./cell-types.js";
import { type Arrow, loadArrow } from "./load.js";

/** The rows of an Arrow stream or file. */
export class ArrowRows implements RowSource {
  private read: Extent = { done: 0, total: undefined };

  constructor(
    readonly name: string,
    private readonly source: ArrowSource,
  ) {}

  extent(): Extent {
    return this.read;
  }

  async *batches(needed: readonly NeededColumn[], work: LongWork): AsyncGenerator<RowBatch, void, undefined> {
    const arrow = await loadArrow();
    const pulse = new Pulse(work);
    const builder = new BatchBuilder(needed, this.name);
    let columns: readonly NeededCells[] | undefined;
    try {
      const onExtent = (extent: Extent) => {
        this.read = extent;
      };
      for await (const batch of recordBatches(arrow, this.source, { file: this.name }, onExtent)) {
        columns ??= neededCells(arrow, batch, needed, this.name);
        for (let from = 0; from < batch.numRows; ) {
          from += takeRows(arrow, builder, columns, batch, from);
          if (builder.isFull) yield builder.finish();
        }
        await pulse.beat();
      }
    } catch (error) {
      throw arrowError(error, { file: this.name });
    }
    if (builder.filled > 0) yield builder.finish();
  }
}

/** A needed column of a source. */
interface NeededCells {
  readonly place: number;
  readonly type: CellType;
  /** From a time without a zone to UTC. */
  readonly toUtc: ((days: number) => number) | undefined;
}

/** @throws HoldfastError with all columns that are missing or hold no cells. */
function neededCells(
  arrow: Arrow,
  { schema: { fields } }: RecordBatch,
  needed: readonly NeededColumn[],
  source: string,
): NeededCells[] {
  const problems = new Problems();
  const names = fields.map(({ name }) => String(name));
  const found = placesOf(needed, names, source).flatMap((place, c): NeededCells[] => {
    const { kind, reading } = needed[c];
    const type = cellTypeOf(arrow, fields[place].type, kind === "numeric" ? "numbers" : "texts");
    if (type === undefined) {
      problems.add(wrongType(needed[c], String(fields[place].type), source));
      return [];
    }
    const toUtc = type.isLocal && kind === "date" ? utcOf({ format: reading }) : undefined;
    return [{ place, type, toUtc }];
  });
  problems.throwIfAny();
  return found;
}

/** Takes rows of a batch, starting at `from`, until the builder is full; returns how many. */
function takeRows(
  arrow: Arrow,
  builder: BatchBuilder,
  columns: readonly NeededCells[],
  batch: RecordBatch,
  from: number,
): number {
  const at = builder.filled;
  const count = Math.min(batch.numRows - from, builder.room);
  builder.reserve(count);
  columns.forEach(({ place, type, toUtc }, c) => {
    const data = batch.data.children[place];
    const cells = builder.cells[c];
    if (areDoubles(arrow, data.type) && data.nullCount === 0 && isOfNumbers(cells)) {
      putDoubles(builder, c, cells, data.values.subarray(from, from + count), at);
      return;
    }
    const read = type.reader(data);
    for (let k = 0; k < count; k++) {
      const value = read(from + k);
      if (type.isDate && cells instanceof DateCells) {
        const days = typeof value === "number" ? value : Number.NaN;
        cells.values[at + k] = toUtc === undefined ? days : toUtc(days);
        continue;
      }
      const given = type.isDate && typeof value === "number" ? formatDate(value) : value;
      const problem = cells.put(at + k, given);
      if (problem !== undefined) builder.refuse(at + k, c, problem, given);
    }
  });
  for (const row of builder.refusedRows())
    builder.describe(row, { values: wholeRow(arrow, batch, from + row - at) });
  builder.filled += count;
  return count;
}

function areDoubles(
  { DataType, Precision }: Arrow,
  type: RecordBatch["schema"]["fields"][number]["type"],
): boolean {
  return DataType.isFloat(type) && type.precision === Precision.DOUBLE;
}

function isOfNumbers(cells: Cells): cells is NumberCells {
  return cells instanceof NumberCells && cells.takesPlainNumbers;
}

function putDoubles(
  builder: BatchBuilder,
  column: number,
  { values }: NumberCells,
  doubles: Float64Array,
  at: number,
): void {
  values.set(doubles, at);
  doubles.forEach((value, k) => {
    if (Math.abs(value) === Infinity) builder.refuse(at + k, column, "must be finite", value);
  });
}

/** All cells of a row as texts and numbers; nested ones as they print. */
function wholeRow(arrow: Arrow, batch: RecordBatch, row: number): Record<string, unknown> {
  return Object.fromEntries(
    batch.schema.fields.map(({ name, type }, place): [string, unknown] => {
      const cells = cellTypeOf(arrow, type, "texts");
      const data = batch.data.children[place];
      if (cells === undefined) return [String(name), printed(new arrow.Vector([data]).get(row))];
      const value = cells.reader(data)(row);
      const text = cells.isDate && typeof value === "number" ? formatDate(value) : value;
      return [String(name), typeof text === "bigint" ? String(text) : text];
    }),
  );
}

function printed(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
