import { isUtf8 } from "node:buffer";
import { HoldfastError, optionText } from "../errors.js";
import type { Place } from "../table/resolve-column.js";
import { readBytes, startingWith } from "./byte-stream.js";
import { UTF16_SAMPLE_BYTES, utf16Of } from "./utf16.js";

/** How the text of a file is to be read. */
export interface TextStreamOptions {
  /** The file to read, unless `bytes` is given. */
  readonly path: string;
  /** Bytes of a source that can be read only once, such as standard input. */
  readonly bytes?: AsyncIterable<Buffer> | undefined;
  readonly place: Place;
  /** A label that `checkEncoding` of the formats has accepted. Default: UTF-16 where the text looks like it, else UTF-8. */
  readonly encoding?: string | undefined;
  /** Called with the number of bytes of the file itself that have been read. */
  readonly onBytes?: ((done: number) => void) | undefined;
  /** Called with the size of the file itself when it is open. */
  readonly onSize?: ((size: number) => void) | undefined;
}

/**
 * The text of a file as pieces of valid UTF-8 without byte order mark; a piece may end within a character.
 * @throws HoldfastError `data.encoding` at the first line whose bytes are not valid in the encoding.
 */
export async function* readUtf8(options: TextStreamOptions): AsyncGenerator<Buffer, void, undefined> {
  const { path, place, onBytes, onSize } = options;
  const pieces = withLongStart(
    options.bytes ?? readBytes(path, place, onBytes, { onSize }),
    UTF16_SAMPLE_BYTES,
  );
  const first = await pieces.next();
  if (first.done) return;
  const bytes = startingWith(first.value, pieces);
  const encoding = options.encoding ?? utf16Of(first.value) ?? "utf-8";
  const decoder = new TextDecoder(encoding, { fatal: true });
  if (decoder.encoding === "utf-8") yield* checkedUtf8(bytes, options);
  else yield* decoded(bytes, decoder, { ...options, encoding });
}

/** The same bytes, the first piece with at least so many of them, where there are so many. */
async function* withLongStart(
  bytes: AsyncIterable<Buffer>,
  least: number,
): AsyncGenerator<Buffer, void, undefined> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const piece: Buffer = start === undefined || start.length === 0 ? chunk : Buffer.concat([start, chunk]);
    if (start !== undefined && piece.length < least) {
      start = piece;
      continue;
    }
    start = undefined;
    yield piece;
  }
  if (start !== undefined && start.length > 0) yield start;
}

type Decoder = InstanceType<typeof TextDecoder>;

async function* checkedUtf8(
  bytes: AsyncIterable<Buffer>,
  options: TextStreamOptions,
): AsyncGenerator<Buffer, void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let before = 0;
  let isStart = true;
  for await (const chunk of bytes) {
    let text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (isStart && text.length < 4) {
      rest = text;
      continue;
    }
    if (isStart && text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf) {
      text = text.subarray(3);
      before = 3;
    }
    isStart = false;
    const end = text.length - unfinishedBytes(text);
    const whole = text.subarray(0, end);
    if (!isUtf8(whole)) throw await notUtf8(whole, before, options);
    rest = text.subarray(end);
    before += end;
    yield whole;
  }
  if (isStart && rest[0] === 0xef && rest[1] === 0xbb && rest[2] === 0xbf) rest = rest.subarray(3);
  if (!isUtf8(rest)) throw await notUtf8(rest, before, options);
  if (rest.length > 0) yield rest;
}

async function* decoded(
  bytes: AsyncIterable<Buffer>,
  decoder: Decoder,
  options: TextStreamOptions,
): AsyncGenerator<Buffer, void, undefined> {
  const { place, encoding } = options;
  let lines = 1;
  const decode = (chunk: Buffer | undefined): Buffer => {
    try {
      return Buffer.from(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
    } catch {
      const expected = `must be ${encoding}, its bytes near this line are not`;
      throw new HoldfastError({
        code: "data.encoding",
        path: { ...place, line: lines },
        expected,
        received: undefined,
      });
    }
  };
  for await (const chunk of bytes) {
    // In pieces of a few lines, so that an error can name the line.
    for (let start = 0; start < chunk.length; start += DECODE_BYTES) {
      const text = decode(chunk.subarray(start, start + DECODE_BYTES));
      if (text.length > 0) yield text;
      lines += countLineEnds(text, text.length);
    }
  }
  const last = decode(undefined);
  if (last.length > 0) yield last;
}

const DECODE_BYTES = 1 << 14;

/** How many bytes at the end belong to a character that is not complete. */
function unfinishedBytes(text: Buffer): number {
  for (let back = 1; back <= Math.min(3, text.length); back++) {
    const byte = text[text.length - back];
    if (byte >= 0xf0) return back < 4 ? back : 0;
    if (byte >= 0xe0) return back < 3 ? back : 0;
    if (byte >= 0xc0) return back < 2 ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

async function notUtf8(piece: Buffer, before: number, options: TextStreamOptions): Promise<HoldfastError> {
  const { path, place } = options;
  let low = 0;
  let high = piece.length;
  // The longest valid prefix, by halving: cutting a character in two must not count as invalid.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const head = piece.subarray(0, middle);
    if (isUtf8(head.subarray(0, middle - unfinishedBytes(head)))) low = middle;
    else high = middle;
  }
  // What the prefix ends with looks like the beginning of a character.
  const first = low - unfinishedBytes(piece.subarray(0, low));
  const line = options.bytes === undefined ? await lineAt(path, place, before + first) : undefined;
  return new HoldfastError({
    code: "data.encoding",
    path: line === undefined ? place : { ...place, line },
    expected: "must be UTF-8",
    received: `byte 0x${(piece[first] ?? 0).toString(16).toUpperCase()}`,
    hint: await encodingHint(piece, before === 0),
  });
}

/** What the bytes are likely to be. @param isStart whether they are the beginning of the text. */
async function encodingHint(piece: Buffer, isStart: boolean): Promise<string> {
  if (isStart && piece.toString("latin1", 0, 2) === "PK")
    return "it looks like an Excel workbook or a ZIP archive: export it as CSV";
  const utf16 = isStart ? utf16Of(piece) : undefined;
  if (utf16 !== undefined) return `it looks like UTF-16: ${optionText("encoding", utf16)}`;
  const { likelyEncoding } = await import("./likely-encoding.js");
  const likely = likelyEncoding(piece, isStart);
  if (likely === undefined) return "if it is text in another encoding, name it: `encoding`";
  return `it looks like ${likely.language} in another encoding: ${optionText("encoding", likely.encoding)}`;
}

/** The line that holds the byte of a file at an offset, from 1. */
async function lineAt(path: string, place: Place, offset: number): Promise<number> {
  let line = 1;
  let left = offset;
  for await (const chunk of readBytes(path, place)) {
    line += countLineEnds(chunk, Math.min(left, chunk.length));
    left -= chunk.length;
    if (left <= 0) break;
  }
  return line;
}

function countLineEnds(text: Buffer, end: number): number {
  let count = 0;
  for (let i = 0; i < end; i++) {
    if (text[i] === 0x0a || (text[i] === 0x0d && text[i + 1] !== 0x0a)) count++;
  }
  return count;
}
