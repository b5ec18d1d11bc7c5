import { describe, expect, test } from "vitest";
import { HoldfastError } from "../../src/errors.js";
import { splitByTime } from "../../src/history/split-by-time.js";
import type { Span } from "../../src/history/windows/span.js";
import { rowsOf, tableFromRows } from "../../src/table/rows.js";
import { createTable, type Table } from "../../src/table/table.js";

const days = ["2025-10-02", "2025-06-01", "2025-10-01", "2025-06-03", "2025-09-30", "2025-02-01"];
const table = tableFromRows(
  days.map((cutoff, row) => ({ row, cutoff, tariff: row % 2 ? "a" : "b" })),
  { columns: { cutoff: "date" }, source: "snapshots.csv" },
);
const rowsIn = (part: Table) => rowsOf(part).map(({ row }) => row);

function problemOf(run: () => unknown): HoldfastError {
  try {
    run();
  } catch (error) {
    if (error instanceof HoldfastError) return error;
  }
  throw new Error("should have thrown a HoldfastError");
}

describe("splitByTime", () => {
  test("trains on rows before testFrom and tests on rows from it on, in their order", () => {
    const { train, test, embargoed } = splitByTime(table, { column: "cutoff", testFrom: "2025-10-01" });
    expect(rowsIn(train)).toEqual([1, 3, 4, 5]);
    expect(rowsIn(test)).toEqual([0, 2]);
    expect(embargoed).toBe(0);
  });

  test("keeps a row for training when its date + embargo ≤ testFrom, and counts the rows between", () => {
    // From 1 June to 1 October 2025 there are 4 months, or 30 + 31 + 31 + 30 = 122 days.
    const at = (embargo: Span) => splitByTime(table, { column: "cutoff", testFrom: "2025-10-01", embargo });
    for (const embargo of [4, { months: 4 }, { days: 122 }]) {
      expect(rowsIn(at(embargo).train)).toEqual([1, 5]);
      expect(at(embargo).embargoed).toBe(2);
    }
    expect(rowsIn(at({ days: 123 }).train)).toEqual([5]);
    expect(at({ days: 123 }).embargoed).toBe(3);
    expect(rowsIn(at({ days: 123 }).test)).toEqual([0, 2]);
  });

  test("names a column that does not exist, and lists those that do", () => {
    const error = problemOf(() => splitByTime(table, { column: "month", testFrom: "2025-10-01" }));
    expect(error.code).toBe("data.missing-column");
    expect(error.message).toBe(
      'splitByTime: snapshots.csv: column, column "month": must be a column of the table, which has row, cutoff, tariff',
    );
  });

  test.each(["row", "tariff"])("refuses %s, which is not a date column", (column) => {
    const error = problemOf(() => splitByTime(table, { column, testFrom: "2025-10-01" }));
    expect(error.code).toBe("data.wrong-type");
    expect(error.path.column).toBe(column);
    expect(error.expected).toBe("must be a date column");
  });

  test("names the first row without a date", () => {
    const values = new Float64Array([20000, Number.NaN, 20100]);
    const gaps = createTable([{ kind: "numeric", name: "cutoff", values, isDate: true }]);
    const error = problemOf(() => splitByTime(gaps, { column: "cutoff", testFrom: "2024-11-01" }));
    expect(error.code).toBe("data.wrong-type");
    expect(error.path).toMatchObject({ column: "cutoff", row: 2 });
  });

  test("refuses a split with an empty side, and names the range of the dates", () => {
    const noTest = problemOf(() => splitByTime(table, { column: "cutoff", testFrom: "2026-01-01" }));
    expect(noTest.message).toBe(
      'splitByTime: testFrom: must leave rows from it on to test on, received "2026-01-01" (dates run from 2025-02-01 to 2025-10-02)',
    );
    const noTrain = problemOf(() => splitByTime(table, { column: "cutoff", testFrom: "2025-02-01" }));
    expect(noTrain.expected).toBe("must leave rows before it to train on");
    const embargoed = () =>
      splitByTime(table, { column: "cutoff", testFrom: "2025-10-01", embargo: { days: 300 } });
    expect(problemOf(embargoed).expected).toContain('at an embargo of {"days":300}');
  });

  test.each(["", "NA", "1 October", "2025-02-30"])("refuses %j as the day to test from", (testFrom) => {
    expect(problemOf(() => splitByTime(table, { column: "cutoff", testFrom })).path.argument).toBe(
      "testFrom",
    );
  });

  test.each([-1, Number.NaN, 1.5, { days: -1 }, { months: 200 }])("refuses an embargo of %j", (embargo) => {
    const run = () => splitByTime(table, { column: "cutoff", testFrom: "2025-10-01", embargo });
    expect(problemOf(run).path.argument).toBe("embargo");
  });
});
