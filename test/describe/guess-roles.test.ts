import { describe, expect, test } from "vitest";
import { describeTable } from "../../src/describe/index.js";
import { tableFromRows } from "../../src/table/index.js";

const rolesOf = (table: ReturnType<typeof tableFromRows>, options = {}) =>
  describeTable(table, options).roles.map(({ role, column, by }) => [role, column, by]);

const months = tableFromRows(
  Array.from({ length: 120 }, (_, i) => ({
    客户编号: `K${100 + Math.floor(i / 4)}`,
    month: `2025-0${1 + (i % 4)}-01`,
    usage: ((i * 37) % 101) / 3,
    weight: 1 + (i % 3) / 2,
    是否流失: i % 5 === 0 ? "是" : "否",
  })),
);

describe("roles are guessed", () => {
  test("of a panel: label, id, weights, and the day that each subscriber has once", () => {
    expect(rolesOf(months)).toEqual([
      ["label", "是否流失", "guessed"],
      ["id", "客户编号", "guessed"],
      ["weights", "weight", "guessed"],
      ["cutoff", "month", "guessed"],
    ]);
    expect(describeTable(months).panel).toEqual({ column: "客户编号", subscribers: 30, least: 4, most: 4 });
  });

  test("of one row per customer, of which the id may be a number", () => {
    const table = tableFromRows(
      Array.from({ length: 60 }, (_, i) => ({ CustomerID: 3000 + 7 * i, plan: i % 3, Churn: i % 4 === 0 })),
    );
    expect(rolesOf(table)).toEqual([
      ["label", "Churn", "guessed"],
      ["id", "CustomerID", "guessed"],
    ]);
    expect(describeTable(table).panel).toBe(null);
  });

  test("not of flags whose names do not ask about churn", () => {
    const table = tableFromRows(
      Array.from({ length: 60 }, (_, i) => ({ senior: i % 2, partner: i % 3 === 0 })),
    );
    expect(rolesOf(table)).toEqual([]);
  });
});

test("a different text in every row is no id where it is a sentence, or reads like a number", () => {
  const table = tableFromRows(
    Array.from({ length: 60 }, (_, i) => ({ remark: `called ${i} times`, paid: `${i},5` })),
  );
  expect(rolesOf(table)).toEqual([]);
});

test("roles that are given win", () => {
  expect(rolesOf(months, { label: "是否流失", id: "客户编号" }).slice(0, 2)).toEqual([
    ["label", "是否流失", "given"],
    ["id", "客户编号", "given"],
  ]);
});

test("snapshots are known by their columns, and described by churn without options", () => {
  const table = tableFromRows(
    Array.from({ length: 100 }, (_, i) => ({
      subscriber_id: `S${i % 50}`,
      cutoff: i < 50 ? "2025-02-01" : "2025-03-01",
      usage: (i * 37) % 101,
      churn: i % 4 === 0 ? 1 : 0,
    })),
  );
  const { label, roles, panel } = describeTable(table);
  expect(label?.column).toBe("churn");
  expect(panel).toEqual({ column: "subscriber_id", subscribers: 50, least: 2, most: 2 });
  expect(roles.map(({ column, by }) => [column, by])).toEqual([
    ["churn", "known"],
    ["subscriber_id", "known"],
    ["cutoff", "known"],
  ]);
});
