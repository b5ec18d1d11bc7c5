import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HoldfastError } from "../../../src/errors.js";
import { arrow as arrowFormat } from "../../../src/formats/arrow/index.js";
import { missingCodec } from "../../../src/formats/arrow/load.js";
import { fileFormat } from "../../../src/formats/formats.js";
import { readTable } from "../../../src/formats/read-table.js";
import type { NeededColumn, RowSource } from "../../../src/rows/row-source.js";
import { shortestOf } from "../../../src/table/given/shortest-float.js";
import type { DeclaredKind } from "../../../src/table/grammar/declared-kind.js";
import { rowsOf } from "../../../src/table/rows.js";
import { cellOf, findColumn } from "../../../src/table/table.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";
import { EXPECTED } from "./pyarrow/values.js";

// The files of pyarrow/ hold a column of every type; pyarrow/make.py wrote them and says their values.

const folder = temporaryFolder();
const pathOf = (name: string) => fileURLToPath(new URL(`pyarrow/${name}`, import.meta.url));
const FILES = ["plain.arrows", "lz4.arrows", "zstd.arrow"];
const NESTED = ["list", "struct", "binary", "duration"];
const read = (path: string) => readTable(path, { format: "arrow", exclude: NESTED });

const ROWS = [0, 1, 2, 3].map((row) =>
  Object.fromEntries(Object.entries(EXPECTED).map(([name, values]) => [name, values[row]])),
);
const NAMES = Object.keys(EXPECTED) as (keyof typeof EXPECTED)[];

/** A source's column: values, or "refused". */
async function cells(source: RowSource, needed: Omit<NeededColumn, "why">): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { table, rowNumbers, rejected } of source.batches([{ why: "test", ...needed }], {})) {
    rowNumbers.forEach((number, row) => {
      found[number - 1] = cellOf(table.columns[0], row);
    });
    for (const { row, problems } of rejected) {
      expect(problems.map(({ path }) => [path.column, path.row])).toEqual([[needed.name, row]]);
      found[row - 1] = "refused";
    }
  }
  return found;
}

const rowsOfPath = (name: string) =>
  fileFormat("test", "format", "arrow").files.rows(pathOf(name), { file: name }, {});
const inPipe = (bytes: Uint8Array, size = 999) => {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    Buffer.from(bytes.subarray(i * size, (i + 1) * size)),
  );
  return arrowFormat.streams.rows(Readable.from(pieces), { function: "test", file: "a pipe" }, {});
};

describe.each(FILES)("every type of %s", (file) => {
  test("is read as a table", async () => {
    const table = await read(pathOf(file));
    expect(rowsOf(table)).toEqual(ROWS);
    const kinds = NAMES.map((name) => findColumn(table, name)).filter((column) => column?.kind === "numeric");
    expect(kinds.filter((column) => column?.kind === "numeric" && column.isDate).map((c) => c?.name)).toEqual(
      NAMES.filter((name) => /^(?:day|ts)/.test(name)),
    );
  });

  test("is read row by row, by path and in a pipe, for the kind of a model", async () => {
    const day = (text: string | null) => (text === null ? null : Date.parse(text.slice(0, 23)) / 864e5);
    for (const name of NAMES) {
      const expected: readonly (string | number | null)[] = EXPECTED[name];
      const isDate = /^(?:day|ts)/.test(name);
      const isNumber = expected.every((value) => typeof value === "number" || value === null);
      const kind: DeclaredKind = isDate ? "date" : isNumber ? "numeric" : "categorical";
      for (const source of [await rowsOfPath(file), await inPipe(readFileSync(pathOf(file)))]) {
        const found = await cells(source, { name, kind });
        if (!isDate) expect([name, found]).toEqual([name, expected]);
        else {
          // Date.parse has no microseconds.
          const rounded = found.map((days) =>
            days === null ? null : Math.floor(Number(days) * 864e5 + 1e-4) / 864e5,
          );
          expect([name, rounded]).toEqual([name, (expected as (string | null)[]).map(day)]);
        }
      }
    }
  });
});

test("microseconds are those of the same text", async () => {
  const csv = folder.file(
    "times.csv",
    "ts_us\n2025-02-20 08:30:01.123456\n1969-12-31 23:59:59.999999\n\n1970-01-01\n",
  );
  const [[text], typed] = [
    (await readTable(csv, { columns: { ts_us: "date" } })).columns,
    findColumn(await read(pathOf("plain.arrows")), "ts_us"),
  ];
  const values = (column: typeof text | undefined) => (column?.kind === "numeric" ? [...column.values] : []);
  expect(values(typed)).toEqual(values(text));
});

describe("typed cells for other kinds", () => {
  const of = async (name: string, kind: DeclaredKind, more: Partial<NeededColumn> = {}) =>
    cells(await rowsOfPath("plain.arrows"), { name, kind, ...more });

  test("decimals, integers and floats of 32 bits are their shortest decimal as categories and ids", async () => {
    for (const kind of ["categorical", "text"] as const) {
      expect(await of("dec128", kind)).toEqual(["13", "-13.5", null, "0.1"]);
      expect(await of("dict_dec", kind)).toEqual(["1.5", "2", null, "1.5"]);
      expect(await of("f32", kind)).toEqual(["0.1", "-2.5", null, "16777216"]);
      expect(await of("wide", kind)).toEqual([
        "1234567890123456789012345678.0123456789",
        "-0.0000000001",
        null,
        "1",
      ]);
      expect(await of("whole", kind)).toEqual(["12345678901234567890", "-5", null, "0"]);
      expect(await of("day", kind)).toEqual(["2020-01-01", "1969-12-31", null, "2052-02-29"]);
    }
  });

  test("integers beyond 2^53 are numbers where the model has numbers", async () => {
    expect(await of("i64", "numeric")).toEqual([9007199254740992, 5, null, -1]);
    expect(await of("u64", "numeric")).toEqual([18446744073709552000, 5, null, 0]);
  });

  test("a boolean is a number where the model saw 0 and 1 only; a date or a boolean is none else", async () => {
    expect(await of("flag", "numeric", { isFlag: true })).toEqual([1, 0, null, 1]);
    expect(await of("flag", "numeric")).toEqual(["refused", "refused", null, "refused"]);
    expect(await of("day", "numeric")).toEqual(["refused", "refused", null, "refused"]);
  });

  test("numbers that mark missing values are missing", async () => {
    expect(await of("f64", "numeric", { reading: { missing: ["-0.5"] } })).toEqual([
      0.1 + 0.2,
      5e-324,
      null,
      null,
    ]);
    expect(await of("dec128", "numeric", { reading: { missing: ["13"] } })).toEqual([null, -13.5, null, 0.1]);
  });

  test("a time without a zone is of the zone that texts are read in, one with a zone is not", async () => {
    const reading = { timeZone: "Asia/Shanghai" };
    expect(await of("ts_s", "date", { reading })).toEqual([
      Date.UTC(2025, 1, 20, 0, 30, 1) / 864e5,
      -28801 / 86400,
      null,
      -1 / 3,
    ]);
    expect((await of("ts_zone", "date", { reading }))[3]).toBe(0);
    const table = await readTable(pathOf("plain.arrows"), {
      format: "arrow",
      exclude: NESTED,
      columns: { ts_s: reading },
    });
    expect(rowsOf(table)[3]).toMatchObject({ ts_s: "1969-12-31T16:00:00Z", ts_us: "1970-01-01" });
  });

  test.each(NESTED)("%s is no cell: a problem that names the column", async (name) => {
    for (const kind of ["numeric", "date", "categorical", "text"] as const) {
      const { problems } = await thrownBy(() => of(name, kind));
      expect(problems).toMatchObject([{ code: "data.wrong-type", path: { column: name } }]);
    }
    const { problems } = await thrownBy(() => readTable(pathOf("plain.arrows"), { format: "arrow" }));
    expect(problems.map(({ path }) => path.column)).toEqual(NESTED);
    expect(problems[0].hint).toBe('leave it out: `exclude: ["list"]`; or split it into plain columns');
  });

  test("a rejected row has all its cells", async () => {
    const source = await rowsOfPath("plain.arrows");
    for await (const { rejected } of source.batches([{ name: "id", kind: "numeric", why: "test" }], {})) {
      expect(rejected.map(({ row }) => row)).toEqual([2, 4]);
      expect(rejected[0].values).toMatchObject({
        i64: "5",
        dec128: "-13.5",
        day: "1969-12-31",
        list: "[]",
        struct: null,
      });
      expect(() => JSON.stringify(rejected)).not.toThrow();
    }
  });
});

describe("what can't be read is a problem that names the file:", () => {
  const whole = readFileSync(pathOf("zstd.arrow"));
  test.each<[string, Uint8Array, RegExp]>([
    ["an empty file", Buffer.alloc(0), /it is empty/],
    ["a file without its end", whole.subarray(0, -20), /must be a whole Arrow file/],
    [
      "a stream that is cut off",
      readFileSync(pathOf("lz4.arrows")).subarray(0, 4000),
      /must be an Arrow IPC file or stream/,
    ],
    [
      "compressed bytes that are damaged",
      damaged(readFileSync(pathOf("lz4.arrows"))),
      /must be an Arrow IPC file or stream/,
    ],
    ["Feather version 1", readFileSync(pathOf("feather-1.feather")), /it is one of Feather version 1/],
    ["text", Buffer.from("id,tenure\n1,2\n"), /must be an Arrow IPC file or stream/],
  ])("%s", async (_, bytes, expected) => {
    const path = folder.file("broken.arrow", bytes);
    const { problems } = await thrownBy(() => read(path));
    expect(problems).toMatchObject([{ code: "data.malformed", path: { function: "readTable", file: path } }]);
    expect(problems[0].expected).toMatch(expected);
    const piped = await thrownBy(async () => cells(await inPipe(bytes), { name: "id", kind: "text" }));
    expect(piped.problems).toMatchObject([{ code: "data.malformed", path: { file: "a pipe" } }]);
  });

  test("a table without rows", async () => {
    const path = folder.file(
      "none.arrow",
      arrow.tableToIPC(new arrow.Table({ id: arrow.vectorFromArray([], new arrow.Utf8()) }), "file"),
    );
    expect((await thrownBy(() => readTable(path))).problems).toMatchObject([
      { code: "data.empty", path: { file: path } },
    ]);
  });

  test("codecs that are not installed, with the command that installs them", () => {
    const error = missingCodec(new Error("Record batch is compressed but codec not found"));
    expect(error).toBeInstanceOf(HoldfastError);
    expect(error).toMatchObject({ code: "dependency.missing", hint: "npm install lz4js fzstd" });
    expect(missingCodec(new Error("another"))).toBeUndefined();
  });
});

/** With the marks of compressed buffers turned round. */
function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const mark = Buffer.from([0x04, 0x22, 0x4d, 0x18]);
  for (let at = copy.indexOf(mark); at >= 0; at = copy.indexOf(mark)) copy.fill(0xff, at, at + 4);
  return copy;
}

describe("a file that arrow-js wrote, whose schema is at its end only,", () => {
  const columns = {
    id: arrow.vectorFromArray(["a", "b"], new arrow.Utf8()),
    n: arrow.vectorFromArray([1.5, null], new arrow.Float64()),
  };
  const bytes = arrow.tableToIPC(new arrow.Table(columns), "file");

  test("is read by every extension, and in a pipe", async () => {
    for (const extension of arrowFormat.extensions) {
      const path = folder.file(`x${extension}`, bytes);
      expect(rowsOf(await readTable(path))).toEqual([
        { id: "a", n: 1.5 },
        { id: "b", n: null },
      ]);
    }
    expect(await cells(await inPipe(bytes, 3), { name: "n", kind: "numeric" })).toEqual([1.5, null]);
  });
});

describe("shortestOf(x) is the shortest decimal that means the same float of 32 bits", () => {
  test("it is the same float, and reads decimals of six digits back", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.fround(shortestOf(value))).toBe(value);
      }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999, max: 999_999 }),
        fc.integer({ min: -10, max: 10 }),
        (digits, power) => {
          const decimal = Number(`${digits}e${power}`);
          expect(shortestOf(Math.fround(decimal))).toBe(decimal);
        },
      ),
    );
  });
});
