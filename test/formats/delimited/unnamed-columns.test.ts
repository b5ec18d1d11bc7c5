import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv } from "../../../src/formats/delimited/index.js";
import type { RowSource } from "../../../src/rows/row-source.js";
import { rowsOf } from "../../../src/table/rows.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { chunksOf, joined, failure as refused } from "../read-chunks-helpers.js";
import { delimitedFiles } from "./read-helpers.js";

const { folder, read, failure } = delimitedFiles();
let files = 0;

/** What a model that needs some columns is given. */
async function rowsFrom(source: RowSource, names: readonly string[] = ["id", "fee"]) {
  const needed = names.map((name) => ({ name, kind: "numeric" as const, why: "the test needs it" }));
  const rows: unknown[] = [];
  for await (const { table, rejected } of source.batches(needed, {}))
    rows.push(...rowsOf(table), ...rejected);
  return rows;
}

/** The same text through every way that reads it: names, a table, chunks, rows of a file and of a stream. */
async function everyWay(content: string) {
  const path = folder.file(`every-${files++}.csv`, content);
  const place = { function: "test", file: path };
  const table = await read(content);
  const chunks = await chunksOf(path, { chunkRows: 2 });
  expect(joined(chunks)).toEqual(table.columns);
  const rows = await rowsFrom(await csv.files.rows(path, place, {}));
  expect(await rowsFrom(await csv.streams.rows(Readable.from([Buffer.from(content)]), place, {}))).toEqual(
    rows,
  );
  return { names: await csv.files.columnNames(path, place, {}), table: rowsOf(table), rows };
}

describe("columns without a name and without values are left out", () => {
  const rows = [
    { id: 1, fee: 10 },
    { id: 2, fee: 20 },
    { id: 3, fee: 30 },
  ];
  test.each([
    ["at the end of header and records", "id,fee,\n1,10,\n2,20,\n3,30,\n"],
    ["several of them", "id,fee,,,\n1,10,,,\n2,20,,,\n3,30,,,\n"],
    ["quoted or blank", 'id,fee,"", \n1,10,"",\n2,20,, \n3,30, ,\t\n'],
    ["in the header only", "id,fee,,\n1,10\n2,20,\n3,30,,\n"],
    ["in the records only", "id,fee\n1,10,\n2,20,,\n3,30\n"],
    ["more in the records than in the header", "id,fee,\n1,10,,,\n2,20\n3,30,\n"],
    ["with quotes and escapes in the record", 'id,fee,\n"1","10"\n"2",20,""\n3,"30",,""\n'],
    ["with CRLF", "id,fee,,\r\n1,10\r\n2,20,\r\n3,30,,,\r\n"],
    ["without a final line end", "id,fee,,\n1,10\n2,20,\n3,30,,,"],
    ["in the middle and at the beginning", ",id,,fee\n,1,,10\n,2,,20\n,3,,30\n"],
  ])("%s", async (_, content) => {
    expect(await everyWay(content)).toEqual({ names: ["id", "fee"], table: rows, rows });
  });

  test("wherever they are, and however many fields records have behind the last name", async () => {
    const padding = fc.nat({ max: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 2 }),
        padding,
        fc.array(padding, { minLength: 1, maxLength: 8 }),
        async (between, behind, paddings) => {
          const gap = ",".repeat(between);
          const lines = paddings.map((count, i) => `${i},${gap}${i * 10}${",".repeat(count)}`);
          const expected = paddings.map((_, i) => ({ id: i, fee: i * 10 }));
          const content = [`id,${gap}fee${",".repeat(behind)}`, ...lines].join("\n");
          expect(await everyWay(content)).toEqual({ names: ["id", "fee"], table: expected, rows: expected });
        },
      ),
      { numRuns: 50 },
    );
  });

  test("is decided by all records, also those far behind the first ones", async () => {
    const lines = Array.from({ length: 400_000 }, (_, i) => `${i},1,${i === 399_999 ? "7" : ""}\n`);
    const path = folder.file("late.csv", `id,fee,\n${lines.join("")}`);
    const [last] = (await chunksOf(path, { chunkRows: 300_000 })).slice(-1);
    expect(last.columns.map(({ name }) => name)).toEqual(["id", "fee", "column 3"]);
    expect(rowsOf(last).at(-1)).toEqual({ id: 399_999, fee: 1, "column 3": 7 });
  });
});

describe("columns without a name that hold values are called by their position", () => {
  test("the index of pandas, which is no feature though its values are in no order", async () => {
    const index = (i: number) => (i * 37) % 1009;
    const label = (i: number) => (i % 3 === 0 ? "yes" : "no");
    const lines = Array.from({ length: 300 }, (_, i) => `${index(i)},${(i * 7) % 23},${label(i)}`);
    const table = await read(`,fee,churn\n${lines.join("\n")}\n`);
    expect(table.columns.map(({ name }) => name)).toEqual(["column 1", "fee", "churn"]);
    const model = await trainChurnModel(table, {
      label: "churn",
      classifier: "logistic",
      replicates: 5,
      repeats: 1,
    });
    const [reason] = model.training.leftOut.filter(({ name }) => name === "column 1");
    expect(reason).toEqual({ name: "column 1", reason: "id-like: a different whole number in every row" });
  });

  test("others, and where a column has that name", async () => {
    const content = "id,,fee,column 2,\n1,x,10,a,\n2,,20,b,7\n";
    const { names, table, rows } = await everyWay(content);
    expect(names).toEqual(["id", "fee", "column 2"]);
    expect(table).toEqual([
      { id: 1, "column 2 (unnamed)": "x", fee: 10, "column 2": "a", "column 5": null },
      { id: 2, "column 2 (unnamed)": null, fee: 20, "column 2": "b", "column 5": 7 },
    ]);
    expect(rows).toEqual([
      { id: 1, fee: 10 },
      { id: 2, fee: 20 },
    ]);
  });

  test("and can be declared, selected, excluded and needed by that name", async () => {
    const content = "id,,fee\n1,7,10\n2,8,20\n";
    const path = folder.file("by-position.csv", content);
    expect((await read(content, { columns: { "column 2": "text" } })).columns[1].kind).toBe("text");
    expect(rowsOf(await read(content, { exclude: ["column 2"] }))[0]).toEqual({ id: 1, fee: 10 });
    const [chunk] = await chunksOf(path, { select: ["column 2"] });
    expect(rowsOf(chunk)).toEqual([{ "column 2": 7 }, { "column 2": 8 }]);
    const source = await csv.files.rows(path, { function: "test", file: path }, {});
    expect(await rowsFrom(source, ["column 2"])).toEqual([{ "column 2": 7 }, { "column 2": 8 }]);
  });
});

describe("what stays an error", () => {
  test.each([
    ["a record with a value behind the last column", "id,fee\n1,10\n2,20,x\n3,30,\n", 3, 3],
    ["a record without a field that has a name", "id,fee,\n1\n2,20\n", 2, 1],
    ["a record without a field before the last column without a name", "id,,fee\n1,\n2,,20\n", 2, 2],
  ])("%s", async (_, content, line, fields) => {
    const { problems } = await failure(content);
    expect(problems).toMatchObject([{ code: "data.malformed", path: { line }, received: fields }]);
    const path = folder.file(`ragged-${files++}.csv`, content);
    expect((await refused(chunksOf(path))).problems).toHaveLength(1);
    const rows = await rowsFrom(await csv.files.rows(path, { function: "test", file: path }, {}));
    expect(rows.filter((row) => Object.hasOwn(row as object, "problems"))).toHaveLength(1);
  });

  test("names that repeat", async () => {
    const error = await failure("a,b, a ,\n1,2,3,\n");
    expect(error.problems.map(({ code, path }) => [code, path.column])).toEqual([
      ["data.duplicate-column", "a"],
    ]);
  });

  test("a header line that names no column", async () => {
    const error = await failure(",,\nid,fee,churn\n1,2,3\n");
    expect([error.code, error.path.line]).toEqual(["data.malformed", 1]);
    expect(error.message).toContain("it names no column");
  });
});
