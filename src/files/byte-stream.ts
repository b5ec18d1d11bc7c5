import { closeSync, constants, fstatSync, openSync, read, readSync, type Stats } from "node:fs";
import { promisify } from "node:util";
import { HoldfastError } from "../errors.js";
import type { Place } from "../table/resolve-column.js";
import { gunzipped } from "./gunzip.js";
import { missingFileHint } from "./missing-file.js";

/** Bytes that are read from a file at a time. */
const READ_BYTES = 1 << 18;
const LEAST_READ_BYTES = 1 << 12;
/** Files up to this size are read in this thread: asking another one costs several times as much. */
const SMALL_FILE = 1 << 15;

const readSome = promisify(read);

/**
 * The bytes of a file in pieces, uncompressed when it is gzip. `onBytes` is called with the number of bytes of the file
 * itself (compressed, for gzip) that have been read. A name that ends in `.gz` must be of gzip, unless `anyName` is set.
 * @throws HoldfastError `data.unreadable` when the file cannot be opened or read, `data.malformed` when its gzip is broken.
 */
export async function* readBytes(
  path: string,
  place: Place,
  onBytes?: (done: number) => void,
  {
    anyName = false,
    onSize,
  }: {
    readonly anyName?: boolean;
    /** Called with the size of the file itself when it is open. */
    readonly onSize?: ((size: number) => void) | undefined;
  } = {},
): AsyncGenerator<Buffer, void, undefined> {
  const { descriptor, size } = await openFile(path, place);
  const chunks = readChunks(descriptor, size, place, onBytes);
  try {
    onSize?.(size);
    const first = await chunks.next();
    if (first.done) return;
    const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
    if (!anyName && !isGzip && path.toLowerCase().endsWith(".gz")) {
      throw malformedGzip(place, "must be gzip, as its name says");
    }
    const bytes = startingWith(first.value, chunks);
    if (isGzip) yield* wholeGzip(bytes, place);
    else yield* bytes;
  } finally {
    await chunks.return();
    closeSync(descriptor);
  }
}

/** Size of a regular file in bytes. @throws HoldfastError `data.unreadable` when there is no such file, or it can't be read. */
export async function readableFileSize(path: string, place: Place): Promise<number> {
  const { descriptor, size } = await openFile(path, place);
  closeSync(descriptor);
  return size;
}

async function openFile(
  path: string,
  place: Place,
): Promise<{ readonly descriptor: number; readonly size: number }> {
  let descriptor: number | undefined;
  let stats: Stats;
  try {
    // Without waiting for whoever writes to a pipe.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    stats = fstatSync(descriptor);
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor);
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw unreadable(place, error, isMissing ? await missingFileHint(path) : undefined);
  }
  if (stats.isFile()) return { descriptor, size: stats.size };
  closeSync(descriptor);
  const received = stats.isDirectory() ? "a directory" : "a device or pipe";
  throw new HoldfastError({
    code: "data.unreadable",
    path: place,
    expected: `must be a file, it is ${received}`,
    received: undefined,
  });
}

async function* readChunks(
  descriptor: number,
  size: number,
  place: Place,
  onBytes?: (done: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  let position = 0;
  let isAtEnd = false;
  const readNext = async (): Promise<Buffer> => {
    if (isAtEnd) return Buffer.alloc(0);
    // A small file does not pay for a large buffer, nor does finding the end.
    const length = Math.min(READ_BYTES, Math.max(LEAST_READ_BYTES, size - position + 1));
    const chunk = Buffer.allocUnsafeSlow(length);
    const bytesRead =
      size <= SMALL_FILE
        ? readSync(descriptor, chunk, 0, length, position)
        : (await readSome(descriptor, chunk, 0, length, position)).bytesRead;
    position += bytesRead;
    // All that was there when the file was opened, and no more.
    isAtEnd = bytesRead < length && position >= size;
    return chunk.subarray(0, bytesRead);
  };
  let done = 0;
  let next = readNext();
  try {
    for (;;) {
      const chunk = await next;
      if (chunk.length === 0) return;
      // The next piece is read while this one is processed.
      next = readNext();
      done += chunk.length;
      onBytes?.(done);
      yield chunk;
    }
  } catch (error) {
    throw unreadable(place, error);
  } finally {
    // The file is closed next, which must not happen during a read.
    await next.catch(() => {});
  }
}

async function* wholeGzip(
  chunks: AsyncGenerator<Buffer, void, undefined>,
  place: Place,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* gunzipped(chunks);
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const endsEarly = code === "Z_BUF_ERROR";
    const expected = endsEarly
      ? "must be a whole gzip file, it ends early"
      : "must be a valid gzip file, it is damaged";
    throw malformedGzip(place, expected, endsEarly ? undefined : message);
  }
}

function malformedGzip(place: Place, expected: string, hint?: string): HoldfastError {
  const problem = { code: "data.malformed", path: place, expected, received: undefined } as const;
  return new HoldfastError(hint === undefined ? problem : { ...problem, hint });
}

/** What the system says of a file that cannot be read, as a problem of `data.unreadable`. */
export function unreadable(place: Place, error: unknown, missingHint?: string): HoldfastError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: "must exist, there is no such file",
    ENOTDIR: "must exist, there is no such file",
    EISDIR: "must be a file, it is a directory",
    ELOOP: "must be a file, its links lead in a circle",
    ENXIO: "must be a file, it is a device or pipe",
    EACCES: "must be readable, permission is denied",
    EPERM: "must be readable, permission is denied",
  };
  const expected = reasons[code ?? ""];
  const hint = expected === undefined ? message : missingHint;
  return new HoldfastError({
    code: "data.unreadable",
    path: place,
    expected: expected ?? "must be readable",
    received: undefined,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** A stream whose first piece has been taken. */
export async function* startingWith(
  first: Buffer,
  rest: AsyncGenerator<Buffer, unknown, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    if (first.length > 0) yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
