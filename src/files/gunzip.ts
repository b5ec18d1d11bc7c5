import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

const CHUNK_BYTES = 1 << 17;

/**
 * The uncompressed bytes of gzip, of all its members. Zeros between members and behind the last one are padding, of tape
 * blocks or of padded files that were joined.
 * @throws Error of zlib for anything else that is not gzip.
 */
export async function* gunzipped(
  chunks: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  let rest: Buffer | undefined;
  try {
    do {
      rest = yield* untilPadding(chunks, rest);
      rest = await withoutZeros(chunks, rest);
    } while (rest.length > 0);
  } finally {
    await chunks.return();
  }
}

/**
 * What is in the members up to the first zero behind one of them: there Node's stream ends, and takes no notice of the rest.
 * @param begun bytes before those of `chunks`. @returns the bytes that were read and not used.
 */
async function* untilPadding(
  chunks: AsyncGenerator<Buffer, void, undefined>,
  begun: Buffer | undefined,
): AsyncGenerator<Buffer, Buffer, undefined> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const waiting: Buffer[] = [];
  let used = 0;
  const compressed = (async function* () {
    for (let chunk: Buffer | undefined = begun; ; ) {
      if (chunk !== undefined) {
        waiting.push(chunk);
        yield chunk;
      }
      while (waiting.length > 0 && used + waiting[0].length <= gunzip.bytesWritten) {
        used += waiting[0].length;
        waiting.shift();
      }
      const next: IteratorResult<Buffer, void> = await chunks.next();
      if (next.done) return;
      chunk = next.value;
    }
  })();
  // The pipeline only ends both streams together; the loop below gets the errors.
  const piped = pipeline(Readable.from(compressed), gunzip, () => {});
  try {
    for await (const chunk of piped) yield chunk as Buffer;
  } finally {
    gunzip.destroy();
    // Waits for the piece that is being read.
    await compressed.return();
  }
  return Buffer.concat(waiting).subarray(gunzip.bytesWritten - used);
}

async function withoutZeros(chunks: AsyncGenerator<Buffer, void, undefined>, bytes: Buffer): Promise<Buffer> {
  let rest = bytes;
  for (;;) {
    const start = rest.findIndex((byte) => byte !== 0);
    if (start >= 0) return rest.subarray(start);
    const next = await chunks.next();
    if (next.done) return Buffer.alloc(0);
    rest = next.value;
  }
}
