import { HoldfastError, optionText } from "../../errors.js";
import type { Place } from "../../table/resolve-column.js";

/** One value of a JSON file, still as bytes. */
export interface JsonRecord {
  readonly bytes: Buffer;
  /** Line that it begins on, from 1. */
  readonly line: number;
}

const LF = 0x0a;

/** Cuts newline-delimited JSON into its lines, without blank ones. */
export async function* jsonLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<JsonRecord, void, undefined> {
  let rest: Buffer[] = [];
  let line = 1;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      rest.push(chunk.subarray(start, end));
      const bytes = Buffer.concat(rest);
      if (!isBlank(bytes)) yield { bytes, line };
      rest = [];
      line++;
      start = end + 1;
    }
    rest.push(chunk.subarray(start));
  }
  const bytes = Buffer.concat(rest);
  if (!isBlank(bytes)) yield { bytes, line };
}

/**
 * Cuts one JSON array into its elements without parsing them, so that only one is in memory at a time.
 * @throws HoldfastError `data.malformed` when it is not one array, from its first byte to its last.
 */
export async function* jsonElements(
  chunks: AsyncIterable<Buffer>,
  place: Place,
): AsyncGenerator<JsonRecord, void, undefined> {
  let state: "before" | "inside" | "after" = "before";
  let parts: Buffer[] = [];
  let depth = 0;
  let isString = false;
  let isEscaped = false;
  let line = 1;
  let elementLine = 1;
  let elements = 0;

  function* cut(piece: Buffer, isLast: boolean): Generator<JsonRecord> {
    const bytes = Buffer.concat([...parts, piece]);
    parts = [];
    if (isLast && elements === 0 && isBlank(bytes)) return;
    elements++;
    yield { bytes, line: elementLine };
  }

  for await (const chunk of chunks) {
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === LF) line++;
      if (isString) {
        if (isEscaped) isEscaped = false;
        else if (byte === 0x5c) isEscaped = true;
        else if (byte === 0x22) isString = false;
      } else if (isSpace(byte)) {
        if (parts.length === 0 && start === i) {
          start = i + 1;
          elementLine = line;
        }
      } else if (state !== "inside") {
        if (state === "after" || byte !== 0x5b) throw notAnArray(place, line, state);
        state = "inside";
        start = i + 1;
        elementLine = line;
      } else if (byte === 0x22) isString = true;
      else if (byte === 0x7b || byte === 0x5b) depth++;
      else if (depth > 0 && (byte === 0x7d || byte === 0x5d)) depth--;
      else if (depth === 0 && (byte === 0x2c || byte === 0x5d)) {
        yield* cut(chunk.subarray(start, i), byte === 0x5d);
        if (byte === 0x5d) state = "after";
        start = i + 1;
        elementLine = line;
      }
    }
    if (state === "inside" && start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (state === "inside") {
    const expected = "must close the array, the file ends within it";
    throw new HoldfastError({
      code: "data.malformed",
      path: { ...place, line: elementLine },
      expected,
      received: undefined,
    });
  }
}

function notAnArray(place: Place, line: number, state: "before" | "after"): HoldfastError {
  const problem = { code: "data.malformed", path: { ...place, line }, received: undefined } as const;
  if (state === "after") return new HoldfastError({ ...problem, expected: "must end with the array" });
  const hint = `if it holds one object per line, name its format: ${optionText("format", "ndjson")}`;
  return new HoldfastError({ ...problem, expected: "must be a JSON array of objects", hint });
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09;
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every(isSpace);
}
