import { describe, expect, test } from "vitest";
import { tableFromRows } from "../../src/table/rows.js";
import { cellOf, createTable, dropColumns, findColumn, takeRows } from "../../src/table/table.js";

const table = tableFromRows(
  [
    { id: "a", plan: "x", fee: 1, since: "2023-01-31" },
    { id: "b", plan: null, fee: null, since: null },
    { id: null, plan: "y", fee: 3, since: "2023-02-01" },
  ],
  { columns: { id: "text" }, source: "memory" },
);

describe("table", () => {
  test("takeRows takes rows in the order given, as often as given", () => {
    const taken = takeRows(table, [2, 1, 2]);
    expect(taken.columns.map((column) => [0, 1, 2].map((row) => cellOf(column, row)))).toEqual([
      [null, "b", null],
      ["y", null, "y"],
      [3, null, 3],
      [19389, null, 19389],
    ]);
    expect(taken.columns[3]).toMatchObject({ isDate: true });
    expect(taken.source).toBe("memory");
  });

  test("dropColumns leaves out the named columns", () => {
    const names = dropColumns(table, ["plan"]).columns.map((column) => column.name);
    expect(names).toEqual(["id", "fee", "since"]);
    expect(dropColumns(table, []).columns).toEqual(table.columns);
  });

  test("findColumn finds by exact name", () => {
    expect(findColumn(table, "fee")?.kind).toBe("numeric");
    expect(findColumn(table, "Fee")).toBeUndefined();
  });

  test("createTable refuses columns of unequal length and repeated names", () => {
    const [id, plan] = table.columns;
    const short = { kind: "text", name: "short", values: ["x"] } as const;
    expect(() => createTable([id, short])).toThrow("must have 3 rows, received 1");
    expect(() => createTable([id, plan, id])).toThrow('received "id"');
  });
});
