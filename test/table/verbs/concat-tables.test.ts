import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowsOf, tableFromRows } from "../../../src/table/rows.js";
import { createTable, findColumn } from "../../../src/table/table.js";
import { concatTables } from "../../../src/table/verbs/concat-tables.js";
import { selectColumns } from "../../../src/table/verbs/select-columns.js";
import { errorOf } from "../../support/thrown.js";
import { randomTables } from "./random-table.js";

const january = tableFromRows(
  [
    { id: "x1", 套餐: "基本", tenure: 3 },
    { id: "x2", 套餐: null, tenure: null },
  ],
  { source: "january.csv", columns: { id: "text" } },
);
const february = tableFromRows(
  [
    { tenure: 9, 套餐: "family", id: "x3" },
    { tenure: 10, 套餐: "基本", id: "x4" },
  ],
  { source: "february.csv", columns: { id: "text" } },
);

describe("concatTables", () => {
  test("puts rows below each other, in the order of columns of the first table", () => {
    const all = concatTables(january, february);
    expect(all.columns.map(({ name }) => name)).toEqual(["id", "套餐", "tenure"]);
    expect(rowsOf(all)).toEqual([
      ...rowsOf(january),
      ...rowsOf(selectColumns(february, ["id", "套餐", "tenure"])),
    ]);
  });

  test("merges categories in order of first appearance", () => {
    expect(findColumn(concatTables(january, february), "套餐")).toEqual({
      kind: "categorical",
      name: "套餐",
      codes: Int32Array.of(0, -1, 1, 0),
      categories: ["基本", "family"],
    });
  });

  test("takes one array of tables as well, and one table", () => {
    expect(concatTables([january, february])).toEqual(concatTables(january, february));
    expect(concatTables(january)).toEqual(january);
  });

  test("keeps the source where it is the same", () => {
    expect(concatTables(january, january).source).toBe("january.csv");
    expect(concatTables(january, february).source).toBeUndefined();
  });

  test("names every table and column that does not fit", () => {
    const other = tableFromRows([{ id: 1, tenure: "2024-01-01", 套餐: "基本", extra: 1 }]);
    const dateless = tableFromRows([{ tenure: "short", 套餐: "基本" }], { source: "march.csv" });
    expect(errorOf(() => concatTables(january, other, dateless)).message).toBe(
      [
        "5 problems:",
        '  - concatTables: tables[1], column "id": must be text as in the first table, but is numeric (read both with the same kind: `columns: {"id":"text"}`)',
        '  - concatTables: tables[1], column "tenure": must be numeric as in the first table, but is date (read both with the same kind: `columns: {"tenure":"numeric"}`)',
        '  - concatTables: tables[1], column "extra": must exist in the first table too (leave it out with dropColumns(table, names))',
        '  - concatTables: march.csv: tables[2], column "id": must exist, as in the first table',
        '  - concatTables: march.csv: tables[2], column "tenure": must be numeric as in the first table, but is categorical (read both with the same kind: `columns: {"tenure":"numeric"}`)',
      ].join("\n"),
    );
  });

  test("refuses no table, and says which argument is none", () => {
    expect(errorOf(() => concatTables()).message).toBe("concatTables: tables: must be at least one table");
    expect(errorOf(() => concatTables([])).message).toBe("concatTables: tables: must be at least one table");
    expect(errorOf(() => concatTables(january, "february.csv" as never)).message).toBe(
      'concatTables: tables[1]: must be a Table, received "february.csv" (read a file with await readTable(path))',
    );
  });

  test("has the rows of all tables in order, whatever they hold; an empty one adds nothing", () => {
    fc.assert(
      fc.property(randomTables, randomTables, (a, b) => {
        expect(rowsOf(concatTables(a, b))).toEqual([...rowsOf(a), ...rowsOf(b)]);
        const empty = createTable(
          a.columns.map((column) => noneOf(column)),
          a.source,
        );
        expect(concatTables(a, empty)).toEqual(a);
        expect(concatTables(empty, a)).toEqual(a);
      }),
    );
  });

  test("may be done in any grouping", () => {
    fc.assert(
      fc.property(randomTables, randomTables, randomTables, (a, b, c) => {
        expect(concatTables(concatTables(a, b), c)).toEqual(concatTables(a, b, c));
      }),
    );
  });
});

function noneOf(column: (typeof january.columns)[number]): typeof column {
  if (column.kind === "categorical") return { ...column, codes: new Int32Array(0) };
  return column.kind === "text" ? { ...column, values: [] } : { ...column, values: new Float64Array(0) };
}
