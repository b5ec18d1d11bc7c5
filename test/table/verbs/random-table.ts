import fc from "fast-check";
import { type Column, createTable, type Table } from "../../../src/table/table.js";

const MISSING = { freq: 3, nil: null };

/** Small tables of every kind of column: few distinct values and missing ones, so that ties come up; possibly no rows. */
export const randomTables: fc.Arbitrary<Table> = fc.integer({ min: 0, max: 12 }).chain((rows) => {
  const cells = <Cell>(cell: fc.Arbitrary<Cell>) =>
    fc.array(fc.option(cell, MISSING), { minLength: rows, maxLength: rows });
  return fc
    .record({
      number: cells(fc.integer({ min: -2, max: 3 })),
      day: cells(fc.integer({ min: 19_000, max: 19_003 })),
      code: cells(fc.integer({ min: 0, max: 2 })),
      text: cells(fc.constantFrom("007", "b", "B", "是", "a1")),
    })
    .map(({ number, day, code, text }) => {
      const columns: Column[] = [
        { kind: "numeric", name: "tenure", values: Float64Array.from(number, (cell) => cell ?? Number.NaN) },
        {
          kind: "numeric",
          name: "入网日期",
          values: Float64Array.from(day, (cell) => cell ?? Number.NaN),
          isDate: true,
        },
        {
          kind: "categorical",
          name: "套餐",
          codes: Int32Array.from(code, (cell) => cell ?? -1),
          categories: ["基本", "family", "Prepaid"],
        },
        { kind: "text", name: "id", values: text },
      ];
      return createTable(columns, "random.csv");
    });
});
