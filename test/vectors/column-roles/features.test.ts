import { describe, expect, test } from "vitest";
import type { Column } from "../../../src/table/table.js";
import { reasonToLeaveOut } from "../../../src/vectors/column-roles/features.js";

const ROWS = 60;

function numbers(name: string, valueAt: (row: number) => number): Column {
  return { kind: "numeric", name, values: Float64Array.from({ length: ROWS }, (_, row) => valueAt(row)) };
}

function categories(name: string, codeOf: (row: number) => number): Column {
  const codes = Int32Array.from({ length: ROWS }, (_, row) => codeOf(row));
  return { kind: "categorical", name, codes, categories: Array.from(codes, (_, code) => `c${code}`) };
}

/** All different whole numbers, in no order and with gaps. */
const scattered = (row: number) => ((row * 37) % 61) * 1000 + row;

describe("reasonToLeaveOut", () => {
  test.each(["id", "customer_id", "customerID", "accountNo", "MSISDN", "客户编号", "手机号码", "账号"])(
    "takes different whole numbers called %s for an id",
    (name) => {
      expect(reasonToLeaveOut(numbers(name, scattered))).toMatch(/^id-like/);
    },
  );

  test.each(["tenure", "paid", "idle_days", "monkeys", "个人消费"])(
    "takes different whole numbers called %s for a feature",
    (name) => {
      expect(reasonToLeaveOut(numbers(name, scattered))).toBeUndefined();
    },
  );

  test("takes numbers that count or only rise for an id, whatever their name", () => {
    expect(reasonToLeaveOut(numbers("x", (row) => (row * 7) % ROWS))).toMatch(/^id-like/);
    expect(reasonToLeaveOut(numbers("x", (row) => row * row))).toMatch(/^id-like/);
  });

  test("takes an id-named column for a feature when values repeat, are missing or are not whole", () => {
    expect(reasonToLeaveOut(numbers("id", (row) => row % 50))).toBeUndefined();
    expect(
      reasonToLeaveOut(numbers("id", (row) => (row === 3 ? Number.NaN : scattered(row)))),
    ).toBeUndefined();
    expect(reasonToLeaveOut(numbers("id", (row) => scattered(row) + 0.5))).toBeUndefined();
  });

  test("takes dates for a feature even when they rise", () => {
    expect(
      reasonToLeaveOut({ ...numbers("since", (row) => row * 3), isDate: true } as Column),
    ).toBeUndefined();
  });

  test("leaves out columns with one value in all rows, but not with one value in some", () => {
    expect(reasonToLeaveOut(numbers("x", () => 4))).toBe("constant");
    expect(reasonToLeaveOut(numbers("x", (row) => (row === 0 ? Number.NaN : 4)))).toBeUndefined();
    expect(reasonToLeaveOut(categories("x", () => 0))).toBe("constant");
    expect(reasonToLeaveOut(categories("x", (row) => (row === 0 ? -1 : 0)))).toBeUndefined();
  });

  test("leaves out columns without any value", () => {
    expect(reasonToLeaveOut(numbers("x", () => Number.NaN))).toBe("no value in any row");
    expect(reasonToLeaveOut(categories("x", () => -1))).toBe("no value in any row");
  });

  test("leaves out text, and categories that differ in almost every row", () => {
    expect(reasonToLeaveOut({ kind: "text", name: "note", values: ["a", "b"] })).toMatch(/^text/);
    expect(reasonToLeaveOut(categories("x", (row) => row))).toMatch(/^id-like/);
    expect(reasonToLeaveOut(categories("x", (row) => row % 30))).toBeUndefined();
  });
});
