import * as arrow from "apache-arrow";
import { describe, expect, test } from "vitest";
import { toArquero } from "../../src/frames/out/to-arquero.js";
import { toDanfo } from "../../src/frames/out/to-danfo.js";
import { toPolars } from "../../src/frames/out/to-polars.js";
import { tableFrom } from "../../src/frames/table-from.js";
import { rowsOf, tableFromRows } from "../../src/table/rows.js";
import { DECLARED, typedRows } from "../doors/typed-rows.js";
import { type Arquero, type Danfo, type DanfoFrame, type Polars, peer } from "./peers.js";

const danfo = await peer<Danfo>("danfojs-node");
const polars = await peer<Polars>("nodejs-polars");
const aq = await peer<Arquero>("arquero");

const table = tableFromRows(typedRows(300), { columns: DECLARED });
const without = tableFromRows(
  typedRows(300).map(({ last_login: _, ...row }) => row),
  { columns: DECLARED },
);

describe("there and back, values, kinds and missing values are the same", () => {
  test("Polars", async () => {
    const back = await tableFrom(await toPolars(table, polars), { columns: DECLARED });
    expect(back.columns).toEqual(table.columns);
  });

  test("danfojs, whose times have whole milliseconds", async () => {
    const back = await tableFrom(await toDanfo(without, danfo), { columns: DECLARED });
    expect(back.columns).toEqual(without.columns);
  });

  test("arquero, whose times have whole milliseconds", async () => {
    const back = await tableFrom(await toArquero(without, aq), { columns: DECLARED });
    expect(back.columns).toEqual(without.columns);
  });
});

describe("what a frame is for its own package", () => {
  const small = tableFromRows([
    { n: 1, whole: 1, day: "2026-01-31", plan: "a" },
    { n: null, whole: 2, day: null, plan: null },
    { n: 2.5, whole: 3, day: "2026-02-28", plan: "a" },
  ]);

  test("Polars has its types, and null where a value is missing", async () => {
    const frame = await toPolars(small, polars);
    expect(frame.dtypes.map(String)).toEqual([
      "DataType(Float64)",
      "DataType(Float64)",
      "DataType(Date)",
      "DataType(Categorical)",
    ]);
    expect(frame.toRecords()).toEqual([
      { n: 1, whole: 1, day: new Date("2026-01-31"), plan: "a" },
      { n: null, whole: 2, day: null, plan: null },
      { n: 2.5, whole: 3, day: new Date("2026-02-28"), plan: "a" },
    ]);
  });

  test("danfojs has its types, and takes what is missing as missing", async () => {
    const frame = (await toDanfo(small, danfo)) as DanfoFrame;
    expect(frame.$dtypes).toEqual(["float32", "int32", "datetime", "string"]);
    expect(frame.values[0]).toEqual([1, 1, new Date("2026-01-31"), "a"]);
    expect(frame.isNa().values).toEqual([
      [false, false, false, false],
      [true, false, true, true],
      [false, false, false, false],
    ]);
  });

  test("arquero has the memory of the numbers, and takes what is missing as missing", async () => {
    const frame = await toArquero(small, aq);
    const [n] = small.columns;
    expect(frame.column("n")).toBe(n.kind === "numeric" ? n.values : undefined);
    const { valid, mean } = aq.op;
    expect(frame.rollup({ n: mean("n"), days: valid("day") }).objects()).toEqual([{ n: 1.75, days: 2 }]);
  });

  test("Polars takes bytes of toArrow too", async () => {
    const { toArrow } = await import("../../src/frames/out/to-arrow.js");
    const frame = polars.readIPC(Buffer.from(arrow.tableToIPC(await toArrow(small, arrow), "file")));
    expect(rowsOf(await tableFrom(frame))).toEqual(rowsOf(small));
  });
});
