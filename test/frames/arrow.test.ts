import * as arrow from "apache-arrow";
import { describe, expect, test } from "vitest";
import { tableFrom } from "../../src/frames/table-from.js";
import { rowsOf } from "../../src/table/rows.js";
import type { NumericColumn, Table } from "../../src/table/table.js";

const valuesOf = (table: Table, column = 0) => (table.columns[column] as NumericColumn).values;
const float64 = (values: (number | null)[]) => arrow.vectorFromArray(values, new arrow.Float64());

describe("numbers are not copied", () => {
  test("of a Float64 column in one batch without missing values", async () => {
    const given = Float64Array.of(1, 2.5, -3);
    const table = await tableFrom(new arrow.Table({ x: arrow.makeVector(given) }));
    expect(valuesOf(table).buffer).toBe(given.buffer);
    expect([...valuesOf(table)]).toEqual([1, 2.5, -3]);
  });

  test("of IPC bytes", async () => {
    const bytes = arrow.tableToIPC(new arrow.Table({ x: float64([1, 2, 3]) }), "file");
    expect(valuesOf(await tableFrom(bytes)).buffer).toBe(bytes.buffer);
  });

  test("of a slice, which begins at its own row", async () => {
    const given = Float64Array.of(1, 2, 3, 4, 5);
    const table = await tableFrom(new arrow.Table({ x: arrow.makeVector(given) }).slice(1, 4));
    expect([...valuesOf(table)]).toEqual([2, 3, 4]);
    expect(valuesOf(table).buffer).toBe(given.buffer);
  });

  test("but where a value is missing, by the bitmap and not by what lies below it", async () => {
    const data = Float64Array.of(1, 99, 3);
    const type = new arrow.Float64();
    const nullBitmap = Uint8Array.of(0b101);
    const vector = arrow.makeVector(arrow.makeData({ type, length: 3, nullCount: 1, data, nullBitmap }));
    const values = valuesOf(await tableFrom(new arrow.Table({ x: vector })));
    expect([...values]).toEqual([1, Number.NaN, 3]);
    expect([...data]).toEqual([1, 99, 3]);
  });

  test("but where there are several batches", async () => {
    const table = await tableFrom(
      new arrow.Table({ x: float64([1, 2]) }).concat(new arrow.Table({ x: float64([3, null]) })),
    );
    expect([...valuesOf(table)]).toEqual([1, 2, 3, Number.NaN]);
  });
});

test("the bitmap of a slice is read from its first row, in every type", async () => {
  const length = 40;
  const isMissing = (row: number) => row % 3 === 0;
  const of = <Value>(make: (row: number) => Value) =>
    Array.from({ length }, (_, row) => (isMissing(row) ? null : make(row)));
  const whole = new arrow.Table({
    float: float64(of((row) => row / 2)),
    int: arrow.vectorFromArray(of(Number), new arrow.Int32()),
    long: arrow.vectorFromArray(of(BigInt), new arrow.Int64()),
    text: arrow.vectorFromArray(
      of((row) => `t${row % 5}`),
      new arrow.Utf8(),
    ),
    flag: arrow.vectorFromArray(
      of((row) => row % 2 === 0),
      new arrow.Bool(),
    ),
    day: arrow.vectorFromArray(
      of((row) => new Date(row * 864e5)),
      new arrow.DateDay(),
    ),
    level: arrow.vectorFromArray(
      of((row) => `l${row % 4}`),
      new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
    ),
  });
  const all = rowsOf(await tableFrom(whole));
  for (const from of [1, 7, 8, 13]) {
    expect(rowsOf(await tableFrom(whole.slice(from, 37)))).toEqual(all.slice(from, 37));
    const [batch] = whole.slice(from, 37).batches;
    expect(rowsOf(await tableFrom(batch))).toEqual(all.slice(from, 37));
  }
});

test("dictionaries become categories in order of first appearance, whatever their own order is", async () => {
  const dictionary = arrow.vectorFromArray(["unused", "b", "a", "b"], new arrow.Utf8());
  const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32());
  const data = Int32Array.of(2, 1, 3, 2);
  const vector = arrow.makeVector(arrow.makeData({ type, length: 4, nullCount: 0, data, dictionary }));
  const [column] = (await tableFrom(new arrow.Table({ plan: vector }))).columns;
  expect(column).toEqual({
    kind: "categorical",
    name: "plan",
    codes: Int32Array.of(0, 1, 1, 0),
    categories: ["a", "b"],
  });
});

test("batches with separate dictionaries are joined by their texts", async () => {
  const of = (texts: string[]) =>
    new arrow.Table({
      plan: arrow.vectorFromArray(texts, new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())),
    });
  const table = await tableFrom(of(["x", "y"]).concat(of(["z", "x"])));
  expect(rowsOf(table).map(({ plan }) => plan)).toEqual(["x", "y", "z", "x"]);
});

test("floats of 32 bits are the shortest decimals, as in files", async () => {
  const vector = arrow.vectorFromArray([0.1, 16777216, null], new arrow.Float32());
  expect([...valuesOf(await tableFrom(new arrow.Table({ x: vector })))]).toEqual([0.1, 16777216, Number.NaN]);
});

test("whole numbers beyond 2^53 keep their digits as texts, all of the column", async () => {
  const vector = arrow.vectorFromArray([1n, 2n ** 60n, null], new arrow.Int64());
  expect(rowsOf(await tableFrom(new arrow.Table({ id: vector }))).map(({ id }) => id)).toEqual([
    "1",
    "1152921504606846976",
    null,
  ]);
});

test("short and long texts of views, and large texts, are read by their bytes", async () => {
  const texts = ["a", "exactly 12 b", "随心 5G 套餐, long", null, "", "a"];
  for (const type of [new arrow.Utf8View(), new arrow.LargeUtf8(), new arrow.Utf8()]) {
    const data = arrow.vectorFromArray(texts, type as arrow.Utf8);
    const table = await tableFrom(new arrow.Table({ t: data }));
    expect(rowsOf(table).map(({ t }) => t)).toEqual([texts[0], texts[1], texts[2], null, null, "a"]);
  }
});
