import fc from "fast-check";
import { expect, test } from "vitest";
import { Problems } from "../../../src/errors.js";
import { DelimitedScanner } from "../../../src/formats/delimited/scanner.js";

const COMMA = 0x2c;

/** All records of the text, scanned as a reader does it: `pieceBytes` more bytes at a time, the rest carried on. */
function scan(text: string, width: number, pieceBytes: number) {
  const problems = new Problems();
  const scanner = new DelimitedScanner(COMMA, width, problems, {}, 1);
  const source = Buffer.from(text);
  const bytes = Buffer.alloc(source.length + 1);
  const records: string[][] = [];
  let filled = 0;
  for (let read = 0; read < source.length && !scanner.isBroken; ) {
    const count = Math.min(pieceBytes, source.length - read);
    source.copy(bytes, filled, read, read + count);
    read += count;
    filled += count;
    const end = scanner.scan(bytes, 0, filled, read === source.length ? "finish" : "wait");
    for (let i = 0; i < scanner.recordCount; i++) {
      const field = (k: number) => bytes.toString("utf8", scanner.starts[k], scanner.ends[k]);
      records.push(Array.from({ length: width }, (_, column) => field(i * width + column)));
    }
    bytes.copyWithin(0, end, filled);
    filled -= end;
  }
  return { records, problemCount: problems.count, message: messageOf(problems), line: scanner.line };
}

function messageOf(problems: Problems): string {
  try {
    problems.throwIfAny();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

const cell = fc.stringMatching(/^[a ,"\r\n套]{0,6}$/);
const lineEnd = fc.constantFrom("\n", "\r\n", "\r");

test("quoted cells come back as they were, wherever the bytes are cut", () => {
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      rows,
      lineEnd,
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      (cells, end, isEnded, pieceBytes) => {
        const lines = cells.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(","));
        const text = lines.join(end) + (isEnded ? end : "");
        expect(scan(text, 3, pieceBytes)).toMatchObject({ records: cells, problemCount: 0 });
      },
    ),
    { numRuns: 1000, seed: 7 },
  );
});

test("any bytes give the same records, lines and problems, wherever they are cut", () => {
  const anything = fc.stringMatching(/^[a ,"\r\n]{0,40}$/);
  fc.assert(
    fc.property(
      anything,
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 12 }),
      (text, width, pieceBytes) => {
        expect(scan(text, width, pieceBytes)).toEqual(scan(text, width, 1000));
      },
    ),
    { numRuns: 2000, seed: 7 },
  );
});

test("lines count from 1 by LF, CRLF and CR, also inside quotes", () => {
  expect(scan('a,b\r\n"x\ny\r\nz\rw",1\ra,b\n', 2, 1000).line).toBe(7);
});
