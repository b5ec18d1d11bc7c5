import { HoldfastError, invalidArgument, Problems } from "../errors.js";
import { type LongWork, Pulse } from "../progress.js";
import { readableFileSize } from "./byte-stream.js";
import { type ColumnBuilder, NumberBuilder, TextBuilder } from "./column-builders.js";
import { checkColumnNames, checkDeclaredColumns } from "./column-names.js";
import { type DelimitedHeader, findHeader } from "./delimited-header.js";
import { DelimitedScanner } from "./delimited-scanner.js";
import type { DeclaredKind, Place } from "./resolve-column.js";
import { type Column, createTable, type Table } from "./table.js";
import { readUtf8 } from "./text-stream.js";

/** How a delimited file is to be read. */
export interface DelimitedOptions extends LongWork {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly columns?: Readonly<Record<string, DeclaredKind>> | undefined;
}

interface Pass {
  readonly header: DelimitedHeader;
  readonly rowCount: number;
  readonly problems: Problems;
}

/** Bytes that are scanned at a time: their fields stay in the processor's cache. */
const BATCH_BYTES = 1 << 17;
/** Bytes that the first guess of kinds is made from. */
const SAMPLE_BYTES = 1 << 20;
/** A record longer than this is taken for a quote that nobody closed. */
const RECORD_LIMIT = 1 << 28;

/**
 * Reads a delimited text file.
 *
 * Own scanner, not DuckDB's: loading 1M × 40 (288 MB) as text there took 7.2 s of CPU and 1.3 GB before any kind was
 * inferred, and its rejects do not name every line. Kinds are guessed from the first megabyte and checked on every
 * cell; the file is read once more for the columns whose guess proved wrong, so the guess never shows in the result.
 */
export async function readDelimited(path: string, place: Place, options: DelimitedOptions): Promise<Table> {
  checkDelimiter(options.delimiter);
  const size = await readableFileSize(path, place);
  const declared = options.columns ?? {};
  const kindOf = (name: string) => (Object.hasOwn(declared, name) ? declared[name] : undefined);
  const pulse = new Pulse(options);
  const phase = "reading";

  const guesses: NumberBuilder[] = [];
  const first = await scanFile(path, place, options, () => pulse.beat(), {
    create: () => {
      guesses.push(new NumberBuilder(false));
      return guesses[guesses.length - 1];
    },
    isSample: true,
  });
  const names = checkColumnNames(first.header.names, first.problems, place);
  checkDeclaredColumns(declared, names, first.problems, place);
  first.problems.throwIfAny();

  const builders = names.map((name, column): ColumnBuilder => {
    const kind = kindOf(name);
    if (kind === undefined && !guesses[column].isRefuted) return new NumberBuilder(false);
    return kind === "numeric" ? new NumberBuilder(true) : new TextBuilder(kind);
  });
  const { problems, rowCount } = await scanFile(path, place, options, () => pulse.beat(), {
    create: (column) => builders[column],
    onBytes: (done) => pulse.report({ phase, done: Math.min(done, size), total: size }),
  });
  if (rowCount === 0 && problems.count === 0) {
    const expected = "must have rows below the header";
    throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
  }
  const isTextSound = problems.count === 0;
  const columns: (Column | undefined)[] = builders.map((builder, i) => {
    const column = builder.finish(names[i], problems, place);
    builders[i] = new TextBuilder();
    return column;
  });
  if (isTextSound && columns.includes(undefined)) {
    const again = await scanFile(path, place, options, () => pulse.beat(), {
      create: (column) => (columns[column] === undefined ? builders[column] : undefined),
    });
    for (let i = 0; i < names.length; i++) columns[i] ??= builders[i].finish(names[i], problems, place);
    if (again.rowCount !== rowCount) {
      const expected = `must not change while it is read, it had ${rowCount} rows before`;
      throw new HoldfastError({ code: "data.unreadable", path: place, expected, received: again.rowCount });
    }
  }
  problems.throwIfAny();
  pulse.report({ phase, done: size, total: size });
  return createTable(columns as Column[], path);
}

interface ScanPlan {
  /** The builder of a column, or undefined to leave the column out. */
  readonly create: (column: number) => ColumnBuilder | undefined;
  /** Stop after the first batch, and leave problems to the pass that reads everything. */
  readonly isSample?: boolean;
  readonly onBytes?: (done: number) => void;
}

async function scanFile(
  path: string,
  place: Place,
  options: DelimitedOptions,
  beat: () => Promise<void>,
  plan: ScanPlan,
): Promise<Pass> {
  const problems = new Problems();
  let bytes = Buffer.allocUnsafeSlow(2 * BATCH_BYTES + 1);
  let filled = 0;
  let target = BATCH_BYTES;
  let header: DelimitedHeader | undefined | null;
  let scanner: DelimitedScanner | undefined;
  let builders: (ColumnBuilder | undefined)[] = [];
  let rowCount = 0;
  let scannedBytes = 0;
  const isSampled = () => plan.isSample === true && rowCount > 0 && scannedBytes >= SAMPLE_BYTES;

  const scan = (isLast: boolean): void => {
    let from = 0;
    if (scanner === undefined) {
      header = findHeader(bytes, filled, isLast, options.delimiter, place);
      if (header) {
        const width = header.names.length;
        from = header.end;
        scanner = new DelimitedScanner(header.delimiter, width, problems, place, header.nextLine);
        builders = header.names.map((_, column) => plan.create(column));
      }
    }
    if (scanner !== undefined && header) {
      const end = scanner.scan(bytes, from, filled, isLast ? "finish" : "wait");
      const { starts, ends, recordCount } = scanner;
      const batch = { bytes, starts, ends, recordCount, width: header.names.length };
      for (let column = 0; column < builders.length; column++) builders[column]?.add(batch, column);
      rowCount += recordCount;
      from = end;
    }
    scannedBytes += from;
    bytes.copyWithin(0, from, filled);
    filled -= from;
    // A record that does not fit is looked at again only when there is twice as much of it.
    target = Math.max(BATCH_BYTES, filled * 2);
  };

  for await (const chunk of readUtf8({ path, place, encoding: options.encoding, onBytes: plan.onBytes })) {
    if (filled + chunk.length + 1 > bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, filled + chunk.length + 1));
      bytes.copy(larger, 0, 0, filled);
      bytes = larger;
    }
    filled += chunk.copy(bytes, filled);
    if (filled < target) continue;
    scan(false);
    if (filled > RECORD_LIMIT) throw endless(place, scanner?.line ?? 1);
    await beat();
    if (scanner?.isBroken || isSampled()) break;
  }
  if (!scanner?.isBroken && !isSampled()) scan(true);
  if (!header) {
    const expected = "must have a header and rows, it is empty";
    throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
  }
  return { header, rowCount, problems: plan.isSample ? new Problems() : problems };
}

function endless(place: Place, line: number): HoldfastError {
  const expected = "must end the record that begins here within 256 MB";
  const hint = "a quote may be open";
  return new HoldfastError({
    code: "data.malformed",
    path: { ...place, line },
    expected,
    received: undefined,
    hint,
  });
}

function checkDelimiter(delimiter: string | undefined): void {
  if (delimiter === undefined || (/^[\t -~]$/.test(delimiter) && delimiter !== '"')) return;
  invalidArgument("readTable", "delimiter", "must be one ASCII character other than a quote", delimiter);
}
