import * as arrow from "apache-arrow";
import { expect, test } from "vitest";
import { toArrow } from "../../src/frames/out/to-arrow.js";
import { toDanfo } from "../../src/frames/out/to-danfo.js";
import { tableFrom } from "../../src/frames/table-from.js";
import { tableFromRows } from "../../src/table/rows.js";
import type { NumericColumn } from "../../src/table/table.js";
import { DECLARED, typedRows } from "../doors/typed-rows.js";
import { thrownBy } from "../support/thrown.js";

const table = tableFromRows(typedRows(300), { columns: DECLARED });

test("there and back, in memory and as bytes of a file and a stream, the columns are the same to the bit", async () => {
  const frame = await toArrow(table, arrow);
  expect((await tableFrom(frame, { columns: DECLARED })).columns).toEqual(table.columns);
  for (const format of ["file", "stream"] as const) {
    const bytes = arrow.tableToIPC(frame, format);
    expect((await tableFrom(bytes, { columns: DECLARED })).columns).toEqual(table.columns);
  }
});

test("columns have the types of Arrow, and null where a value is missing", async () => {
  const frame = await toArrow(
    tableFromRows(
      [
        { n: 1, day: "2026-01-31", time: "2026-01-31T08:30:00.000001Z", plan: "a", id: "x" },
        { n: null, day: null, time: null, plan: null, id: null },
      ],
      { columns: { id: "text" } },
    ),
    arrow,
  );
  expect(frame.schema.fields.map(({ type }) => String(type))).toEqual([
    "Float64",
    "Date32<DAY>",
    "Timestamp<MICROSECOND, UTC>",
    "Dictionary<Int32, Utf8>",
    "Utf8",
  ]);
  expect(frame.schema.fields.map(({ name }) => frame.getChild(name)?.nullCount)).toEqual([1, 1, 1, 1, 1]);
  expect(frame.toArray().map((row) => row?.toJSON())[1]).toEqual({
    n: null,
    day: null,
    time: null,
    plan: null,
    id: null,
  });
});

test("numbers are not copied, those with missing values neither", async () => {
  const frame = await toArrow(table, arrow);
  for (const name of ["tenure", "usage"]) {
    const column = table.columns.find((each) => each.name === name) as NumericColumn;
    expect(frame.getChild(name)?.data[0].values).toBe(column.values);
  }
});

test("days before 1970, and categories of 70 rows with their bitmap beyond one word", async () => {
  const rows = Array.from({ length: 70 }, (_, row) => ({
    day: row % 5 === 0 ? null : new Date((row - 40) * 864e5),
    plan: row % 7 === 0 ? null : `p${row % 3}`,
  }));
  const given = tableFromRows(rows);
  expect((await tableFrom(await toArrow(given, arrow))).columns).toEqual(given.columns);
});

test("without a module it is the one that is installed; one that is missing is named with what installs it", async () => {
  expect((await toArrow(table)).numRows).toBe(300);
  const error = await thrownBy(() => toDanfo(table));
  expect([error.code, error.path.function]).toEqual(["dependency.missing", "toDanfo"]);
  expect(error.message).toContain("must have danfojs-node installed, or be given it as the second argument");
  expect(error.hint).toMatch(/^npm install danfojs-node/u);
});
