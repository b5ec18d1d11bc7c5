import * as arrow from "apache-arrow";
import { expect, test } from "vitest";
import { tableFrom } from "../../src/frames/table-from.js";
import { tableFromRows } from "../../src/table/rows.js";
import { arrowTable } from "../doors/matrix-doors.js";
import { COLUMNS, DECLARED, typedRows } from "../doors/typed-rows.js";
import { type Arquero, type Danfo, type Polars, peer } from "./peers.js";

// A column of every kind, with missing values: the table of row objects is what the frame of every package must become.

const { DataFrame } = await peer<Danfo>("danfojs-node");
const polars = await peer<Polars>("nodejs-polars");
const aq = await peer<Arquero>("arquero");

const rows = typedRows(300);
const expected = tableFromRows(rows, { columns: DECLARED }).columns;
const arrays = Object.fromEntries(COLUMNS.map(({ name }) => [name, rows.map((row) => row[name])] as const));

/** Dates as frames that have a type for them hold them: `Date`s, whose times have whole milliseconds. */
const withDates = Object.fromEntries(
  COLUMNS.map(({ name }) => [
    name,
    rows.map((row) => (name === "since" && row[name] !== null ? new Date(String(row[name])) : row[name])),
  ]),
);

const FRAMES = [
  ["danfojs, of arrays", () => new DataFrame(arrays)],
  ["danfojs, of rows", () => new DataFrame([...rows])],
  [
    "danfojs, with dates and little memory",
    () => new DataFrame(withDates, { config: { lowMemoryMode: true } }),
  ],
  ["arquero, of arrays", () => aq.table(arrays)],
  ["arquero, of rows with dates", () => aq.from(aq.table(withDates).objects())],
  [
    "arquero, of Arrow",
    // Its dates are `Date`s, whose times have whole milliseconds.
    () => aq.table({ ...columnsOfArrow(), last_login: arrays.last_login }),
  ],
  [
    "Polars, as Arrow gives it",
    () => polars.readIPC(Buffer.from(arrow.tableToIPC(arrowTable(rows), "file"))),
  ],
  [
    "Polars, in several chunks",
    () => {
      const frame = polars.readIPC(Buffer.from(arrow.tableToIPC(arrowTable(rows), "file")));
      return polars.concat([frame.slice(0, 100), frame.slice(100, 150), frame.slice(250, 50)], {
        rechunk: false,
        how: "vertical",
      });
    },
  ],
  [
    "Polars, with its own types",
    () =>
      polars
        .readIPC(Buffer.from(arrow.tableToIPC(arrowTable(rows), "file")))
        .withColumns(
          polars.col("套餐").cast(polars.Categorical),
          polars.col("tenure").cast(polars.Int32),
          polars.col("paperless").cast(polars.Categorical),
        ),
  ],
] as const;

function columnsOfArrow(): Record<string, unknown> {
  const table = aq.fromArrow(arrow.tableToIPC(arrowTable(rows)));
  return Object.fromEntries(table.columnNames().map((name) => [name, table.column(name)]));
}

test.each(FRAMES)("%s: the same columns, kinds and values, to the bit", async (_, frame) => {
  const { columns } = await tableFrom(frame(), { columns: DECLARED });
  expect(columns).toEqual(expected);
});
