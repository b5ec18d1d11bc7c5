import { describe, expect, test } from "vitest";
import { tableFrom } from "../../src/frames/table-from.js";
import { rowsOf } from "../../src/table/rows.js";
import { trainChurnModel } from "../../src/training/train.js";
import { thrownBy } from "../support/thrown.js";
import { type Arquero, type Danfo, type Polars, peer } from "./peers.js";

const { DataFrame, Series } = await peer<Danfo>("danfojs-node");
const polars = await peer<Polars>("nodejs-polars");
const aq = await peer<Arquero>("arquero");

describe("a single column in the place of a frame", () => {
  test.each([
    ["danfojs", () => new Series([1, 2, 3]), /not a Series.*name its column/u],
    ["Polars", () => polars.Series("a", [1, 2, 3]), /not a Series.*series\.toFrame\(\)/u],
  ])("%s", async (_, frame, says) => {
    expect((await thrownBy(() => tableFrom(frame()))).message).toMatch(says);
  });
});

test("a lazy frame of Polars has to run first", async () => {
  const { hint } = await thrownBy(() => tableFrom(polars.DataFrame({ a: [1] }).lazy()));
  expect(hint).toBe("run it first: await frame.collect()");
});

test("missing in every form is missing", async () => {
  const values = [1, null, undefined, Number.NaN, 2];
  const dates = [new Date(0), null, undefined, new Date(Number.NaN), new Date(864e5)];
  const texts = ["a", null, undefined, "", "b"];
  const expected = [
    { values: 1, dates: "1970-01-01", texts: "a" },
    ...[1, 2, 3].map(() => ({ values: null, dates: null, texts: null })),
    { values: 2, dates: "1970-01-02", texts: "b" },
  ];
  expect(rowsOf(await tableFrom(new DataFrame({ values, dates, texts })))).toEqual(expected);
  expect(rowsOf(await tableFrom(aq.table({ values, dates, texts })))).toEqual(expected);
});

test("columns of numbers and texts are read as texts, with a note, and big integers keep their digits", async () => {
  const mixed = [1, "two", 3.5];
  const big = [1n, 2n ** 60n, 3n];
  const expected = [
    { mixed: "1", big: "1" },
    { mixed: "two", big: "1152921504606846976" },
    { mixed: "3.5", big: "3" },
  ];
  expect(rowsOf(await tableFrom(new DataFrame({ mixed, big })))).toEqual(expected);
  expect(rowsOf(await tableFrom(aq.table({ mixed, big })))).toEqual(expected);
  const frame = polars.DataFrame({ big });
  expect(rowsOf(await tableFrom(frame))).toEqual(expected.map(({ big: each }) => ({ big: each })));
});

describe("frames without rows or columns", () => {
  test.each([
    [
      "Polars without rows",
      () => polars.DataFrame({ a: [1, 2] }).slice(0, 0),
      "must have rows, there are no rows",
    ],
    ["Polars without columns", () => polars.DataFrame({}), "must have columns"],
    ["danfojs without columns", () => new DataFrame([]), "must have columns"],
    ["arquero without rows", () => aq.table({ a: [] }), "must have rows, there are no rows"],
    ["arquero without columns", () => aq.table({}), "must have columns"],
  ])("%s", async (_, frame, expected) => {
    const error = await thrownBy(() => tableFrom(frame()));
    expect([error.code, error.expected]).toEqual(["data.empty", expected]);
  });
});

test("lists and structures are problems that name what leaves them out", async () => {
  const frame = polars.DataFrame({ x: [1, 2], list: [[1], [2]] });
  const { problems } = await thrownBy(() => tableFrom(frame));
  expect(problems.map(({ path, hint }) => [path.column, hint])).toEqual([
    ["list", 'leave it out: `exclude: ["list"]`; or split it into plain columns'],
  ]);
  expect(rowsOf(await tableFrom(frame, { exclude: ["list"] }))).toEqual([{ x: 1 }, { x: 2 }]);
  const nested = await thrownBy(() => tableFrom(aq.table({ x: [1, 2], list: [[1], [2]] })));
  expect(nested.problems.map(({ path }) => [path.column, path.row])).toEqual([
    ["list", 1],
    ["list", 2],
  ]);
});

test("infinite numbers are problems by row", async () => {
  for (const frame of [new DataFrame({ x: [1, Infinity] }), polars.DataFrame({ x: [1, Infinity] })]) {
    const { problems } = await thrownBy(() => tableFrom(frame));
    expect(problems.map(({ code, path }) => [code, path.column, path.row])).toEqual([
      ["data.not-finite", "x", 2],
    ]);
  }
});

test("a filter and an order of arquero count", async () => {
  const table = aq
    .table({ a: [3, 1, 2, 5], f: Float64Array.of(0.3, 0.1, 0.2, 0.5) })
    .filter(({ a }) => a < 5)
    .orderby(aq.desc("a"));
  expect(rowsOf(await tableFrom(table))).toEqual([
    { a: 3, f: 0.3 },
    { a: 2, f: 0.2 },
    { a: 1, f: 0.1 },
  ]);
});

test("a frame in the place of a table is named, with what makes a table of it", async () => {
  for (const frame of [new DataFrame({ a: [1] }), polars.DataFrame({ a: [1] }), aq.table({ a: [1] })]) {
    const { message } = await thrownBy(() => trainChurnModel(frame as never, { label: "churn" }));
    expect(message).toContain("must be a Table, not a data frame");
    expect(message).toContain("await tableFrom(frame)");
  }
});
