import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gunzipped } from "../../src/files/gunzip.js";
import { readTable } from "../../src/formats/read-table.js";
import { rowsOf } from "../../src/table/rows.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();

async function* piecesOf(bytes: Buffer, size: number): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function uncompressed(bytes: Buffer, size: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of gunzipped(piecesOf(bytes, size))) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe("gunzipped", () => {
  const member = fc.record({
    content: fc.uint8Array({ maxLength: 200 }),
    zeros: fc.oneof(fc.constant(0), fc.nat({ max: 40 })),
  });
  const file = (members: readonly { content: Uint8Array; zeros: number }[]) =>
    Buffer.concat(members.flatMap(({ content, zeros }) => [gzipSync(content), Buffer.alloc(zeros)]));

  test("reads all members, with zeros between and behind them, in pieces of any size", async () => {
    const members = fc.array(member, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(members, fc.integer({ min: 1, max: 100 }), async (all, size) => {
        const expected = Buffer.concat(all.map(({ content }) => content));
        expect(await uncompressed(file(all), size)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test("reads members of megabytes behind padding longer than a piece", async () => {
    const content = Buffer.alloc(3 << 20, "id,fee\n1,2\n");
    const bytes = Buffer.concat([gzipSync(content), Buffer.alloc(300_000), gzipSync(content)]);
    expect((await uncompressed(bytes, 1 << 16)).equals(Buffer.concat([content, content]))).toBe(true);
  });

  test.each([
    ["text behind the last member", Buffer.from("PK"), /incorrect header/],
    ["text behind padding", Buffer.from("\0\0\0xy"), /incorrect header/],
    [
      "half a member behind padding",
      Buffer.concat([Buffer.alloc(9), gzipSync("x").subarray(0, 12)]),
      /unexpected end/,
    ],
  ])("%s is an error", async (_, garbage, message) => {
    for (const size of [1, 7, 1000]) {
      const error = await uncompressed(Buffer.concat([gzipSync("a"), garbage]), size).catch((e) => e);
      expect(error.message).toMatch(message);
    }
  });

  test("closes its source when its reader stops early", async () => {
    let isClosed = false;
    const source = async function* () {
      try {
        for (;;) yield gzipSync(Buffer.alloc(1 << 20));
      } finally {
        isClosed = true;
      }
    };
    for await (const _ of gunzipped(source())) break;
    expect(isClosed).toBe(true);
  });
});

test("padded files that were joined are read as one table, and what is no gzip behind them is malformed", async () => {
  const padded = (text: string) => Buffer.concat([gzipSync(text), Buffer.alloc(10_240)]);
  const joined = Buffer.concat([padded("id,fee\n1,2\n"), padded("3,4\n")]);
  expect(rowsOf(await readTable(folder.file("padded.csv.gz", joined)))).toEqual([
    { id: 1, fee: 2 },
    { id: 3, fee: 4 },
  ]);
  const garbage = folder.file("garbage.csv.gz", Buffer.concat([joined, Buffer.from("garbage")]));
  const error = await thrownBy(() => readTable(garbage));
  expect([error.code, error.problems[0].expected]).toEqual([
    "data.malformed",
    "must be a valid gzip file, it is damaged",
  ]);
});
