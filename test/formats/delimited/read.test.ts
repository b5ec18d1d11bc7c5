import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { rowsOf } from "../../../src/table/rows.js";
import { delimitedFiles, shown } from "./read-helpers.js";

const { read, failure } = delimitedFiles();

describe("layout", () => {
  const expected = [
    { a: "x", b: 1 },
    { a: "y", b: 2 },
  ];
  test.each([
    ["LF", "a,b\nx,1\ny,2\n"],
    ["CRLF", "a,b\r\nx,1\r\ny,2\r\n"],
    ["lone CR", "a,b\rx,1\ry,2\r"],
    ["no final line end", "a,b\nx,1\ny,2"],
    ["no final line end, CRLF", "a,b\r\nx,1\r\ny,2"],
    ["blank lines", "\n\na,b\n\nx,1\n  \ny,2\n\n\n"],
    ["a byte order mark", "\ufeffa,b\nx,1\ny,2\n"],
    ["semicolons", "a;b\nx;1\ny;2\n"],
    ["tabs", "a\tb\nx\t1\ny\t2\n"],
    ["bars", "a|b\nx|1\ny|2\n"],
    ["quotes everywhere", '"a","b"\n"x","1"\n"y","2"\n'],
    ["names in white space", " a ,b \nx,1\ny,2\n"],
  ])("reads a file with %s", async (_, content) => {
    expect(rowsOf(await read(content))).toEqual(expected);
  });

  test("keeps delimiters, line ends and doubled quotes inside quotes", async () => {
    const table = await read(
      'a,b\n"x,1","say ""hi"""\n"two\nlines","""q"""\r\n"c\r\nd","5"" pipe"\n5" pipe,""\n',
      {
        columns: { a: "text", b: "text" },
      },
    );
    expect(rowsOf(table)).toEqual([
      { a: "x,1", b: 'say "hi"' },
      { a: "two\nlines", b: '"q"' },
      { a: "c\r\nd", b: '5" pipe' },
      { a: '5" pipe', b: null },
    ]);
  });

  test("counts delimiters of the header outside quotes only", async () => {
    expect((await read('"a,b,c";d\n1;2\n')).columns.map((column) => column.name)).toEqual(["a,b,c", "d"]);
  });

  test("takes a blank line of a one-column file as missing, except at its end", async () => {
    expect(shown((await read("x\n1\n\n2\n\n\n")).columns[0])).toEqual(["numeric", 1, Number.NaN, 2]);
    expect(shown((await read('x\n""\n\n\n5')).columns[0])).toEqual([
      "numeric",
      Number.NaN,
      Number.NaN,
      Number.NaN,
      5,
    ]);
  });

  test("reads 5,000 columns", async () => {
    const width = 5000;
    const line = (cell: (column: number) => unknown) =>
      `${Array.from({ length: width }, (_, i) => cell(i)).join(",")}\n`;
    const table = await read(line((i) => `c${i}`) + line((i) => i) + line((i) => (i % 2 ? "x" : i + 1)));
    expect(table.columns.length).toBe(width);
    expect([4998, 4999].map((i) => shown(table.columns[i]))).toEqual([
      ["numeric", 4998, 4999],
      ["categorical", "4999", "x"],
    ]);
  });

  test("reads a field of 5 MB", async () => {
    const long = 'line "one"\n多'.repeat(400_000);
    const table = await read(`id,note\n1,short\n2,"${long.replaceAll('"', '""')}"\n3,end\n`, {
      columns: { note: "text" },
    });
    const note = table.columns[1];
    expect(note.kind === "text" && note.values[1] === long).toBe(true);
    expect(shown(table.columns[0])).toEqual(["numeric", 1, 2, 3]);
  });

  test("gives the same table wherever the pieces of the file end", async () => {
    // The scanner works on 128 KB at a time: quotes, CRLF and characters of several bytes fall on every such border.
    const record = '"a ""q"" 套餐\r\nb",1.5,"x"\r\n';
    const count = 40_000;
    for (const shift of [0, 1, 2, 3]) {
      const table = await read(`${"k".repeat(shift + 1)},n,c\r\n${record.repeat(count)}`);
      expect(table.rowCount).toBe(count);
      expect(
        table.columns.map((column) =>
          column.kind === "categorical"
            ? column.categories
            : [...new Set<number | string | null>(column.values)],
        ),
      ).toEqual([['a "q" 套餐\r\nb'], [1.5], ["x"]]);
    }
  });

  test("takes names with quotes, dots, emoji and SQL in them as they are", async () => {
    const names = ['say "hi"', "a.b", "月租费", "😀", "x'); DROP TABLE t; --", "__proto__", "constructor"];
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(",");
    const table = await read(`${header}\n${names.map((_, i) => i).join(",")}\n`);
    expect(table.columns.map((column) => column.name)).toEqual(names);
  });

  test("reads gzip, in several members and by content also without the extension", async () => {
    const gzip = Buffer.concat([gzipSync("a,b\nx,1\n"), gzipSync("y,2\n")]);
    expect(rowsOf(await read(gzip, {}, ".csv.gz"))).toEqual(expected);
    expect(rowsOf(await read(gzip, {}, ".csv"))).toEqual(expected);
  });

  test("takes the delimiter it is given", async () => {
    expect(rowsOf(await read("a^b,c\n1^2\n", { delimiter: "^" }))).toEqual([{ a: 1, "b,c": 2 }]);
    expect(rowsOf(await read("a,b\tc\n1,5\t2\n", {}, ".tsv"))).toEqual([{ "a,b": "1,5", c: 2 }]);
    expect((await failure("a,b\n1,2\n", { delimiter: "::" })).code).toBe("argument.invalid");
  });
});

describe("encodings", () => {
  // 套餐,费用 / 畅享,1 / 移动,2 in GB18030 (Python: "套餐,费用\n畅享,1\n移动,2\n".encode("gb18030").hex()).
  const gb18030 = Buffer.from("ccd7b2cd2cb7d1d3c30ab3a9cfed2c310ad2c6b6af2c320a", "hex");
  const expected = [
    { 套餐: "畅享", 费用: 1 },
    { 套餐: "移动", 费用: 2 },
  ];

  test.each(["gb18030", "gbk"])("reads %s when it is given", async (encoding) => {
    expect(rowsOf(await read(gb18030, { encoding }))).toEqual(expected);
    expect(rowsOf(await read(gzipSync(gb18030), { encoding }, ".csv.gz"))).toEqual(expected);
  });

  test("reads UTF-16 by its byte order mark, unless another encoding is given", async () => {
    const text = Buffer.from("\ufeff套餐,费用\n畅享,1\n移动,2\n", "utf16le");
    expect(rowsOf(await read(text, { encoding: "utf-16le" }))).toEqual(expected);
    expect(rowsOf(await read(text))).toEqual(expected);
    expect((await failure(text, { encoding: "utf-8" })).hint).toContain("utf-16le");
  });

  test("keeps characters of several bytes that fall on the borders of pieces", async () => {
    // Half-width and full-width characters in turn, so that every border is hit with every offset.
    const rows = 60_000;
    const line = Buffer.from("d2c6b6af61", "hex"); // 移动a
    const body = Buffer.concat(
      Array.from({ length: rows }, () => Buffer.concat([line, Buffer.from(",1\n")])),
    );
    const table = await read(Buffer.concat([Buffer.from("x,y\n"), body]), { encoding: "gb18030" });
    expect(table.columns[0]).toMatchObject({ categories: ["移动a"] });
    expect(table.rowCount).toBe(rows);
  });

  test("names the first line that is not UTF-8 and suggests gb18030", async () => {
    const lines = "ok,1\n".repeat(100_000);
    const error = await failure(Buffer.concat([Buffer.from(`a,b\n${lines}`), gb18030]));
    expect([error.code, error.path.line]).toEqual(["data.encoding", 100_002]);
    expect(error.hint).toContain('`encoding: "gb18030"`');
    expect(error.problemCount).toBe(1);
  });

  test("refuses a file that ends within a character", async () => {
    expect((await failure(Buffer.from("a,b\nx,1\ny,\xe5\xa5", "latin1"))).code).toBe("data.encoding");
  });

  test("refuses bytes that are not valid in the declared encoding, and an unknown encoding", async () => {
    const error = await failure(Buffer.from("a,b\nx,1\n\xff\xff,2\n", "latin1"), { encoding: "gb18030" });
    expect([error.code, error.path.line !== undefined]).toEqual(["data.encoding", true]);
    expect((await failure("a\n1\n", { encoding: "klingon" })).code).toBe("argument.invalid");
  });
});

describe("long work", () => {
  test("progress reaches its total and never falls", async () => {
    const done: number[] = [];
    let total = 0;
    await read(`a,b\n${"1,2\n".repeat(100_000)}`, {
      onProgress: (event) => {
        done.push(event.done);
        total = event.total;
      },
    });
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(total);
  });

  test("an aborted signal stops the reading", async () => {
    const error = await failure(`a,b\n${"1,2\n".repeat(100_000)}`, { signal: AbortSignal.abort() });
    expect(error.code).toBe("aborted");
  });
});
