import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { rowsOf, tableFromRows } from "../../../src/table/rows.js";
import { rowViews } from "../../../src/table/verbs/row-view.js";

const table = tableFromRows([
  { 流失: "是", tenure: 3, since: "2024-01-31" },
  { 流失: null, tenure: null, since: null },
]);
const view = rowViews(table, "filterRows", "predicate");

describe("a view of a row", () => {
  test("behaves like the object of rowsOf: spread, keys, in, JSON, console.log", () => {
    rowsOf(table).forEach((row, i) => {
      expect({ ...view(i) }).toEqual(row);
      expect(Object.keys(view(i))).toEqual(Object.keys(row));
      expect("tenure" in view(i) && Object.hasOwn(view(i), "流失")).toBe(true);
      expect("plan" in view(i) || Object.hasOwn(view(i), "plan")).toBe(false);
      expect(JSON.stringify(view(i))).toBe(JSON.stringify(row));
      expect(inspect(view(i))).toBe(inspect(row));
      expect(String(view(i))).toBe("[object Object]");
    });
  });

  test("stays valid after another row was looked at, and can be awaited", async () => {
    const first = view(0);
    view(1);
    expect((await first).tenure).toBe(3);
  });

  test("can't be written to", () => {
    expect(() => Object.assign(view(0), { tenure: 4 })).toThrow(TypeError);
  });
});
