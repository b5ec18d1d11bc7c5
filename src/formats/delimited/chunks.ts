import { count, HoldfastError, Problems } from "../../errors.js";
import { readableFileSize } from "../../files/byte-stream.js";
import { type LongWork, Pulse } from "../../progress.js";
import {
  type ColumnSchema,
  type KnownText,
  rowsFrom,
  schemaOf,
  TextChunks,
} from "../../table/chunk-column.js";
import { checkColumnNames, checkDeclaredColumns } from "../../table/column-names.js";
import type { DeclaredKind, Place } from "../../table/resolve-column.js";
import { type Column, createTable, type Table } from "../../table/table.js";
import { type BatchSource, delimitedBatches } from "./batches.js";
import { type FieldBatch, NumberBuilder, TextBuilder } from "./column-builders.js";
import { NumberScout, TextScout } from "./column-scouts.js";

/** How a delimited file is to be read in chunks. */
export interface DelimitedChunkOptions extends LongWork {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly columns?: Readonly<Record<string, DeclaredKind>> | undefined;
  readonly select?: readonly string[] | undefined;
  readonly chunkRows: number;
}

/** A column to be read, and its position in a record. */
interface Selected {
  readonly name: string;
  readonly field: number;
}

interface PlannedColumn extends Selected {
  readonly known: KnownText;
}

/** What every pass over the file needs. */
interface DelimitedPlan {
  readonly rowCount: number;
  readonly columns: readonly PlannedColumn[];
}

const NUMBERS: KnownText = { kind: "numeric", isBoolean: false };

/**
 * A delimited text file in chunks: one or two passes find the kinds of the columns without keeping any cell; each
 * further pass keeps the records of one chunk and the categories that have appeared so far.
 */
export async function delimitedChunks(path: string, place: Place, options: DelimitedChunkOptions) {
  const size = await readableFileSize(path, place);
  const plan = await planChunks(path, place, options);
  return {
    rowCount: plan.rowCount,
    columns: plan.columns.map(({ name, known }): ColumnSchema => schemaOf(name, known.kind)),
    chunks: () => streamChunks(plan, path, place, size, options),
  };
}

async function planChunks(
  path: string,
  place: Place,
  options: DelimitedChunkOptions,
): Promise<DelimitedPlan> {
  const declared = options.columns ?? {};
  const kindOf = (name: string) => (Object.hasOwn(declared, name) ? declared[name] : undefined);
  const problems = new Problems();
  const source = sourceOf(path, place, options, problems);
  let selected: Selected[] | undefined;
  let numbers: (NumberScout | undefined)[] = [];
  let texts: (TextScout | undefined)[] = [];
  let rowCount = 0;
  for await (const batch of delimitedBatches(source)) {
    const isFirst = selected === undefined;
    selected ??= selectFields(batch.header.names, declared, options.select, problems, place);
    if (isFirst) numbers = selected.map(({ name }) => (kindOf(name) ? undefined : new NumberScout()));
    selected.forEach(({ field }, c) => {
      numbers[c]?.add(batch, field);
    });
    // Declared categories are looked at too: whether all of them are booleans decides how they are written.
    if (isFirst) {
      texts = selected.map(({ name }, c) => {
        const mayBeWords = kindOf(name) === "categorical" || numbers[c]?.isNumeric === false;
        return mayBeWords ? new TextScout() : undefined;
      });
    }
    selected.forEach(({ field }, c) => {
      texts[c]?.add(batch, field);
    });
    rowCount += batch.recordCount;
  }
  problems.throwIfAny();
  if (selected === undefined || rowCount === 0) {
    const expected = "must have rows below the header";
    throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
  }
  const late = selected.filter((_, c) => texts[c] === undefined && numbers[c]?.isNumeric === false);
  if (late.length > 0) {
    const scouts = new Map(late.map(({ field }) => [field, new TextScout()]));
    for await (const batch of delimitedBatches({ ...source, problems: new Problems() })) {
      for (const [field, scout] of scouts) scout.add(batch, field);
    }
    texts = selected.map(({ field }, c) => scouts.get(field) ?? texts[c]);
  }
  const columns = selected.map(({ name, field }, c): PlannedColumn => {
    const isWords = numbers[c]?.isNumeric !== true;
    const found = (isWords ? texts[c]?.known() : undefined) ?? NUMBERS;
    return { name, field, known: { ...found, kind: kindOf(name) ?? found.kind } };
  });
  return { rowCount, columns };
}

function selectFields(
  header: readonly string[],
  declared: Readonly<Record<string, DeclaredKind>>,
  select: readonly string[] | undefined,
  problems: Problems,
  place: Place,
): Selected[] {
  const all = checkColumnNames(header, problems, place);
  const wanted = select ?? all;
  const asked = { ...declared, ...Object.fromEntries(wanted.map((name) => [name, true])) };
  checkDeclaredColumns(asked, all, problems, place);
  problems.throwIfAny();
  return wanted.map((name) => ({ name, field: all.indexOf(name) }));
}

async function* streamChunks(
  { rowCount, columns }: DelimitedPlan,
  path: string,
  place: Place,
  size: number,
  options: DelimitedChunkOptions,
): AsyncGenerator<Table, void, undefined> {
  const pulse = new Pulse(options);
  const problems = new Problems();
  const onBytes = (done: number) =>
    pulse.report({ phase: "reading", done: Math.min(done, size), total: size });
  const texts = columns.map(({ known }) => new TextChunks(known, place));
  const start = () =>
    columns.map(({ known: { kind } }) =>
      kind === "numeric" ? new NumberBuilder(true) : new TextBuilder(kind),
    );
  let builders = start();
  let firstRow = 0;
  let filled = 0;
  const finish = (): Table => {
    const chunk = builders.map((builder, c): Column => {
      const { name } = columns[c];
      if (builder instanceof TextBuilder) return texts[c].read(builder.coded(name), firstRow, problems);
      return builder.finish(name, rowsFrom(firstRow, problems), place) as Column;
    });
    problems.throwIfAny();
    builders = start();
    firstRow += filled;
    filled = 0;
    return createTable(chunk, path);
  };

  for await (const batch of delimitedBatches({ ...sourceOf(path, place, options, problems), onBytes })) {
    problems.throwIfAny();
    for (let from = 0; from < batch.recordCount; ) {
      const to = Math.min(batch.recordCount, from + options.chunkRows - filled);
      const records = recordsOf(batch, from, to);
      columns.forEach(({ field }, c) => {
        builders[c].add(records, field);
      });
      filled += to - from;
      from = to;
      if (filled === options.chunkRows) yield finish();
    }
  }
  if (filled > 0) yield finish();
  problems.throwIfAny();
  if (firstRow !== rowCount) {
    const expected = `must not change while it is read, it had ${count(rowCount, "row")} before`;
    throw new HoldfastError({ code: "data.unreadable", path: place, expected, received: firstRow });
  }
}

function sourceOf(
  path: string,
  place: Place,
  options: DelimitedChunkOptions,
  problems: Problems,
): BatchSource {
  const pulse = new Pulse(options);
  const { encoding, delimiter } = options;
  return { path, place, encoding, delimiter, problems, beat: () => pulse.beat() };
}

/** Records `from … to − 1` of a batch. */
function recordsOf(batch: FieldBatch, from: number, to: number): FieldBatch {
  const { bytes, starts, ends, width } = batch;
  return {
    bytes,
    starts: starts.subarray(from * width),
    ends: ends.subarray(from * width),
    recordCount: to - from,
    width,
  };
}
