import { count, HoldfastError, Problems } from "../../errors.js";
import { readableFileSize } from "../../files/byte-stream.js";
import { type LongWork, Pulse } from "../../progress.js";
import { type ColumnSchema, rowsFrom, schemaOf, TextChunks } from "../../table/chunk-column.js";
import { checkColumnNames, checkDeclaredColumns, readColumns } from "../../table/column-names.js";
import { grammarOf } from "../../table/grammar/cell-grammar.js";
import { type ColumnPlan, columnPlans, type ReadingPlan } from "../../table/grammar/column-plan.js";
import { checkDecided } from "../../table/grammar/finish-columns.js";
import {
  decidesMissing,
  formatWithMarkers,
  markersAmong,
  markersOfNumbers,
  noteOfMarkers,
} from "../../table/grammar/missing-beside.js";
import type { KnownText, Place } from "../../table/resolve-column.js";
import { type Column, createTable, type Table } from "../../table/table.js";
import { type BatchSource, delimitedBatches } from "./batches.js";
import { type FieldBatch, NumberBuilder, TextBuilder } from "./column-builders.js";
import { NumberScout, TextScout } from "./column-scouts.js";
import type { Delimiters } from "./header.js";
import { BlankColumns } from "./unnamed-columns.js";

/** How a delimited file is to be read in chunks. */
export interface DelimitedChunkOptions extends LongWork, ReadingPlan, Delimiters {
  readonly encoding?: string | undefined;
  readonly select?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
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
  const planOf = columnPlans(options);
  const problems = new Problems();
  const source = sourceOf(path, place, options, problems);
  let selected: Selected[] | undefined;
  let plans: ColumnPlan[] = [];
  let numbers: (NumberScout | undefined)[] = [];
  let texts: (TextScout | undefined)[] = [];
  let blank = new BlankColumns([]);
  let rowCount = 0;
  for await (const batch of delimitedBatches(source)) {
    const isFirst = selected === undefined;
    selected ??= selectFields(batch.header.names, declared, options, problems, place);
    if (isFirst) {
      if (options.select === undefined) blank = new BlankColumns(batch.header.unnamed);
      plans = selected.map(({ name }) => planOf(name));
      numbers = plans.map((plan) => (mayBeNumbers(plan) ? new NumberScout(plan) : undefined));
    }
    selected.forEach(({ field }, c) => {
      numbers[c]?.add(batch, field);
    });
    if (isFirst) {
      texts = plans.map((plan, c) => (isLookedAt(plan, numbers[c]) ? new TextScout(plan) : undefined));
    }
    selected.forEach(({ field }, c) => {
      texts[c]?.add(batch, field);
    });
    blank.see(batch);
    rowCount += batch.recordCount;
  }
  problems.throwIfAny();
  if (selected === undefined || rowCount === 0) {
    const expected = "must have rows below the header";
    throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
  }
  const late = selected.flatMap(({ field }, c) =>
    texts[c] === undefined && numbers[c]?.isNumeric === false && plans[c].kind === undefined
      ? [{ field, plan: plans[c] }]
      : [],
  );
  if (late.length > 0) {
    const scouts = new Map(late.map(({ field, plan }) => [field, new TextScout(plan)]));
    for await (const batch of delimitedBatches({ ...source, problems: new Problems() })) {
      for (const [field, scout] of scouts) scout.add(batch, field);
    }
    texts = selected.map(({ field }, c) => scouts.get(field) ?? texts[c]);
  }
  const columns = selected.map(({ name, field }, c): PlannedColumn => {
    const isWords = numbers[c]?.isNumeric !== true;
    const found = (isWords ? texts[c] : undefined) ?? numbers[c];
    return { name, field, known: found?.known(name) ?? plainText(plans[c]) };
  });
  const decided = columns.map(({ name, known }, c) => ({
    name,
    ...readAs(known),
    isDate: known.kind === "date",
    ...(texts[c] === undefined ? {} : { categories: texts[c].categories }),
  }));
  checkDecided(decided, options, problems, place);
  problems.throwIfAny();
  const markers = markersOfNumbers(decided);
  const planned = columns.map((column, c) => beside(column, plans[c], texts[c], markers));
  return { rowCount, columns: planned.filter(({ field }) => !blank.has(field)) };
}

function mayBeNumbers({ kind }: ColumnPlan): boolean {
  return kind === undefined || kind === "numeric";
}

/**
 * Whether the texts of a column are looked at before they are read: declared categories too, as it decides how they are
 * written whether all of them are booleans, and declared dates for their markers.
 */
function isLookedAt({ kind }: ColumnPlan, numbers: NumberScout | undefined): boolean {
  return kind === "categorical" || kind === "date" || (kind === undefined && numbers?.isNumeric === false);
}

function plainText({ grammar }: ColumnPlan): KnownText {
  const { format } = grammar;
  return {
    kind: "text",
    isBoolean: false,
    grammar,
    reading: format === undefined ? undefined : { format, notes: [] },
  };
}

function readAs({ kind, reading }: KnownText): Pick<Column, "kind" | "reading"> {
  return { kind: kind === "date" ? "numeric" : kind, ...(reading === undefined ? {} : { reading }) };
}

/** The column, with the categories missing that are markers beside numbers. */
function beside(
  column: PlannedColumn,
  plan: ColumnPlan,
  scout: TextScout | undefined,
  markers: ReadonlySet<string>,
): PlannedColumn {
  const { name, known } = column;
  if (known.kind !== "categorical" || scout === undefined || decidesMissing(plan)) return column;
  const found = markersAmong(scout.categories, markers);
  if (found.length === 0) return column;
  const format = formatWithMarkers(known.reading?.format, found);
  const note = noteOfMarkers(
    name,
    found,
    found.map((text) => scout.rowsOf(text)),
    scout.placeOf(found[0]),
  );
  const notes = [...(known.reading?.notes ?? []), note];
  return { ...column, known: { ...known, grammar: grammarOf(format), reading: { format, notes } } };
}

function selectFields(
  header: readonly string[],
  declared: Readonly<Record<string, unknown>>,
  { select, exclude }: Pick<DelimitedChunkOptions, "select" | "exclude">,
  problems: Problems,
  place: Place,
): Selected[] {
  const all = checkColumnNames(header, problems, place);
  const isRead = readColumns(all, exclude, problems, place);
  const wanted = select ?? all.filter((_, field) => isRead[field]);
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
    columns.map(({ known: { kind, grammar, reading } }) =>
      kind === "numeric"
        ? new NumberBuilder({ kind, grammar }, { reading })
        : new TextBuilder({ kind, grammar }),
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
  const { encoding, delimiter, usualDelimiter } = options;
  return { path, place, encoding, delimiter, usualDelimiter, problems, beat: () => pulse.beat() };
}

/** Records `from … to − 1` of a batch. */
function recordsOf(batch: FieldBatch, from: number, to: number): FieldBatch {
  const { bytes, starts, ends, width, lines } = batch;
  return {
    bytes,
    ...(lines === undefined ? {} : { lines: lines.subarray(from) }),
    starts: starts.subarray(from * width),
    ends: ends.subarray(from * width),
    recordCount: to - from,
    width,
  };
}
