import { count, Problems } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import { BatchBuilder } from "../../rows/batch-builder.js";
import { type Cells, NumberCells } from "../../rows/cells.js";
import {
  BATCH_ROWS,
  type Extent,
  type NeededColumn,
  placesOf,
  type RowBatch,
  type RowSource,
} from "../../rows/row-source.js";
import { type DelimitedBatch, delimitedBatches } from "./batches.js";
import type { Delimiters } from "./header.js";
import { cutterOfLongText } from "./record-cutter.js";

/** How delimited text is read. */
export interface DelimitedRowsOptions extends Delimiters {
  readonly encoding?: string | undefined;
  /** Names of the columns of text without a header line. */
  readonly names?: readonly string[] | undefined;
  /** Text that stands for a missing value in every column, such as `\N`. */
  readonly nullText?: string | undefined;
  /** Whether quotes enclose fields. Default true. */
  readonly quotes?: boolean | undefined;
  /** Instead of the file's bytes. */
  readonly bytes?: AsyncIterable<Buffer> | undefined;
}

/** A ragged record of the batch that is being scanned. */
interface Ragged {
  readonly record: number;
  readonly line: number;
  readonly fields: number;
  readonly text: string;
}

/** The rows of CSV, TSV and the like. */
export class DelimitedRows implements RowSource {
  private bytesRead = 0;
  private size: number | undefined;

  constructor(
    /** The path, or the name of the stream. */
    readonly name: string,
    private readonly options: DelimitedRowsOptions = {},
  ) {}

  extent(): Extent {
    return { done: this.bytesRead, total: this.size };
  }

  async *batches(needed: readonly NeededColumn[], work: LongWork): AsyncGenerator<RowBatch, void, undefined> {
    const place = { file: this.name };
    const { bytes, nullText } = this.options;
    const pulse = new Pulse(work);
    const problems = new Problems();
    const ragged: Ragged[] = [];
    const source = delimitedBatches({
      ...this.options,
      path: this.name,
      place,
      problems,
      cutter: cutterOfLongText(),
      bytes: bytes && counted(bytes, (done) => this.saw(done)),
      onBytes: (done) => this.saw(done),
      onSize: (size) => {
        this.size = size;
      },
      beat: () => pulse.beat(),
      onRagged: (record, line, fields, text) => ragged.push({ record, line, fields, text }),
    });
    const builder = new BatchBuilder(needed, this.name);
    const missing = nullText === undefined ? undefined : Buffer.from(nullText);
    let fields: number[] | undefined;
    for await (const batch of source) {
      fields ??= placesOf(needed, batch.header.names, this.name);
      for (let from = 0; from < batch.recordCount; ) {
        const to = Math.min(batch.recordCount, from + BATCH_ROWS - builder.filled);
        builder.reserve(to - from);
        fill(builder, fields, batch, from, to, missing);
        refuseRagged(builder, batch, from, to, ragged, this.name);
        describeRefused(builder, batch, from);
        builder.filled += to - from;
        from = to;
        if (builder.isFull) yield builder.finish();
      }
      ragged.length = 0;
      problems.throwIfAny();
    }
    problems.throwIfAny();
    if (builder.filled > 0) yield builder.finish();
  }

  private saw(done: number): void {
    this.bytesRead = done;
  }
}

/** Appends records `from … to − 1` to those that the builder has, column by column. */
function fill(
  builder: BatchBuilder,
  fields: readonly number[],
  batch: DelimitedBatch,
  from: number,
  to: number,
  missing: Buffer | undefined,
): void {
  for (let column = 0; column < fields.length; column++) {
    fillColumn(builder, column, builder.cells[column], fields[column], batch, from, to, missing);
  }
}

function fillColumn(
  builder: BatchBuilder,
  column: number,
  cells: Cells,
  field: number,
  { bytes, starts, ends, width, readNumbers }: DelimitedBatch,
  from: number,
  to: number,
  missing: Buffer | undefined,
): void {
  let at = builder.filled;
  if (cells instanceof NumberCells && cells.takesPlainNumbers && readNumbers !== undefined) {
    for (const record of readNumbers(field, from, to, cells.values, at)) {
      const k = record * width + field;
      const text = bytes.toString("utf8", starts[k], ends[k]);
      const isMissing = missing !== undefined && isText(bytes, starts[k], ends[k], missing);
      const problem = cells.put(at + record - from, isMissing ? null : text);
      if (problem !== undefined) builder.refuse(at + record - from, column, problem, text);
    }
    return;
  }
  for (let record = from, k = from * width + field; record < to; record++, k += width, at++) {
    const start = starts[k];
    let end = ends[k];
    if (missing !== undefined && isText(bytes, start, end, missing)) end = start;
    const problem = cells.putBytes(at, bytes, start, end);
    if (problem !== undefined) builder.refuse(at, column, problem, bytes.toString("utf8", start, end));
  }
}

function isText(bytes: Buffer, start: number, end: number, text: Buffer): boolean {
  if (end - start !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}

function refuseRagged(
  builder: BatchBuilder,
  batch: DelimitedBatch,
  from: number,
  to: number,
  ragged: readonly Ragged[],
  file: string,
): void {
  for (const { record, line, fields, text } of ragged) {
    if (record < from || record >= to) continue;
    const at = builder.filled + record - from;
    builder.refuseRow(at, {
      code: "data.malformed",
      path: { file, row: builder.numberOf(at), line },
      expected: `must have ${count(batch.width, "field")} like the header`,
      received: fields,
    });
    builder.describe(at, { line, text });
  }
}

/** Keeps the cells of refused rows, before their bytes are overwritten; those of columns without a name where they hold something. */
function describeRefused(builder: BatchBuilder, batch: DelimitedBatch, from: number): void {
  const { bytes, starts, ends, width, lines, header } = batch;
  for (const at of builder.refusedRows()) {
    const record = from + at - builder.filled;
    const cells = header.names.flatMap((name, field): [string, string][] => {
      const k = record * width + field;
      if (starts[k] === ends[k] && header.unnamed.includes(field)) return [];
      return [[name, bytes.toString("utf8", starts[k], ends[k])]];
    });
    builder.describe(at, { line: lines[record], values: Object.fromEntries(cells) });
  }
}

async function* counted(
  bytes: AsyncIterable<Buffer>,
  saw: (done: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  let done = 0;
  for await (const chunk of bytes) {
    done += chunk.length;
    saw(done);
    yield chunk;
  }
}
