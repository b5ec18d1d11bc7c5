import { inspect } from "node:util";
import { expect, test } from "vitest";
import { describeTable, descriptionMarkdown } from "../../src/describe/index.js";
import { displayWidth } from "../../src/printing/display-width.js";
import { tableFromRows } from "../../src/table/index.js";

const table = tableFromRows(
  Array.from({ length: 100 }, (_, i) => ({
    套餐: ["畅享 59", "基础 19", null][i % 3],
    在网月数: i % 10 === 0 ? null : (i * 37) % 72,
    "a|b": i % 2,
    是否流失: (i * 7) % 10 < 3 ? "是" : "否",
  })),
);
const description = describeTable(table, { label: "是否流失" });
const lines = inspect(description).split("\n");

test("prints as text, in another object as one line", () => {
  expect(lines.slice(0, 3)).toEqual([
    "Description of 100 rows × 4 columns",
    "Table     100 rows × 4 columns: 1 numeric, 1 flag, 2 categorical",
    "Label     是否流失: 是 churned, 否 stayed; 30 of 100 churned, 30.0%",
  ]);
  expect(String(description)).toBe(lines.join("\n"));
  expect(inspect({ description })).toBe("{ description: [TableDescription 100 × 4] }");
});

test("wide characters align: a column begins at the same place in every line", () => {
  const from = lines.indexOf("Categories and flags");
  const rows = lines.slice(from + 3, from + 6);
  const places = rows.map((row) => displayWidth(row.slice(0, row.search(/(–|\d+ \(\d)/u))));
  expect(rows[0]).toMatch(/^套餐 +33 \(33\.0%\) +2 {2}畅享 59 50\.7%, 基础 19 49\.3%$/u);
  expect(new Set(places).size).toBe(1);
});

test("Markdown has the same sections, and escapes what would be a cell's end", () => {
  const page = descriptionMarkdown(description, { title: "用户" });
  expect(page).toMatch(/^# 用户\n\n- Table: 100 rows × 4 columns/u);
  expect(page).toContain("| a\\|b ");
  expect([...page.matchAll(/^## (.*)$/gmu)].map(([, heading]) => heading)).toEqual([
    "Numbers",
    "Categories and flags",
    "By churn, each column alone, what separates most first",
    "Odd",
    "Next",
  ]);
});
