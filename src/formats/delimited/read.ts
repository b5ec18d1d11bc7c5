import { count, HoldfastError, invalidArgument, Problems } from "../../errors.js";
import { readableFileSize } from "../../files/byte-stream.js";
import { type LongWork, Pulse } from "../../progress.js";
import { checkColumnNames, checkDeclaredColumns, readColumns } from "../../table/column-names.js";
import { columnPlans, type ReadingPlan } from "../../table/grammar/column-plan.js";
import { finishColumns } from "../../table/grammar/finish-columns.js";
import type { Place } from "../../table/resolve-column.js";
import { type Column, createTable, type Table } from "../../table/table.js";
import { delimitedBatches } from "./batches.js";
import { type ColumnBuilder, NumberBuilder, TextBuilder } from "./column-builders.js";
import type { DelimitedHeader, Delimiters } from "./header.js";
import { BlankColumns } from "./unnamed-columns.js";

/** How a delimited file is to be read. */
export interface DelimitedOptions extends LongWork, ReadingPlan, Delimiters {
  readonly encoding?: string | undefined;
  readonly exclude?: readonly string[] | undefined;
}

interface Pass {
  readonly header: DelimitedHeader;
  readonly rowCount: number;
  readonly problems: Problems;
  readonly blank: BlankColumns;
}

/** Bytes from which the kinds are guessed first. */
const SAMPLE_BYTES = 1 << 20;

/**
 * Reads a delimited text file.
 *
 * With this package's scanner, not DuckDB's: loading 1M × 40 (288 MB) as text there took 7.2 s of CPU and 1.3 GB before
 * any kind was inferred, and its rejects do not name every line. Kinds are guessed from the first megabyte and checked on
 * every cell; the file is read once more for the columns whose guess was wrong, so the guess never changes the result.
 */
export async function readDelimited(path: string, place: Place, options: DelimitedOptions): Promise<Table> {
  checkDelimiter(options.delimiter);
  const size = await readableFileSize(path, place);
  const declared = options.columns ?? {};
  const planOf = columnPlans(options);
  const pulse = new Pulse(options);
  const phase = "reading";

  const guesses: NumberBuilder[] = [];
  const first = await scanFile(path, place, options, () => pulse.beat(), {
    create: (_, name) => {
      guesses.push(new NumberBuilder(planOf(name)));
      return guesses[guesses.length - 1];
    },
    isSample: true,
  });
  const names = checkColumnNames(first.header.names, first.problems, place);
  checkDeclaredColumns(declared, names, first.problems, place);
  const isRead = readColumns(names, options.exclude, first.problems, place);
  first.problems.throwIfAny();

  const builders = names.map((name, column): ColumnBuilder | undefined => {
    if (!isRead[column]) return undefined;
    const plan = planOf(name);
    const isGuess = plan.kind === undefined && !guesses[column].isRefuted;
    return isGuess || plan.kind === "numeric" ? new NumberBuilder(plan) : new TextBuilder(plan);
  });
  const { problems, rowCount, blank } = await scanFile(path, place, options, () => pulse.beat(), {
    create: (column) => builders[column],
    onBytes: (done) => pulse.report({ phase, done: Math.min(done, size), total: size }),
  });
  if (rowCount === 0 && problems.count === 0) {
    const expected = "must have rows below the header";
    throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
  }
  const isTextSound = problems.count === 0;
  /** Those that are not what was guessed. */
  const misjudged = new Map<number, ColumnBuilder>();
  const columns = builders.map((builder, i): Column | undefined => {
    if (builder === undefined || blank.has(i)) return undefined;
    const column = builder.finish(names[i], problems, place);
    if (column === undefined) misjudged.set(i, new TextBuilder(planOf(names[i])));
    return column;
  });
  if (isTextSound && misjudged.size > 0) {
    const again = await scanFile(path, place, options, () => pulse.beat(), {
      create: (column) => misjudged.get(column),
    });
    for (const [i, builder] of misjudged) columns[i] = builder.finish(names[i], problems, place);
    if (again.rowCount !== rowCount) {
      const expected = `must not change while it is read, it had ${count(rowCount, "row")} before`;
      throw new HoldfastError({ code: "data.unreadable", path: place, expected, received: again.rowCount });
    }
  }
  const found = columns.filter((column) => column !== undefined);
  const finished = finishColumns(found, options, problems, place);
  problems.throwIfAny();
  pulse.report({ phase, done: size, total: size });
  return createTable(finished, path);
}

interface ScanPlan {
  /** The builder of a column, or undefined to leave the column out. */
  readonly create: (column: number, name: string) => ColumnBuilder | undefined;
  /** Stop after the first batch, and leave problems to the pass that reads everything. */
  readonly isSample?: boolean;
  readonly onBytes?: (done: number) => void;
}

async function scanFile(
  path: string,
  place: Place,
  { encoding, delimiter, usualDelimiter }: DelimitedOptions,
  beat: () => Promise<void>,
  plan: ScanPlan,
): Promise<Pass> {
  const problems = new Problems();
  const text = { path, place, encoding, delimiter, usualDelimiter };
  const source = { ...text, problems, beat, onBytes: plan.onBytes };
  let header: DelimitedHeader | undefined;
  let blank = new BlankColumns([]);
  let builders: (ColumnBuilder | undefined)[] = [];
  let rowCount = 0;
  for await (const batch of delimitedBatches(source)) {
    if (header === undefined) {
      header = batch.header;
      blank = new BlankColumns(header.unnamed);
      builders = header.names.map((name, column) => plan.create(column, name.trim()));
    }
    for (let column = 0; column < builders.length; column++) builders[column]?.add(batch, column);
    blank.see(batch);
    rowCount += batch.recordCount;
    if (plan.isSample && rowCount > 0 && batch.scannedBytes >= SAMPLE_BYTES) break;
  }
  if (header === undefined) throw new Error("a delimited file has at least one batch");
  return { header, rowCount, problems: plan.isSample ? new Problems() : problems, blank };
}

/** @throws HoldfastError when it is not one ASCII character other than a quote. */
export function checkDelimiter(delimiter: string | undefined, functionName = "readTable"): void {
  if (delimiter === undefined || (/^[\t -~]$/.test(delimiter) && delimiter !== '"')) return;
  invalidArgument(functionName, "delimiter", "must be one ASCII character other than a quote", delimiter);
}
