import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HoldfastError, Problems } from "../../../src/errors.js";
import {
  type BatchSource,
  delimitedBatches,
  type RecordCutter,
} from "../../../src/formats/delimited/batches.js";
import { recordCutter } from "../../../src/formats/delimited/record-cutter.js";
import { plainNumber } from "../../../src/table/plain-number.js";

const cutter = recordCutter() as RecordCutter;

/** All records of a text with their lines, and the fields that were read as plain numbers on the way. */
async function recordsOf(text: string, options: Partial<BatchSource>) {
  const problems = new Problems();
  const records: { readonly line: number; readonly fields: string[] }[] = [];
  const numbers: [field: string, value: number][] = [];
  const odd: string[] = [];
  let cut = 0;
  const source: BatchSource = {
    path: "text.csv",
    place: { file: "text.csv" },
    bytes: pieces(Buffer.from(text)),
    problems,
    beat: async () => {},
    onRagged: (_record, line, fields, ragged) => records.push({ line, fields: [`ragged ${fields}`, ragged] }),
    ...options,
  };
  try {
    for await (const { bytes, starts, ends, width, recordCount, lines, readNumbers } of delimitedBatches(
      source,
    )) {
      if (readNumbers !== undefined) cut += recordCount;
      for (let record = 0; record < recordCount; record++) {
        const fields = Array.from({ length: width }, (_, column) => {
          const k = record * width + column;
          return bytes.toString("utf8", starts[k], ends[k]);
        });
        records.push({ line: lines[record], fields });
      }
      for (let column = 0; readNumbers !== undefined && column < width; column++) {
        const values = new Float64Array(recordCount + 1).fill(-7);
        const odds = new Set(readNumbers(column, 0, recordCount, values, 1));
        for (let record = 0; record < recordCount; record++) {
          const k = record * width + column;
          const field = bytes.toString("utf8", starts[k], ends[k]);
          if (odds.has(record)) odd.push(field);
          else numbers.push([field, values[record + 1]]);
        }
        expect(values[0]).toBe(-7);
      }
    }
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return { error: error.problems };
  }
  return { records: records.sort((a, b) => a.line - b.line), problems: problems.list, numbers, odd, cut };
}

/** The same, in the batches of a file. */
async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += 1 << 18) yield bytes.subarray(from, from + (1 << 18));
}

const numberText = fc.oneof(
  fc.integer().map(String),
  fc.double().map(String),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value.toFixed(3)),
  fc.constantFrom(
    "",
    "0",
    "-0",
    "007",
    "00",
    "0.5",
    ".5",
    "5.",
    "1e5",
    "+1",
    "--1",
    "-",
    "999999999999999",
    "9999999999999999",
    "12345678.12345678",
    "0.000000000000001",
    "123456789012345.6",
    "1.2.3",
    " 1",
    "NA",
    "٣",
  ),
);
const odd = fc.constantFrom(
  "\r\n",
  "\r",
  "\n\n",
  "\n \n",
  "\t",
  '"a,b"',
  '"',
  "套餐",
  "😀",
  ",",
  ",,,",
  "\0",
  "",
);
const line = fc.array(numberText, { minLength: 3, maxLength: 3 }).map((fields) => fields.join(","));
const texts = fc
  .array(
    fc.tuple(
      line,
      fc.constantFrom("\n", "\n", "\n", "\r\n"),
      fc.oneof({ weight: 40, arbitrary: fc.constant("") }, { weight: 1, arbitrary: odd }),
    ),
    {
      maxLength: 60,
      size: "max",
    },
  )
  .map((lines) => `a,b,c\n${lines.map(([text, end, stray]) => stray + text + end).join("")}`);

describe("records that are cut in WebAssembly", () => {
  test("are those of the scanner, with their lines, for any text", async () => {
    let cut = 0;
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), fc.boolean(), async (text, quotes, endsWithLine) => {
        const whole = endsWithLine ? text : text.trimEnd();
        const scanned = await recordsOf(whole, { quotes });
        const found = await recordsOf(whole, { quotes, cutter });
        if ("error" in scanned || "error" in found) {
          expect(found).toEqual(scanned);
          return;
        }
        cut += found.cut;
        expect([found.records, found.problems]).toEqual([scanned.records, scanned.problems]);
        for (const [field, value] of found.numbers) {
          const bytes = Buffer.from(field);
          expect(Object.is(value, field === "" ? Number.NaN : plainNumber(bytes, 0, bytes.length))).toBe(
            true,
          );
          if (field !== "") expect(Object.is(value, Number(field))).toBe(true);
        }
        // It leaves fields that are not plain numbers, and numbers with more digits than a double always holds.
        for (const field of found.odd) {
          const bytes = Buffer.from(field);
          const plain = plainNumber(bytes, 0, bytes.length);
          expect(Number.isNaN(plain) || field.replace(/[-.]/g, "").length > 15).toBe(true);
        }
      }),
      { seed: 20261127, numRuns: 300 },
    );
    expect(cut).toBeGreaterThan(3000);
  });

  test("are cut across buffers, from records longer than one, and from wide ones", async () => {
    const wide = Array.from({ length: 3000 }, (_, column) => `c${column}`);
    const rows = Array.from({ length: 200 }, (_, row) => wide.map((_, column) => row * column).join(","));
    const text = `${wide.join(",")}\n${rows.join("\n")}\n`;
    const scanned = await recordsOf(text, {});
    const found = await recordsOf(text, { cutter });
    if ("error" in scanned || "error" in found) throw new Error("it can be read");
    expect(found.cut).toBe(200);
    expect(found.records).toEqual(scanned.records);
    const long = `a,b\n1,${"x".repeat(2_000_000)}\n2,y\n`;
    const [longScanned, longFound] = [await recordsOf(long, {}), await recordsOf(long, { cutter })];
    expect("records" in longFound && longFound.records).toEqual(
      "records" in longScanned && longScanned.records,
    );
  });
});
