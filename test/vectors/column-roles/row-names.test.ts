import { describe, expect, test } from "vitest";
import type { DeclaredKind } from "../../../src/table/grammar/column-plan.js";
import { tableFromRows } from "../../../src/table/rows.js";
import { type RepeatedNames, repeatedNames } from "../../../src/vectors/column-roles/row-names.js";

type Value = string | number | null;

/** What is said of a column of so many rows. */
function named(
  name: string,
  rows: number,
  of: (row: number) => Value,
  kind?: DeclaredKind,
): RepeatedNames | undefined {
  const values = Array.from({ length: rows }, (_, row) => ({ [name]: of(row) }));
  const table = tableFromRows(values, kind === undefined ? {} : { columns: { [name]: kind } });
  return repeatedNames(table.columns[0]);
}

describe("columns that clearly name subscribers", () => {
  test.each([
    ...["customer_id", "customerID", "CustomerId", "subscriber_id", "cust_no", "user-id", "ID", "msisdn"],
    ...["account_number", "client", "phone_no", "Kundennummer", "kunden_id", "id_cliente", "абонент_id"],
    ...["用户编号", "客户号", "手机号", "会员ID", "household_id"],
  ])("%s, as numbers, categories and texts", (name) => {
    const expected = { column: name, values: 300, least: 5, most: 5, isClear: true };
    expect(named(name, 1500, (row) => 1001 + (row % 300))).toEqual(expected);
    expect(named(name, 1500, (row) => `S${row % 300}`)).toEqual(expected);
    expect(named(name, 1500, (row) => `S${row % 300}`, "text")).toEqual(expected);
  });

  test("counts rows of the rarest and the commonest value, and none without a value", () => {
    const found = named("customer_id", 1300, (row) => (row < 100 ? null : 1 + (row % 400)));
    expect(found).toEqual({ column: "customer_id", values: 400, least: 3, most: 3, isClear: true });
    expect(named("customer_id", 1301, (row) => Math.min(row, 1299))).toMatchObject({ least: 1, most: 2 });
  });

  test("not where one value is in more than a tenth of the rows, which is a code for unknown", () => {
    const found = named("customer_id", 1500, (row) => (row < 400 ? 0 : row % 300));
    expect(found).toMatchObject({ isClear: false });
  });
});

describe("columns that are no names of rows", () => {
  test.each<[string, number, (row: number) => Value]>([
    ["plan_id", 7000, (row) => row % 12],
    ["plan_id", 7000, (row) => row % 1000],
    ["customer_segment_id", 1500, (row) => row % 300],
    ["套餐编号", 1500, (row) => row % 300],
    ["zip_code", 1500, (row) => 90001 + (row % 500)],
    ["customer_id", 7000, (row) => row],
    ["customer_id", 7000, (row) => row % 12],
    ["customer_id", 7000, (row) => row % 100],
    ["customer_id", 1500, (row) => (row % 300) + 0.5],
    ["calls", 1500, (row) => row % 300],
    ["mobile_minutes", 1500, (row) => row % 300],
    ["user_number", 1500, (row) => 1 + (row % 40)],
    ["tenure", 700, (row) => row % 70],
    ["region", 7000, (row) => `R${row % 100}`],
    ["remark", 1000, (row) => (row % 3 === 0 ? "none" : `text ${row}`)],
  ])("%s in %i rows", (name, rows, of) => {
    expect(named(name, rows, of)?.isClear ?? false).toBe(false);
    expect(named(name, rows, of)).toBeUndefined();
  });
});

test("what may name subscribers is found, and is not clear", () => {
  expect(named("node_id", 1500, (row) => row % 300)).toMatchObject({ values: 300, isClear: false });
  expect(named("who", 1500, (row) => `S${row % 300}`)).toMatchObject({ values: 300, isClear: false });
  expect(named("who", 1500, (row) => `S${row % 300}`, "text")).toMatchObject({ isClear: false });
});
