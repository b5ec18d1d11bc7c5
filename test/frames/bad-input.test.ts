import * as tf from "@tensorflow/tfjs";
import * as arrow from "apache-arrow";
import { describe, expect, test } from "vitest";
import { tableFrom } from "../../src/frames/table-from.js";
import { rowsOf, tableFromRows } from "../../src/table/rows.js";
import { thrownBy } from "../support/thrown.js";

const problemsOf = async (source: unknown, options?: object) =>
  (await thrownBy(() => tableFrom(source as object, options))).problems.map(
    ({ code, path, received }) =>
      [code, path.column ?? path.argument ?? null, path.row ?? null, received] as const,
  );

test("missing in every form is missing, in columns and in rows", async () => {
  const columns = {
    n: [1, null, undefined, Number.NaN, 2],
    d: [new Date(0), null, undefined, new Date(Number.NaN), new Date(864e5)],
    t: ["a", null, undefined, "", "b"],
  };
  const rows = columns.n.map((n, row) => ({ n, d: columns.d[row], t: columns.t[row] }));
  const expected = [
    { n: 1, d: "1970-01-01", t: "a" },
    ...[1, 2, 3].map(() => ({ n: null, d: null, t: null })),
    { n: 2, d: "1970-01-02", t: "b" },
  ];
  expect(rowsOf(await tableFrom(columns))).toEqual(expected);
  expect(rowsOf(await tableFrom(rows))).toEqual(expected);
});

test("a column of numbers and texts is text with each number as it prints; booleans are categories", async () => {
  const table = await tableFrom({ mixed: [1, "two", 3.5, null], flag: [true, false, null, true] });
  expect(rowsOf(table)).toEqual([
    { mixed: "1", flag: "true" },
    { mixed: "two", flag: "false" },
    { mixed: "3.5", flag: null },
    { mixed: null, flag: "true" },
  ]);
});

test("big integers are numbers within 2^53, and keep all digits as text beyond it", async () => {
  const table = await tableFrom({
    small: BigInt64Array.of(1n, -5n),
    big: [2n ** 60n, 1n],
    unsigned: BigUint64Array.of(2n ** 64n - 1n, 0n),
  });
  expect(table.columns[0]).toEqual({ kind: "numeric", name: "small", values: Float64Array.of(1, -5) });
  expect(rowsOf(table).map(({ big, unsigned }) => [big, unsigned])).toEqual([
    ["1152921504606846976", "18446744073709551615"],
    ["1", "0"],
  ]);
});

test("typed arrays are numbers: doubles are not copied, floats of 32 bits are the shortest decimals", async () => {
  const doubles = Float64Array.of(0.1, Number.NaN);
  const table = await tableFrom({
    doubles,
    floats: Float32Array.of(0.1, Number.NaN),
    bytes: Uint8Array.of(1, 255),
  });
  const [first, second, third] = table.columns.map((column) =>
    column.kind === "numeric" ? column.values : undefined,
  );
  expect(first).toBe(doubles);
  expect(second).toEqual(doubles);
  expect(third).toEqual(Float64Array.of(1, 255));
});

describe("problems are collected", () => {
  test("columns of different lengths", async () => {
    expect(await problemsOf({ a: [1, 2], b: [1], c: [1, 2, 3] })).toEqual([
      ["data.malformed", "b", null, 1],
      ["data.malformed", "c", null, 3],
    ]);
  });

  test("infinite numbers, nested cells and functions, each by row", async () => {
    const call = () => 0;
    const problems = await problemsOf({
      x: [1, Infinity],
      list: [[1], null],
      map: [{ a: 1 }, null],
      f: [null, call],
    });
    expect(problems).toEqual([
      ["data.not-finite", "x", 2, Infinity],
      ["data.wrong-type", "list", 1, [1]],
      ["data.wrong-type", "map", 1, { a: 1 }],
      ["data.wrong-type", "f", 2, "a function"],
    ]);
  });

  test("names that repeat, or are empty", async () => {
    expect((await problemsOf({ a: [1], " a": [2] })).map(([code, column]) => [code, column])).toEqual([
      ["data.duplicate-column", "a"],
    ]);
    const x = arrow.vectorFromArray([1], new arrow.Int32());
    const fields = ["a", "a", ""].map((name) => new arrow.Field(name, new arrow.Int32()));
    const data = arrow.makeData({
      type: new arrow.Struct(fields),
      length: 1,
      nullCount: 0,
      children: fields.map(() => x.data[0]),
    });
    const batch = new arrow.RecordBatch(new arrow.Schema(fields), data);
    expect((await problemsOf(batch)).map(([code]) => code)).toEqual([
      "data.duplicate-column",
      "data.duplicate-column",
    ]);
  });

  test("lists, structures and bytes of Arrow, by column", async () => {
    const table = new arrow.Table({
      x: arrow.vectorFromArray([1, 2], new arrow.Int32()),
      list: arrow.vectorFromArray([[1], [2]]),
      bytes: arrow.vectorFromArray([Uint8Array.of(1), Uint8Array.of(2)], new arrow.Binary()),
    });
    expect((await problemsOf(table)).map(([code, column]) => [code, column])).toEqual([
      ["data.wrong-type", "list"],
      ["data.wrong-type", "bytes"],
    ]);
    expect((await tableFrom(table, { exclude: ["list", "bytes"] })).columns).toHaveLength(1);
  });

  test("options that name no column", async () => {
    expect(await problemsOf({ a: [1] }, { exclude: ["b"], columns: { c: "text" } })).toEqual([
      ["data.missing-column", "c", null, undefined],
      ["data.missing-column", "b", null, undefined],
    ]);
  });
});

test.each([
  ["no rows", [], "must have rows, there are no rows"],
  ["columns without rows", { a: [] }, "must have rows, there are no rows"],
  ["no columns", {}, "must have columns"],
  ["rows without columns", [{}], "must have columns"],
  [
    "an Arrow table without rows",
    new arrow.Table({ a: arrow.vectorFromArray([], new arrow.Int32()) }),
    "must have rows, there are no rows",
  ],
  ["an Arrow table without columns", new arrow.Table(), "must have columns"],
])("%s: data.empty", async (_, source, expected) => {
  const error = await thrownBy(() => tableFrom(source));
  expect([error.code, error.expected]).toEqual(["data.empty", expected]);
});

describe("tensors", () => {
  test("of rank 2 and 1 have the names that are given", async () => {
    const two = tf.tensor2d([
      [1, 0.1],
      [2, 0.2],
      [3, Number.NaN],
    ]);
    expect(rowsOf(await tableFrom(two, { columnNames: ["a", "b"] }))).toEqual([
      { a: 1, b: 0.1 },
      { a: 2, b: 0.2 },
      { a: 3, b: null },
    ]);
    expect(rowsOf(await tableFrom(tf.tensor1d([5, 6], "int32"), { columnNames: ["a"] }))).toEqual([
      { a: 5 },
      { a: 6 },
    ]);
  });

  test("of booleans and texts are categories", async () => {
    expect(rowsOf(await tableFrom(tf.tensor2d([[true], [false]]), { columnNames: ["a"] }))).toEqual([
      { a: "true" },
      { a: "false" },
    ]);
    expect(rowsOf(await tableFrom(tf.tensor2d([["x"], ["y"]]), { columnNames: ["a"] }))).toEqual([
      { a: "x" },
      { a: "y" },
    ]);
  });

  test("without names, with too few, disposed, or of another rank are problems", async () => {
    const two = tf.tensor2d([[1, 2]]);
    const missing = await thrownBy(() => tableFrom(two));
    expect([missing.code, missing.path.argument]).toEqual(["argument.missing", "columnNames"]);
    expect(missing.hint).toBe('tableFrom(source, { columnNames: ["a", "b"] })');
    expect((await thrownBy(() => tableFrom(two, { columnNames: ["a"] }))).expected).toBe(
      "must have 2 names, one for each column",
    );
    two.dispose();
    expect((await thrownBy(() => tableFrom(two, { columnNames: ["a", "b"] }))).hint).toBe(
      "call tableFrom before dispose()",
    );
    expect((await thrownBy(() => tableFrom(tf.scalar(1), { columnNames: ["a"] }))).expected).toBe(
      "must be a tensor of rank 1 or 2",
    );
  });
});

describe("rows that are arrays", () => {
  test("have the names that are given, and every kind of column", async () => {
    const rows = [
      [1, "a", null, null],
      [null, null, null, 5],
      [2.5, "b", null, "x"],
    ];
    const names = ["n", "t", "empty", "mixed"];
    const objects = rows.map((row) => Object.fromEntries(names.map((name, c) => [name, row[c]])));
    expect((await tableFrom(rows, { columnNames: names })).columns).toEqual(tableFromRows(objects).columns);
  });

  test("of another length are problems", async () => {
    expect(await problemsOf([[1, 2], [1], [1, 2, 3]], { columnNames: ["a", "b"] })).toEqual([
      ["data.malformed", null, 2, [1]],
      ["data.malformed", null, 3, [1, 2, 3]],
    ]);
  });

  test("are read alike in many rows, whatever comes first", async () => {
    const count = 1500;
    const cell = (row: number, c: number) =>
      c === 0
        ? row < 700
          ? null
          : row / 4
        : c === 1
          ? row < 300
            ? undefined
            : `t${row % 9}`
          : row === 1400
            ? "x"
            : row;
    const rows = Array.from({ length: count }, (_, row) => [0, 1, 2, 3, 4, 5].map((c) => cell(row, c)));
    const names = ["a", "b", "c", "d", "e", "f"];
    const objects = rows.map((row) => Object.fromEntries(names.map((name, c) => [name, row[c]])));
    const { columns } = await tableFrom(rows, { columnNames: names });
    const expected = tableFromRows(objects).columns;
    for (const column of columns) expect(column).toEqual(expected.find(({ name }) => name === column.name));
  });
});

describe("a table of this package", () => {
  const table = tableFromRows([
    { a: 1, b: "x" },
    { a: 2, b: "y" },
  ]);

  test("is returned as it is", async () => {
    expect(await tableFrom(table)).toBe(table);
  });

  test("is read by options that are given", async () => {
    const read = await tableFrom(table, { columns: { a: "categorical" }, exclude: ["b"] });
    expect(read.columns).toEqual([
      { kind: "categorical", name: "a", codes: Int32Array.of(0, 1), categories: ["1", "2"] },
    ]);
  });
});
