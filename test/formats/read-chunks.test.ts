import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HoldfastError } from "../../src/errors.js";
import { readTableChunks } from "../../src/formats/read-chunks.js";
import { type ReadTableOptions, readTable } from "../../src/formats/read-table.js";
import { writeTable } from "../../src/formats/write-table.js";
import { rowsOf, tableFromRows } from "../../src/table/rows.js";
import type { CategoricalColumn, Table } from "../../src/table/table.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { all, chunksOf, failure, joined, withoutPlaces } from "./read-chunks-helpers.js";

const folder = temporaryFolder();

describe("no chunk decides what a column is", () => {
  const days = [20250101, 20250102, 20250103, 20250104, 20250105, 20250106, 20250107, 20250108];
  const markers = { missing: ["-1", "999"] };
  test.each<[string, (number | null)[], ReadTableOptions]>([
    ["dates in all chunks but the first", [99991231, 7, 8, ...days], {}],
    ["nearly all dates", [...days, 99991231], {}],
    ["nearly all dates, the odd one first", [0, ...days], {}],
    ["dates only", [...days, null], {}],
    ["dates, marked ones missing", [999, ...days, -1], markers],
    ["numbers, marked ones missing", [3, 999, -1, 4, 5, -1, null, 7], markers],
    [
      "declared numbers, marked ones missing",
      [3, 999, -1, 4, ...days],
      { columns: { x: { kind: "numeric", ...markers } } },
    ],
    ["declared categories", [1, 2, 999, 1], { columns: { x: { kind: "categorical", ...markers } } }],
  ])("%s", async (_, values, options) => {
    const table = tableFromRows(
      values.map((x, i) => ({ x, id: `row ${i}` })),
      { columns: { x: "numeric" } },
    );
    for (const name of ["days.csv", "days.parquet", "days.ndjson", "days.arrow"]) {
      const path = join(folder.path, name);
      await writeTable(table, path);
      const whole = (await readTable(path, options)).columns;
      const cut = joined(await chunksOf(path, { ...options, chunkRows: 3 }));
      expect([name, withoutPlaces(cut)]).toEqual([name, withoutPlaces(whole)]);
    }
  });
});

describe("readTableChunks of CSV", () => {
  const cell = fc.constantFrom(
    "1",
    "2.5",
    "inf",
    "NA",
    "",
    " a",
    "a",
    "b",
    "TRUE",
    "false",
    "2024-02-03",
    "20240203",
    "20240301",
    "¥5.20",
    "40%",
    '"q, ""w"""',
  );

  test("chunks together hold what readTable gives, or throw the same problems", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(undefined, "numeric", "categorical", "text", "date"),
        async (rows, chunkRows, declared) => {
          const path = folder.file("any.csv", `x,y\n${rows.map((row) => `${row.join(",")}\n`).join("")}`);
          const options = declared === undefined ? {} : { columns: { x: declared } as const };
          const messages = (error: HoldfastError) => error.message.replaceAll("readTableChunks", "readTable");
          const whole = await readTable(path, options).catch(messages);
          const cut = await chunksOf(path, { ...options, chunkRows }).catch(messages);
          // A chunk throws before the problems of later ones are known.
          if (typeof whole === "string") expect(typeof cut).toBe("string");
          else expect(withoutPlaces(joined(cut as Table[]))).toEqual(withoutPlaces(whole.columns));
          if (typeof whole === "string" && chunkRows >= rows.length) expect(cut).toBe(whole);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("the kind of a column with many different texts is found from all of them", async () => {
    const lines = Array.from(
      { length: 70_000 },
      (_, i) => `id ${i},${i / 8},${new Date(i * 6e4).toISOString()},p${i % 9},${i < 69_999 ? i : "x"}`,
    );
    const path = folder.file("many.csv", `id,number,time,plan,almost\n${lines.join("\n")}\n`);
    const chunks = await chunksOf(path, { chunkRows: 30_000 });
    expect(chunks.map(({ rowCount }) => rowCount)).toEqual([30_000, 30_000, 10_000]);
    expect(
      isDeepStrictEqual(withoutPlaces(joined(chunks)), withoutPlaces((await readTable(path)).columns)),
    ).toBe(true);
  });

  test("true and false stay as written where a later chunk has another word", async () => {
    const path = folder.file("words.csv", "x\nTRUE\nFALSE\nmaybe\n");
    const chunks = await chunksOf(path, { chunkRows: 2 });
    expect(chunks.map(({ columns: [column] }) => (column as CategoricalColumn).categories)).toEqual([
      ["TRUE", "FALSE"],
      ["TRUE", "FALSE", "maybe"],
    ]);
  });

  test("reads the selected columns of an encoded, tab-separated file", async () => {
    const path = folder.file("rows.tsv", Buffer.from("a\tb\tc\n1\tz\u00e9\t3\n", "utf16le"));
    const [chunk] = await chunksOf(path, { encoding: "utf-16le", select: ["c", "b"] });
    expect(rowsOf(chunk)).toEqual([{ c: 3, b: "z\u00e9" }]);
  });

  test("names all malformed records before any chunk is read", async () => {
    const path = folder.file("ragged.csv", "a,b\n1,2\n3\n4,5,6\n");
    const error = await failure(readTableChunks(path));
    expect(error.problems.map(({ path: { line } }) => line)).toEqual([3, 4]);
  });

  test("a file that has fewer rows in a later pass is a problem", async () => {
    const path = folder.file("shrinks.csv", "x\n1\n2\n");
    const table = await readTableChunks(path);
    folder.file("shrinks.csv", "x\n1\n");
    expect((await failure(all(table.chunks()))).code).toBe("data.unreadable");
  });
});

describe("readTableChunks", () => {
  test("cuts JSON into the same chunks", async () => {
    const lines = Array.from({ length: 10 }, (_, i) => JSON.stringify({ plan: `p${i % 3}`, x: i }));
    const path = folder.file("rows.ndjson", lines.join("\n"));
    const chunks = await chunksOf(path, { chunkRows: 4 });
    expect(chunks.map(({ rowCount }) => rowCount)).toEqual([4, 4, 2]);
    expect(joined(chunks)).toEqual((await readTable(path)).columns);
  });

  test.each([
    [{ chunkRows: 0 }, "readTableChunks: chunkRows: must be a whole number ≥ 1, received 0"],
    [{ select: [] }, "readTableChunks: select: must name a column, received "],
    [{ select: ["x", "x"] }, 'readTableChunks: select: must name each column once, received "x"'],
    [{ encoding: "gbk" }, 'readTableChunks: encoding: must be left out for Parquet, received "gbk"'],
  ])("refuses %j", async (options, message) => {
    expect((await failure(readTableChunks("x.parquet", options))).message).toBe(message);
  });
});
