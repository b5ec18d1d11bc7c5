import { open } from "node:fs/promises";
import type { RecordBatch, RecordBatchReader } from "apache-arrow";
import { HoldfastError } from "../../errors.js";
import { readableFileSize, readBytes, startingWith } from "../../files/byte-stream.js";
import { spool } from "../../files/spooled.js";
import type { Extent } from "../../rows/row-source.js";
import type { Place } from "../../table/resolve-column.js";
import { type Arrow, missingCodec } from "./load.js";

/** Where an Arrow stream or file lies. */
export type ArrowSource = { readonly path: string } | { readonly bytes: AsyncIterable<Uint8Array> };

const EXPECTED = "must be an Arrow IPC file or stream";
/** How an Arrow file begins and ends; a stream has no such mark. */
const MARK = "ARROW1";
/** How a file of the first version of Feather begins, which is another format. */
const FEATHER_1 = "FEA1";

/**
 * The record batches of an Arrow stream or file. A file is read by the table at its end, one batch at a time; in a pipe it
 * is put aside first.
 * @param onExtent called with how far the source has been read.
 */
export async function* recordBatches(
  arrow: Arrow,
  source: ArrowSource,
  place: Place,
  onExtent: (extent: Extent) => void = () => {},
): AsyncGenerator<RecordBatch, void, undefined> {
  try {
    if ("path" in source) yield* ofPath(arrow, source.path, place, onExtent);
    else yield* ofBytes(arrow, source.bytes, place);
  } catch (error) {
    throw arrowError(error, place);
  }
}

/** What Arrow throws, which comes from the bytes, as an error about them; other errors stay as they are. */
export function arrowError(error: unknown, place: Place): unknown {
  if (error instanceof HoldfastError) return error;
  return (
    missingCodec(error) ?? malformed(place, EXPECTED, error instanceof Error ? error.message : String(error))
  );
}

/** The record batches of the bytes of an Arrow stream or file, which they share the memory of. */
export function batchesOfBytes(arrow: Arrow, bytes: Uint8Array, place: Place): ReadBatches {
  const mark = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, MARK.length)).toString(
    "latin1",
  );
  checkMark(mark, place);
  try {
    const reader = arrow.RecordBatchReader.from(bytes).open();
    return { schema: reader.schema, batches: [...reader] };
  } catch (error) {
    throw arrowError(error, place);
  }
}

/** Record batches in memory. */
interface ReadBatches {
  readonly schema: RecordBatch["schema"];
  readonly batches: readonly RecordBatch[];
}

async function* ofPath(
  arrow: Arrow,
  path: string,
  place: Place,
  onExtent: (extent: Extent) => void,
): AsyncGenerator<RecordBatch, void, undefined> {
  const total = await readableFileSize(path, place);
  const handle = await open(path, "r");
  let isFile: boolean;
  try {
    const mark = await textAt(handle, 0);
    checkMark(mark, place);
    isFile = mark === MARK;
    if (isFile) {
      if ((await textAt(handle, total - MARK.length)) !== MARK) {
        throw malformed(place, "must be a whole Arrow file, its end is missing");
      }
      const reader: RecordBatchReader = await arrow.RecordBatchReader.from(handle);
      await reader.open();
      let done = 0;
      for await (const batch of reader) {
        onExtent({ done: ++done, total: reader.numRecordBatches });
        yield batch;
      }
    }
  } finally {
    // Its reader may have closed it.
    await handle.close().catch(() => {});
  }
  if (!isFile)
    yield* ofStream(
      arrow,
      readBytes(path, place, (done) => onExtent({ done, total })),
      place,
    );
}

async function* ofBytes(
  arrow: Arrow,
  bytes: AsyncIterable<Uint8Array>,
  place: Place,
): AsyncGenerator<RecordBatch, void, undefined> {
  const pieces = joined(bytes);
  const { value: first = Buffer.alloc(0) } = await pieces.next();
  const all = startingWith(first, pieces);
  const mark = first.toString("latin1", 0, MARK.length);
  checkMark(mark, place);
  if (mark !== MARK) return yield* ofStream(arrow, all, place);
  const { path, remove } = await spool(all);
  try {
    yield* ofPath(arrow, path, place, () => {});
  } finally {
    await remove();
  }
}

async function* ofStream(
  arrow: Arrow,
  bytes: AsyncIterable<Uint8Array>,
  place: Place,
): AsyncGenerator<RecordBatch, void, undefined> {
  const reader: RecordBatchReader = await arrow.RecordBatchReader.from(bytes);
  let isEmpty = true;
  for await (const batch of reader) {
    isEmpty = false;
    yield batch;
  }
  if (isEmpty) throw malformed(place, `${EXPECTED}, it is empty`);
}

async function textAt(handle: Awaited<ReturnType<typeof open>>, position: number): Promise<string> {
  if (position < 0) return "";
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MARK.length), 0, MARK.length, position);
  return buffer.toString("latin1", 0, bytesRead);
}

/** @throws HoldfastError for the first version of Feather. */
function checkMark(mark: string, place: Place): void {
  if (!mark.startsWith(FEATHER_1)) return;
  const hint = "write version 2, which is Arrow: feather.write_feather(table, path, version=2)";
  throw malformed(place, "must be an Arrow file, it is one of Feather version 1", hint);
}

function malformed(place: Place, expected: string, hint?: string): HoldfastError {
  const problem = { code: "data.malformed", path: place, expected, received: undefined } as const;
  return new HoldfastError(hint === undefined ? problem : { ...problem, hint });
}

const LEAST_BYTES = 1 << 18;

/** Joins small pieces: Arrow's reader fails on pieces of a few bytes, which pipes sometimes deliver. */
async function* joined(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, undefined, undefined> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    size += piece.length;
    if (size < LEAST_BYTES) continue;
    yield Buffer.concat(pieces);
    pieces = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(pieces);
}
