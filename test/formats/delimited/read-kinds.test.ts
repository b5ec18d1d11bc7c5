import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReadTableOptions } from "../../../src/formats/read-table.js";
import { delimitedFiles, shown } from "./read-helpers.js";

const { read, failure } = delimitedFiles();

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

  test("reads the whole file: one word after millions of digits makes the column categorical", async () => {
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
  test("override inference", async () => {
    const options = { columns: { x: "categorical", y: "text", z: "date" } } as const;
    const table = await read("x,y,z\n1, a,2023/1/31\n2,007,\n", options);
    expect(table.columns.map(shown)).toEqual([
      ["categorical", "1", "2"],
      ["text", " a", "007"],
      ["date", 19388, Number.NaN],
    ]);
  });

  test("report every cell that cannot be read as declared, with column, row and value", async () => {
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
