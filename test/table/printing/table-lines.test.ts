import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { tableFromRows } from "../../../src/table/rows.js";
import { createTable } from "../../../src/table/table.js";
import { filterRows } from "../../../src/table/verbs/filter-rows.js";

const table = tableFromRows(
  Array.from({ length: 1200 }, (_, i) => ({
    用户编号: `u${i}`,
    tenure: i % 73,
    月租费: i % 10 === 0 ? null : 18.25 + i / 3,
    套餐: ["基本", "family", null][i % 3],
    city: `city ${i % 30}`,
    since: new Date(Date.UTC(2020, 0, 1 + (i % 400))),
    nothing: null,
    one: 7,
  })),
  { source: "用户.csv", columns: { 用户编号: "text" } },
);

describe("console.log of a table", () => {
  test("says its size, and of each column kind, range or first values, and how many are missing", () => {
    expect(inspect(table).split("\n")).toEqual([
      "Table 1,200 rows × 8 columns, 用户.csv",
      "  用户编号  text         u0, u1, u2, u3, u4, …",
      "  tenure    numeric      0 to 72",
      "  月租费    numeric      18.5833 to 417.917                              120 missing",
      "  套餐      categorical  基本, family                                    400 missing",
      "  city      categorical  city 0, city 1, city 2, city 3, city 4, … (30)",
      "  since     date         2020-01-01 to 2021-02-03",
      "  nothing   numeric                                                      1,200 missing",
      "  one       numeric      7",
    ]);
    expect(String(table)).toBe(inspect(table));
  });

  test("inside something else is one line", () => {
    expect(inspect({ train: table })).toBe("{ train: [Table 1,200 × 8] }");
  });

  test("shows 20 columns of a wide table, and how many more there are", () => {
    const wide = (columns: number) =>
      tableFromRows([Object.fromEntries(Array.from({ length: columns }, (_, i) => [`c${i}`, i]))]);
    const lines = inspect(wide(32)).split("\n");
    expect(lines).toHaveLength(22);
    expect(lines.at(0)).toBe("Table 1 row × 32 columns");
    expect(lines.at(-1)).toBe("  … and 12 more");
    expect(inspect(wide(21)).split("\n").at(-1)).toBe("  c20  numeric  20");
  });

  test("shows tables without rows or columns", () => {
    expect(
      inspect(filterRows(table, () => false))
        .split("\n")
        .slice(0, 3),
    ).toEqual(["Table 0 rows × 8 columns, 用户.csv", "  用户编号  text", "  tenure    numeric"]);
    expect(inspect(createTable([]))).toBe("Table 0 rows × 0 columns");
  });

  test("cuts long names and values, and shows no control characters", () => {
    const odd = tableFromRows([{ ["n".repeat(50)]: "v".repeat(50), "\u001b[31mred": "a\nb" }]);
    expect(inspect(odd).split("\n")).toEqual([
      "Table 1 row × 2 columns",
      `  ${"n".repeat(31)}…  categorical  ${"v".repeat(19)}…`,
      `  �[31mred${" ".repeat(24)}  categorical  a�b`,
    ]);
  });
});
