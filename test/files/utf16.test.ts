import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { utf16Of } from "../../src/files/utf16.js";
import { csv } from "../../src/formats/delimited/index.js";
import { readTable } from "../../src/formats/read-table.js";
import { rowsOf } from "../../src/table/rows.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
let files = 0;

const little = (text: string) => Buffer.from(text, "utf16le");
const big = (text: string) => Buffer.from(text, "utf16le").swap16();

/** Few characters of it are of ASCII, and 一 has NUL where they do not. */
const CHINESE = `用户编号,套餐,地区,是否流失\n${"一,一一统一套餐,一,否\n".repeat(200)}`;

describe("UTF-16 without a byte order mark is recognised", () => {
  test.each([
    ["English", "id,plan,fee\n1,basic,10\n2,gold,20\n"],
    ["German", "Kunde;Gebühr\nMüller;10\n"],
    ["Chinese", CHINESE],
    ["Chinese in quotes", '"用户编号","套餐"\r\n"一","全家"\r\n'],
    ["one name", "id\n"],
    ["Russian", "Номер;Тариф;Отток\nодин;Базовый;да\n"],
  ])("%s", (_, text) => {
    expect([utf16Of(little(text)), utf16Of(big(text))]).toEqual(["utf-16le", "utf-16be"]);
    expect(utf16Of(Buffer.from(text))).toBe(undefined);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["one byte", Buffer.from("a")],
    ["text with a NUL", Buffer.from(`id,plan\n${"1,basic\n".repeat(50)}2,a\0b\n`)],
    ["zeros only", Buffer.alloc(1024)],
    ["zeros within text", Buffer.concat([Buffer.from("id,plan\n1,a\n"), Buffer.alloc(1000)])],
  ])("%s is not it", (_, bytes) => {
    expect(utf16Of(bytes)).toBe(undefined);
  });
});

describe("files in UTF-16", () => {
  const text = "id,套餐\n1,全家\n2,一号\n";
  const rows = [
    { id: 1, 套餐: "全家" },
    { id: 2, 套餐: "一号" },
  ];
  const all: [string, Buffer][] = [
    ["LE", little(text)],
    ["BE", big(text)],
    ["LE with its mark", little(`\ufeff${text}`)],
    ["BE with its mark", big(`\ufeff${text}`)],
  ];

  test.each(all)("%s: CSV, gzipped too, JSON and streams are read", async (_, bytes) => {
    const path = folder.file(`text-${files++}.csv`, bytes);
    expect(rowsOf(await readTable(path))).toEqual(rows);
    expect(rowsOf(await readTable(folder.file(`text-${files++}.csv.gz`, gzipSync(bytes))))).toEqual(rows);
    const needed = [{ name: "套餐", kind: "categorical", why: "the test needs it" }] as const;
    const pieces = Readable.from([...bytes].map((byte) => Buffer.of(byte)));
    const source = await csv.streams.rows(pieces, { function: "test", file: path }, {});
    for await (const { table } of source.batches(needed, {})) {
      expect(rowsOf(table)).toEqual(rows.map(({ 套餐 }) => ({ 套餐 })));
    }
  });

  test.each([
    ["LE", little],
    ["BE", big],
  ])("%s: NDJSON and an Excel line are read", async (_, write) => {
    const ndjson = folder.file(`lines-${files++}.ndjson`, write('{"id":1,"套餐":"全家"}\n'));
    expect(rowsOf(await readTable(ndjson))).toEqual([rows[0]]);
    const excel = folder.file(`excel-${files++}.csv`, write("sep=;\r\nid;套餐\r\n1;全家\r\n"));
    expect(rowsOf(await readTable(excel))).toEqual([rows[0]]);
  });

  test("an encoding that is given wins, and its error names the right one", async () => {
    const path = folder.file("given.csv", big(CHINESE));
    const { hint } = await thrownBy(() => readTable(path, { encoding: "utf-8" }));
    expect(hint).toContain('`encoding: "utf-16be"`');
    expect((await readTable(path, { encoding: "utf-16be" })).rowCount).toBe(200);
  });
});
