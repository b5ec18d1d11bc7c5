import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HoldfastError } from "../../../src/errors.js";
import { type ReadTableOptions, readTable } from "../../../src/formats/read-table.js";
import { rowsOf } from "../../../src/table/rows.js";
import type { Column, Table } from "../../../src/table/table.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();
let files = 0;

async function read(
  content: string | Uint8Array,
  options: ReadTableOptions = {},
  extension = ".csv",
): Promise<Table> {
  return readTable(folder.file(`file-${files++}${extension}`, content), options);
}

async function failure(
  content: string | Uint8Array,
  options: ReadTableOptions = {},
  extension = ".csv",
): Promise<HoldfastError> {
  return read(content, options, extension).then(
    () => expect.unreachable("it was read"),
    (error: HoldfastError) => error,
  );
}

function shown(column: Column): unknown {
  if (column.kind === "numeric") return [column.isDate ? "date" : "numeric", ...column.values];
  if (column.kind === "text") return ["text", ...column.values];
  return ["categorical", ...Array.from(column.codes, (code) => column.categories[code] ?? null)];
}

async function columnOf(cells: readonly string[], options: ReadTableOptions = {}): Promise<unknown> {
  const table = await read(
    `x,row\n${cells.map((cell, i) => `"${cell.replaceAll('"', '""')}",${i}\n`).join("")}`,
    options,
  );
  return shown(table.columns[0]);
}

describe("inference", () => {
  test("takes blanks and missing tokens in a column of numbers as missing", async () => {
    expect(
      await columnOf(["1", " ", "", "NA", "N/A", "NaN", "null", "NULL", "\\N", "#N/A", "2.5e1"]),
    ).toEqual(["numeric", 1, ...Array(9).fill(Number.NaN), 25]);
  });

  test("takes only blanks as missing in other columns", async () => {
    expect(await columnOf(["NA", "EU", " ", "NA"])).toEqual(["categorical", "NA", "EU", null, "NA"]);
  });

  test("keeps numbers with leading zeros or more than 53 bits as they are written", async () => {
    expect(await columnOf(["007", "12"])).toEqual(["categorical", "007", "12"]);
    expect(await columnOf(["9007199254740993", "1"])).toEqual(["categorical", "9007199254740993", "1"]);
  });

  test("writes booleans of any case as true and false, and leaves Yes and No", async () => {
    expect(await columnOf(["TRUE", "False", "true", ""])).toEqual([
      "categorical",
      "true",
      "false",
      "true",
      null,
    ]);
    expect(await columnOf(["Yes", "no", "No"])).toEqual(["categorical", "Yes", "no", "No"]);
  });

  test("makes dates days since 1970-01-01, and only when every one is in the calendar", async () => {
    expect(await columnOf(["1970-01-02", "", "1970-01-01T12:00:00Z", "NULL"])).toEqual([
      "date",
      1,
      Number.NaN,
      0.5,
      Number.NaN,
    ]);
    expect(await columnOf(["2023-01-01", "2023-02-30"])).toEqual(["categorical", "2023-01-01", "2023-02-30"]);
  });

  test("trims categories and keeps their order of first appearance", async () => {
    const table = await read("x,y\n b,1\na ,2\nb,3\n");
    expect(table.columns[0]).toEqual({
      kind: "categorical",
      name: "x",
      codes: new Int32Array([0, 1, 0]),
      categories: ["b", "a"],
    });
  });

  test("makes a column text when more than 20 values and more than half of them differ", async () => {
    const kindOf = async (distinct: number, rows: number) => {
      const cells = Array.from({ length: rows }, (_, row) => ` id${row % distinct}`);
      return ((await columnOf(cells)) as string[]).slice(0, 2);
    };
    expect(await kindOf(20, 20)).toEqual(["categorical", "id0"]);
    expect(await kindOf(21, 42)).toEqual(["categorical", "id0"]);
    expect(await kindOf(21, 41)).toEqual(["text", " id0"]);
  });

  test("makes a column text when more than 65,536 values differ", async () => {
    const file = (distinct: number) =>
      `x,y\n${Array.from({ length: 140_000 }, (_, row) => `v${row % distinct},1\n`).join("")}`;
    expect((await read(file(65_536))).columns[0].kind).toBe("categorical");
    expect((await read(file(65_537))).columns[0].kind).toBe("text");
  });

  test("makes an all-missing column numeric", async () => {
    expect(await columnOf(["", " ", "NA"])).toEqual(["numeric", Number.NaN, Number.NaN, Number.NaN]);
  });

  test("looks at the whole file: one word after millions of digits makes the column categorical", async () => {
    const rows = 400_000;
    const lines = Array.from({ length: rows }, (_, row) => `${row % 5},${row % 7}\n`);
    const table = await read(`early,late\n${lines.join("")}3,word\n`);
    expect(table.columns.map((column) => column.kind)).toEqual(["numeric", "categorical"]);
    const late = table.columns[1];
    expect(late.kind === "categorical" && late.categories).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "word",
    ]);
    expect(late.kind === "categorical" && [late.codes[10], late.codes[rows]]).toEqual([3, 7]);
  });

  test("keeps every double as JavaScript reads it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        async (numbers) => {
          // An exponent for large ones: a bare integer beyond 2^53 is an id.
          const texts = numbers.map((value) =>
            Math.abs(value) > 2 ** 53 ? value.toExponential() : String(value),
          );
          const table = await read(`x,y\n${texts.map((text) => `${text},1\n`).join("")}`);
          expect(shown(table.columns[0])).toEqual(["numeric", ...texts.map(Number)]);
        },
      ),
      { numRuns: 30, seed: 7, examples: [[[5e-324, 1.7976931348623157e308, 0.1, 123456789012345680000]]] },
    );
  });
});

describe("declared kinds", () => {
  test("win over inference", async () => {
    const options = { columns: { x: "categorical", y: "text", z: "date" } } as const;
    const table = await read("x,y,z\n1, a,2023/1/31\n2,007,\n", options);
    expect(table.columns.map(shown)).toEqual([
      ["categorical", "1", "2"],
      ["text", " a", "007"],
      ["date", 19388, Number.NaN],
    ]);
  });

  test("report every cell that cannot be read so, with column, row and value", async () => {
    const error = await failure("x,y\n1,2023-01-01\nabc,x\n,\ninf,1\n", {
      columns: { x: "numeric", y: "date", z: "text" },
    });
    expect(error.code).toBe("data.missing-column");
    const cells = await failure("x,y\n1,2023-01-01\nabc,x\n,\ninf,1\n", {
      columns: { x: "numeric", y: "date" },
    });
    expect(cells.problems.map(({ code, path, received }) => [code, path.column, path.row, received])).toEqual(
      [
        ["data.wrong-type", "x", 2, "abc"],
        ["data.not-finite", "x", 4, "inf"],
        ["data.wrong-type", "y", 2, "x"],
        ["data.wrong-type", "y", 4, "1"],
      ],
    );
  });
});

describe("infinite numbers", () => {
  test("are problems in a column of numbers, each with its row", async () => {
    const error = await failure("x,y\n1,1\ninf,2\n-Infinity,3\n1e999,4\n");
    expect(error.problems.map(({ code, path, received }) => [code, path.column, path.row, received])).toEqual(
      [
        ["data.not-finite", "x", 2, "inf"],
        ["data.not-finite", "x", 3, "-Infinity"],
        ["data.not-finite", "x", 4, "1e999"],
      ],
    );
  });

  test("are words in a column of words", async () => {
    expect(await columnOf(["Infinity", "Basic"])).toEqual(["categorical", "Infinity", "Basic"]);
    expect(await columnOf(["Infinity", "inf"])).toEqual(["categorical", "Infinity", "inf"]);
  });
});

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

  test("takes a blank line of a one-column file as missing, save at its end", async () => {
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

  test.each(["gb18030", "gbk"])("reads %s when told so", async (encoding) => {
    expect(rowsOf(await read(gb18030, { encoding }))).toEqual(expected);
    expect(rowsOf(await read(gzipSync(gb18030), { encoding }, ".csv.gz"))).toEqual(expected);
  });

  test("reads UTF-16 with its byte order mark when told so", async () => {
    const text = Buffer.from("\ufeff套餐,费用\n畅享,1\n移动,2\n", "utf16le");
    expect(rowsOf(await read(text, { encoding: "utf-16le" }))).toEqual(expected);
    expect((await failure(text)).hint).toContain("utf-16le");
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
    expect(error.hint).toContain('encoding: "gb18030"');
    expect(error.hint).toContain("--encoding gb18030");
    expect(error.problemCount).toBe(1);
  });

  test("refuses a file that ends within a character", async () => {
    expect((await failure(Buffer.from("a,b\nx,1\ny,\xe5\xa5", "latin1"))).code).toBe("data.encoding");
  });

  test("refuses bytes that are not of the declared encoding, and an unknown one", async () => {
    const error = await failure(Buffer.from("a,b\nx,1\n\xff\xff,2\n", "latin1"), { encoding: "gb18030" });
    expect([error.code, error.path.line !== undefined]).toEqual(["data.encoding", true]);
    expect((await failure("a\n1\n", { encoding: "klingon" })).code).toBe("argument.invalid");
  });
});

describe("bad files", () => {
  test("every ragged line is reported, with its line and number of fields", async () => {
    const error = await failure('a,b,c\n1,2,3\n1,2\n"x\ny",2,3\n1,2,3,4\n5\n');
    expect(error.problems.map(({ code, path, received }) => [code, path.line, received])).toEqual([
      ["data.malformed", 3, 2],
      ["data.malformed", 6, 4],
      ["data.malformed", 7, 1],
    ]);
    expect(error.message).toContain("must have 3 fields like the header");
  });

  test("cells of sound lines are reported together with ragged lines, by their rows", async () => {
    const error = await failure("a,b\n1,2\n1\nx,2\n", { columns: { a: "numeric" } });
    expect(error.problems.map(({ path }) => path.line ?? path.row)).toEqual([3, 3]);
  });

  test("more ragged lines than an error holds are counted", async () => {
    expect((await failure(`a,b\n${"1\n".repeat(500)}`)).problemCount).toBe(500);
  });

  test("an unclosed quote is reported where it opens", async () => {
    const error = await failure(`a,b\n1,x\n2,"open\n${"3,z\n".repeat(300_000)}`);
    expect([error.code, error.path.line, error.expected]).toEqual([
      "data.malformed",
      3,
      "must close the quote that opens here",
    ]);
    expect((await failure('"a,b\n1,2\n')).path.line).toBe(1);
  });

  test("text after a closing quote is reported", async () => {
    const error = await failure('a,b\n1,x\n"2"3,y\n4,z\n');
    expect([error.code, error.path.line]).toEqual(["data.malformed", 3]);
  });

  test.each([
    ["0 bytes", ""],
    ["a byte order mark only", "\ufeff"],
    ["blank lines only", "\n \r\n\n"],
    ["a header only", "a,b\n"],
    ["a header without line end", "a,b"],
    ["a header of one column and blank lines", "a\n\n\n"],
  ])("a file of %s is empty", async (_, content) => {
    expect((await failure(content)).code).toBe("data.empty");
  });

  test("repeated and empty names are reported together", async () => {
    const error = await failure("\ufeffa,b, a ,,b\n1,2,3,4,5\n");
    expect(error.problems.map(({ code, path }) => [code, path.column])).toEqual([
      ["data.duplicate-column", "a"],
      ["data.duplicate-column", undefined],
      ["data.duplicate-column", "b"],
    ]);
  });

  test("names that differ in case only are different", async () => {
    expect((await read("Churn,churn\n1,2\n")).columns.map((column) => column.name)).toEqual([
      "Churn",
      "churn",
    ]);
  });

  test("a broken gzip is malformed", async () => {
    const gzip = gzipSync(`a,b\n${"1,2\n".repeat(1000)}`);
    expect((await failure(gzip.subarray(0, gzip.length - 20), {}, ".csv.gz")).code).toBe("data.malformed");
    expect((await failure("a,b\n1,2\n", {}, ".csv.gz")).code).toBe("data.malformed");
    gzip[gzip.length - 6] ^= 0xff;
    expect((await failure(gzip, {}, ".csv.gz")).code).toBe("data.malformed");
  });

  test("a directory, a missing file and an unknown extension are told apart", async () => {
    const codeOf = (path: string) =>
      readTable(path).then(
        () => "read",
        (error: HoldfastError) => [error.code, error.expected],
      );
    expect(await codeOf(folder.path)).toEqual(["data.unreadable", "must be a file, it is a directory"]);
    expect(await codeOf(`${folder.path}/nothing.csv`)).toEqual([
      "data.unreadable",
      "must exist, there is no such file",
    ]);
    expect(await codeOf(folder.file("book.xlsx", "x"))).toEqual([
      "argument.invalid",
      expect.stringContaining(".csv"),
    ]);
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

  test("an aborted signal ends the reading", async () => {
    const error = await failure(`a,b\n${"1,2\n".repeat(100_000)}`, { signal: AbortSignal.abort() });
    expect(error.code).toBe("aborted");
  });
});
