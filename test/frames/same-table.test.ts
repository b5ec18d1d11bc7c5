import { expect, test } from "vitest";
import { tableFrom } from "../../src/frames/table-from.js";
import { tableFromRows } from "../../src/table/rows.js";
import { FRAMES } from "../doors/matrix-doors.js";
import { DECLARED, typedRows } from "../doors/typed-rows.js";

// A column of every kind, with missing values: the table of row objects is what every other frame must become.

const rows = typedRows(300);
const places = { rows, folder: "", postgres: undefined };

test.each(FRAMES)("$name: the same columns, kinds, values and notes, to the bit", async ({ frame }) => {
  const { columns, rowCount } = await tableFrom(await frame(places), { columns: DECLARED });
  expect(rowCount).toBe(300);
  expect(columns).toEqual(tableFromRows(rows, { columns: DECLARED }).columns);
});

test.each(FRAMES)("$name: a time zone and a marker are those of row objects", async ({ name, frame }) => {
  const options = { columns: DECLARED, timeZone: "Asia/Shanghai", missing: ["Family"], exclude: ["fee"] };
  const { columns } = await tableFrom(await frame(places), options);
  const { exclude, ...rest } = options;
  const kept = rows.map(({ fee: _, ...row }) => row);
  expect(columns, name).toEqual(tableFromRows(kept, rest).columns);
});
