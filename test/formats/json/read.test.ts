import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { HoldfastError } from "../../../src/errors.js";
import { readTable } from "../../../src/formats/read-table.js";
import { rowsOf } from "../../../src/table/rows.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();
let files = 0;
const read = (content: string | Uint8Array, extension = ".json") =>
  readTable(folder.file(`file-${files++}${extension}`, content));
const failure = (content: string | Uint8Array, extension = ".json"): Promise<HoldfastError> =>
  read(content, extension).then(
    () => expect.unreachable("it was read"),
    (error: HoldfastError) => error,
  );

const rows = [
  { a: 1, 套餐: 'x, "y" [}' },
  { a: null, 套餐: "\\" },
];

describe("JSON", () => {
  test.each([
    ["compact", JSON.stringify(rows)],
    ["indented", `\ufeff \n${JSON.stringify(rows, null, 2)}\n\n`],
  ])("reads an array of objects, %s", async (_, content) => {
    expect(rowsOf(await read(content))).toEqual(rows);
    expect(rowsOf(await read(gzipSync(content), ".json.gz"))).toEqual(rows);
  });

  test("reads one object per line, and skips blank lines", async () => {
    const lines = `${JSON.stringify(rows[0])}\r\n\n${JSON.stringify(rows[1])}`;
    expect(rowsOf(await read(lines, ".ndjson"))).toEqual(rows);
    expect(rowsOf(await read(lines, ".jsonl"))).toEqual(rows);
  });

  test("keeps the digits of integers beyond 2^53 and does not change digits in strings", async () => {
    const table = await read(
      '[{"id":9007199254740993,"note":"n: 9007199254740993, x","f":1234567890123456789.5}]',
    );
    expect(rowsOf(table)).toEqual([
      { id: "9007199254740993", note: "n: 9007199254740993, x", f: Number("1234567890123456789.5") },
    ]);
  });

  test("reads the same wherever the pieces of the file end", async () => {
    const many = Array.from({ length: 30_000 }, (_, i) => ({ i, s: `套\\"餐${i % 3}` }));
    for (const content of [JSON.stringify(many), ` ${JSON.stringify(many, null, 1)}`]) {
      const table = await read(content);
      expect(table.rowCount).toBe(many.length);
      expect(rowsOf(table)[29_999]).toEqual(many[29_999]);
    }
  });

  test.each([
    ["an object", '{"a":1}', 1],
    ["a number", "\n5", 2],
    ["two arrays", '[{"a":1}]\n[]', 2],
    ["an open array", '[{"a":1},\n{"a":2}', 2],
    ["a trailing comma", '[{"a":1},\n]', 1],
    ["broken syntax", '[{"a":1},\n{"a":}]', 1],
  ])("refuses %s, with its line", async (_, content, line) => {
    const error = await failure(content);
    expect(error.code).toBe("data.malformed");
    expect(error.path.line).toBeGreaterThanOrEqual(line);
  });

  test("refuses elements that are not objects and nested values, all at once", async () => {
    const error = await failure('[1,{"a":[1]},{"a":{"b":2}},null]');
    expect(error.problems.map(({ code, path }) => [code, path.column, path.row])).toEqual([
      ["data.malformed", undefined, 1],
      ["data.wrong-type", "a", 2],
      ["data.wrong-type", "a", 3],
      ["data.malformed", undefined, 4],
    ]);
  });

  test("reports broken lines of NDJSON by their line", async () => {
    const error = await failure('{"a":1}\n{"a":\n\n{"a":2}\nx\n', ".ndjson");
    expect(error.problems.map(({ path }) => path.line)).toEqual([2, 5]);
  });

  test.each(["", " ", "[]", "[ \n]", "[{}]"])("%j is empty", async (content) => {
    expect((await failure(content)).code).toBe("data.empty");
  });
});
