import { expect, test } from "vitest";
import { describedTable } from "../../src/describe/describe-table.js";
import { describeTable } from "../../src/describe/index.js";
import { createTable, tableFromRows } from "../../src/table/index.js";

const fees = Array.from({ length: 100 }, (_, i) => ({
  "Area code": [408, 415, 510][i % 3],
  fee: i % 20 === 0 ? "unknown" : String(i * 3),
  paid: `${i},5`,
  joined: `${10 + (i % 18)}.02.2024`,
  churned: i % 4 === 0 ? "yes" : "no",
}));
const table = { ...tableFromRows(fees), source: "my files/fees.csv" };

test("notes that ask for an option become a command and a call with it", () => {
  const steps = describedTable(table, { label: "churned" }, ["--encoding gbk"]).next;
  expect(steps.map(({ command }) => command)).toEqual([
    "holdfast describe 'my files/fees.csv' --encoding gbk --label churned --missing fee=unknown",
    "holdfast describe 'my files/fees.csv' --encoding gbk --label churned --decimal paid=,",
    "holdfast describe 'my files/fees.csv' --encoding gbk --label churned --date-format joined=dd.MM.yyyy",
    "holdfast describe 'my files/fees.csv' --encoding gbk --label churned --columns 'Area code=categorical'",
    "holdfast train 'my files/fees.csv' --encoding gbk --label churned --out fees.model.json",
  ]);
  expect(steps[0].call).toBe(
    'describeTable(await readTable("my files/fees.csv", { columns: { fee: { missing: ["unknown"] } } }), { label: "churned" })',
  );
});

test("a table that was not read from a file has calls only", () => {
  const { next } = describeTable(tableFromRows(fees), { label: "churned" });
  expect(next.map(({ command }) => command)).toEqual([null, null, null, null, null]);
  expect(next.at(-1)?.call).toBe('await trainChurnModel(table, { label: "churned" })');
});

test("a table of a query has commands only where they are told how to name it", () => {
  const queried = { ...table, source: "DuckDB query" };
  const { next } = describeTable(queried, { label: "churned" });
  expect(next.map(({ command }) => command)).toEqual([null, null, null, null, null]);
  expect(next[0].call).toContain("await readTable(source, {");
  const from = ["--duckdb", "'SELECT * FROM t'"];
  expect(describedTable(queried, { label: "churned" }, [], from).next.at(-1)?.command).toBe(
    "holdfast train --duckdb 'SELECT * FROM t' --label churned --out churn.model.json",
  );
});

test("without a label the next step is to name it", () => {
  expect(describeTable(table).next.at(-2)).toEqual({
    what: "See what each column says about churn; the label is probably churned",
    command: "holdfast describe 'my files/fees.csv' --label churned",
    call: 'describeTable(table, { label: "churned" })',
  });
});

test("a table without rows has one step, a column without a value no figures", () => {
  const empty = describeTable(createTable([]));
  expect(empty.next).toEqual([
    { what: "The table has no rows: is it the right file?", command: null, call: null },
  ]);
  const [nothing] = describeTable(tableFromRows([{ a: null }, { a: null }])).columns;
  expect(nothing).toMatchObject({
    missing: { rows: 2, share: 1 },
    distinct: 0,
    leftOut: "no value in any row",
  });
  expect(String(describeTable(tableFromRows([{ a: null, b: 1 }])))).toContain("1 row × 2 columns");
});
