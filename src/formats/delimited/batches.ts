import { HoldfastError, type Problems } from "../../errors.js";
import { readUtf8 } from "../../files/text-stream.js";
import type { Place } from "../../table/resolve-column.js";
import type { FieldBatch } from "./column-builders.js";
import { type DelimitedHeader, type Delimiters, findHeader, named } from "./header.js";
import { DelimitedScanner, type ScannerOptions } from "./scanner.js";
import { unnamedAtEnd } from "./unnamed-columns.js";

/** Cuts text without quotes into records, faster than the scanner, which handles everything else. */
export interface RecordCutter {
  /** The whole records at the beginning of `bytes[from, to)`; undefined where none can be cut. */
  cut(bytes: Buffer, from: number, to: number, delimiter: number, width: number): CutRecords | undefined;
}

/** Records that were cut; valid until the next call of `cut`. */
export interface CutRecords {
  readonly recordCount: number;
  /** The offset at which they end. */
  readonly end: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readNumbers: ReadNumbers;
}

/**
 * Reads a field of records `from … to − 1` as plain numbers into `target` from `at` on, NaN where it is empty.
 * @returns the records in which it is anything else; their places in `target` hold no meaningful value.
 */
export type ReadNumbers = (
  field: number,
  from: number,
  to: number,
  target: Float64Array,
  at: number,
) => Uint32Array;

/** A delimited source, how to read it, and what to call meanwhile. */
export interface BatchSource extends Omit<ScannerOptions, "least">, Delimiters {
  readonly path: string;
  readonly place: Place;
  /** Bytes of a source that can be read only once, instead of the file's. */
  readonly bytes?: AsyncIterable<Buffer> | undefined;
  /** Names of the columns where there is no header line. */
  readonly names?: readonly string[] | undefined;
  readonly encoding?: string | undefined;
  /** Default: the scanner cuts all records. */
  readonly cutter?: RecordCutter | undefined;
  /** Collects what is wrong with records. */
  readonly problems: Problems;
  /** Awaited between pieces of the file. */
  readonly beat: () => Promise<void>;
  /** Called with the number of bytes of the file that have been read. */
  readonly onBytes?: ((done: number) => void) | undefined;
  /** Called with the size of the file in bytes when it is open. */
  readonly onSize?: ((size: number) => void) | undefined;
}

/** Some records of a delimited file. The arrays are reused: they are valid until the next batch is requested. */
export interface DelimitedBatch extends FieldBatch {
  readonly header: DelimitedHeader;
  /** The line that each record begins on. */
  readonly lines: Int32Array;
  /** Bytes of text up to the end of the batch. */
  readonly scannedBytes: number;
  /** Only in a batch that a cutter made. */
  readonly readNumbers?: ReadNumbers;
}

/** Bytes that are scanned at a time: their fields stay in the processor's cache. */
const BATCH_BYTES = 1 << 17;
const QUOTE = 0x22;
/** A record longer than this is taken for a quote that was never closed. */
const RECORD_LIMIT = 1 << 28;

/**
 * The records of a delimited file in batches, at least one, which may be empty. Ends where a quote is not closed
 * properly.
 * @throws HoldfastError `data.empty` when there is not even a header.
 */
export async function* delimitedBatches(
  source: BatchSource,
): AsyncGenerator<DelimitedBatch, void, undefined> {
  const { path, place, problems } = source;
  // Of the length of the first piece: of a small file, all of it.
  let bytes = Buffer.alloc(0);
  let filled = 0;
  let target = BATCH_BYTES;
  let header: DelimitedHeader | undefined | null;
  let scanner: DelimitedScanner | undefined;
  let scannedBytes = 0;

  /** Finds the header in the bytes read so far. @returns where the records begin; undefined when more bytes are needed. */
  const begin = (isLast: boolean): number | undefined => {
    if (scanner !== undefined) return 0;
    header =
      source.names === undefined
        ? findHeader(bytes, filled, isLast, source, place)
        : headerOf(source.names, source, place);
    if (!header) return undefined;
    const width = header.names.length;
    const { onRagged, quotes } = source;
    const options = { onRagged, quotes, least: width - unnamedAtEnd(header.unnamed, width) };
    scanner = new DelimitedScanner(header.delimiter, width, problems, place, header.nextLine, options);
    return header.end;
  };
  /** Yields batches of the bytes read so far; {@link drop} removes those bytes afterwards. @returns where they end. */
  function* scan(from: number, isLast: boolean): Generator<DelimitedBatch, number, undefined> {
    const known = header as DelimitedHeader;
    const scan = scanner as DelimitedScanner;
    const width = known.names.length;
    const cut =
      mayCut(bytes, from, filled) && source.cutter?.cut(bytes, from, filled, known.delimiter, width);
    let next = from;
    if (cut) {
      const { starts, ends, recordCount, readNumbers } = cut;
      const lines = new Int32Array(recordCount);
      for (let record = 0; record < recordCount; record++) lines[record] = scan.line++;
      next = cut.end;
      const fields = { bytes, starts, ends, recordCount, width };
      yield { ...fields, lines, header: known, scannedBytes: scannedBytes + next, readNumbers };
    }
    const end = scan.scan(bytes, next, filled, isLast ? "finish" : "wait");
    scannedBytes += end;
    const { starts, ends, lines, recordCount } = scan;
    // An empty batch still carries the header.
    if (recordCount > 0 || !cut) {
      yield { bytes, starts, ends, recordCount, width, lines, header: known, scannedBytes };
    }
    return end;
  }
  /** Whether no quote changes what a delimiter means. */
  const mayCut = (text: Buffer, from: number, to: number): boolean =>
    source.cutter !== undefined && (source.quotes === false || text.subarray(from, to).indexOf(QUOTE) < 0);
  const drop = (end: number): void => {
    bytes.copyWithin(0, end, filled);
    filled -= end;
    // An incomplete record is scanned again only when twice as many bytes of it are there.
    target = Math.max(BATCH_BYTES, filled * 2);
  };

  for await (const chunk of readUtf8({
    path,
    place,
    bytes: source.bytes,
    encoding: source.encoding,
    onBytes: source.onBytes,
    onSize: source.onSize,
  })) {
    if (filled + chunk.length + 1 > bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, filled + chunk.length + 1));
      bytes.copy(larger, 0, 0, filled);
      bytes = larger;
    }
    filled += chunk.copy(bytes, filled);
    if (filled < target) continue;
    const from = begin(false);
    if (from !== undefined) drop(yield* scan(from, false));
    else drop(0);
    if (filled > RECORD_LIMIT) throw endless(place, scanner?.line ?? 1);
    await source.beat();
    if (scanner?.isBroken) return;
  }
  const from = begin(true);
  if (from !== undefined) yield* scan(from, true);
  else {
    const expected = "must have a header and rows, it is empty";
    throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
  }
}

/** The header of text that has no header line. */
function headerOf(
  names: readonly string[],
  { delimiter, usualDelimiter = "," }: Delimiters,
  place: Place,
): DelimitedHeader {
  const byte = (delimiter ?? usualDelimiter).charCodeAt(0);
  return named({ delimiter: byte, names, end: 0, nextLine: 1 }, place);
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
