import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HoldfastError } from "../../src/errors.js";
import { readTable } from "../../src/formats/read-table.js";
import { rowsOf, tableFromRows } from "../../src/table/rows.js";
import { withoutPlaces } from "../formats/read-chunks-helpers.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = temporaryFolder();

function failure(run: () => unknown): HoldfastError {
  try {
    run();
  } catch (error) {
    if (error instanceof HoldfastError) return error;
    throw error;
  }
  return expect.unreachable("it was taken");
}

describe("tableFromRows", () => {
  test("takes numbers, texts, booleans, bigints and dates, and missing keys as missing", () => {
    const table = tableFromRows([
      { n: 1.5, s: "a", b: true, i: 5n, d: new Date("1970-01-02T12:00:00Z") },
      { n: null, s: undefined, i: 7 },
      { n: Number.NaN, s: "b", b: false, d: new Date(0), late: 3 },
    ]);
    expect(table.columns).toEqual([
      { kind: "numeric", name: "n", values: new Float64Array([1.5, Number.NaN, Number.NaN]) },
      { kind: "categorical", name: "s", codes: new Int32Array([0, -1, 1]), categories: ["a", "b"] },
      { kind: "categorical", name: "b", codes: new Int32Array([0, -1, 1]), categories: ["true", "false"] },
      { kind: "numeric", name: "i", values: new Float64Array([5, 7, Number.NaN]) },
      { kind: "numeric", name: "d", values: new Float64Array([1.5, Number.NaN, 0]), isDate: true },
      { kind: "numeric", name: "late", values: new Float64Array([Number.NaN, Number.NaN, 3]) },
    ]);
  });

  test("reads strings by the rules of text, also among numbers", () => {
    const table = tableFromRows([
      { a: "1", b: 2, c: "007" },
      { a: " ", b: "x", c: 7 },
      { a: 3, b: null, c: null },
    ]);
    expect(rowsOf(table)).toEqual([
      { a: 1, b: "2", c: "007" },
      { a: null, b: "x", c: "7" },
      { a: 3, b: null, c: null },
    ]);
  });

  test("keeps the digits of bigints beyond 2^53", () => {
    expect(rowsOf(tableFromRows([{ id: 9007199254740993n }]))).toEqual([{ id: "9007199254740993" }]);
  });

  test("reports all values that no column can hold, with column and row", () => {
    const error = failure(() =>
      tableFromRows(
        [
          { a: 1, b: {} },
          { a: Infinity, b: () => 1 },
          { a: [1], b: new Date(Number.NaN) },
          5 as unknown as Record<string, unknown>,
        ],
        { source: "the request" },
      ),
    );
    expect(error.problems.map(({ code, path }) => [code, path.column, path.row])).toEqual([
      ["data.wrong-type", "b", 1],
      ["data.not-finite", "a", 2],
      ["data.wrong-type", "b", 2],
      ["data.wrong-type", "a", 3],
      ["data.wrong-type", "b", 3],
      ["data.malformed", undefined, 4],
    ]);
    expect(error.path.file).toBe("the request");
  });

  test("declared kinds override inference", () => {
    const rows = [{ area: 415, day: "2023-01-31", id: 1 }];
    const table = tableFromRows(rows, { columns: { area: "categorical", day: "text", id: "text" } });
    expect(rowsOf(table)).toEqual([{ area: "415", day: "2023-01-31", id: "1" }]);
    expect(
      failure(() => tableFromRows([{ x: "abc" }, { x: 1 }], { columns: { x: "numeric" } })).received,
    ).toBe("abc");
    expect(failure(() => tableFromRows([{ x: 1 }], { columns: { y: "numeric" } })).code).toBe(
      "data.missing-column",
    );
  });

  test("refuses an empty list and names that are the same without white space", () => {
    expect(failure(() => tableFromRows([])).code).toBe("data.empty");
    expect(failure(() => tableFromRows([{}])).code).toBe("data.empty");
    expect(failure(() => tableFromRows([{ a: 1, " a": 2 }])).code).toBe("data.duplicate-column");
  });

  test("errors name the function that the caller called", async () => {
    expect(failure(() => tableFromRows([])).path.function).toBe("tableFromRows");
    await expect(readTable([])).rejects.toMatchObject({ path: { function: "readTable" } });
  });

  test("reads every text as the same text in a CSV or JSON file", async () => {
    const nasty = fc.constantFrom(
      ...[
        "",
        " ",
        "NA",
        "nan",
        "\\N",
        "007",
        "0",
        "-0",
        "1.50",
        " 7 ",
        "1e5",
        ".5",
        "5.",
        "inf",
        "1e999",
        "TRUE",
        "false",
      ],
      ...[
        "2023-01-31",
        "2023-02-30",
        "2023/1/1",
        "9007199254740993",
        "套餐",
        'q"q',
        "a,b",
        "x\ny",
        "\u00a01",
      ],
    );
    let run = 0;
    const outcome = async (make: () => Promise<unknown>) => {
      return make().catch((error: HoldfastError) =>
        error.problems.map(({ code, path, received }) => [code, path.row, received]),
      );
    };
    await fc.assert(
      fc.asyncProperty(fc.array(nasty, { minLength: 1, maxLength: 6 }), async (cells) => {
        const rows = cells.map((x) => ({ x, k: 1 }));
        const csv = folder.file(
          `${++run}.csv`,
          `x,k\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}",1\n`).join("")}`,
        );
        const json = folder.file(`${run}.json`, JSON.stringify(rows));
        const columns = (path: string) => readTable(path).then((table) => withoutPlaces(table.columns));
        const expected = await outcome(async () => withoutPlaces(tableFromRows(rows).columns));
        expect(await outcome(() => columns(csv)), "CSV").toEqual(expected);
        expect(await outcome(() => columns(json)), "JSON").toEqual(expected);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

test("rowsOf writes dates in ISO 8601 and missing values as null", () => {
  const table = tableFromRows([
    { d: "2023-01-31", t: "2023-01-31 12:00" },
    { d: null, t: "2023-01-31" },
  ]);
  expect(rowsOf(table)).toEqual([
    { d: "2023-01-31", t: "2023-01-31T12:00:00Z" },
    { d: null, t: "2023-01-31" },
  ]);
});
