import { describe, expect, test } from "vitest";
import { openSources } from "../../../src/history/open-sources.js";
import type { HistorySources } from "../../../src/history/sources/fact-source.js";
import { normalForm, textToRead } from "../../../src/history/sources/normal-form.js";
import type { FactKind, FactTableName } from "../../../src/history/standard-tables.js";
import { factsOf } from "../../support/history/facts-of.js";

/** A table with a column of each kind, before which it has so many others. */
const PLACES = {
  day: { table: "events", column: "known_at", others: "DATE '2024-01-01' AS at, 'k' AS kind", place: 3 },
  month: { table: "usage", column: "month", others: "1 AS minutes", place: 1 },
  number: { table: "usage", column: "minutes", others: "DATE '2024-01-01' AS month", place: 3 },
  text: { table: "contacts", column: "channel", others: "DATE '2024-01-01' AS at", place: 2 },
} as const satisfies Record<
  FactKind,
  { table: FactTableName; column: string; others: string; place: number }
>;

/** What an SQL value becomes in a history, and its text where it cannot be read. */
async function read(value: string, kind: FactKind): Promise<[unknown, unknown]> {
  const { table, column, others, place } = PLACES[kind];
  const duckdb = `SELECT 'a' AS subscriber_id, ${others}, ${value} AS ${column}`;
  const sources: HistorySources = {
    subscribers: [{ subscriber_id: "a", activated_on: "2024-01-01" }],
    [table]: { source: { duckdb }, columns: { [column]: column } },
  };
  const unchecked = await openSources(sources, { check: false });
  const [facts] = await factsOf(unchecked, table);
  unchecked.close();
  const checked = await openSources(sources, { onProblems: "drop" });
  const problem = checked.report.tables[table]?.problems.find(({ kind }) => kind.startsWith("unreadable"));
  checked.close();
  return [facts[place], problem?.examples[0].value ?? null];
}

// (date(2023, 1, 31) - date(1970, 1, 1)).days in Python.
const DAY = 19388;

describe("a day", () => {
  test.each([
    ["DATE '2023-01-31'", DAY],
    ["DATE '1969-12-31'", -1],
    ["DATE 'infinity'", null],
    ["TIMESTAMP '2023-01-31 23:59:59.999999'", DAY],
    ["TIMESTAMP '1969-12-31 23:00:00'", -1],
    ["TIMESTAMP_NS '2023-01-31 18:00:00'", DAY],
    ["TIMESTAMP_MS '2023-01-31 18:00:00'", DAY],
    ["TIMESTAMP_S '2023-01-31 18:00:00'", DAY],
    ["'2023-02-01 07:59:59+08'::TIMESTAMPTZ", DAY],
    ["'infinity'::TIMESTAMPTZ", null],
    ["'2023-01-31'", DAY],
    ["' 2023-01-31 '", DAY],
    ["'2023/01/31'", DAY],
    ["'2023/1/31'", DAY],
    ["'2023年1月31日'", DAY],
    ["'20230131'", DAY],
    ["20230131", DAY],
    ["20230131::DOUBLE", DAY],
    ["'2023-01-31 08:30'", DAY],
    ["'2023-01-31T23:59:59.5Z'", DAY],
    ["'2023-02-01 07:59:59+08'", DAY],
    ["'2023-02-01T07:59:59+08:00'", DAY],
    ["''", null],
    ["'NULL'", null],
    ["'infinity'", null],
    ["NULL::VARCHAR", null],
    ["NULL::INTEGER", null],
  ])("of %s is day %s", async (value, day) => {
    expect(await read(value, "day")).toEqual([day, null]);
  });

  test.each([
    "2023-02-30",
    "2023-1-31",
    "24-05-06",
    "24-05",
    "2023-01",
    "31.01.2023",
    "01/31/2023",
    "2023115",
    "soon",
    "2023-01-31x",
    "1675123200",
  ])("of the text %s cannot be read", async (text) => {
    expect(await read(`'${text}'`, "day")).toEqual([null, text]);
  });

  test("of a number that is not a date cannot be read", async () => {
    expect(await read("20231301", "day")).toEqual([null, "20231301"]);
    expect(await read("1.5::DOUBLE", "day")).toEqual([null, "1.5"]);
  });
});

describe("a month", () => {
  // (2023 - 1970) * 12.
  const MONTH = 636;
  test.each([
    ["DATE '2023-01-31'", MONTH],
    ["DATE '1969-12-01'", -1],
    ["DATE 'infinity'", null],
    ["TIMESTAMP '2023-01-01 00:00:00'", MONTH],
    ["'2023-01'", MONTH],
    ["'2023/1'", MONTH],
    ["'2023年1月'", MONTH],
    ["'2023/01'", MONTH],
    ["'202301'", MONTH],
    ["202301", MONTH],
    ["20230115", MONTH],
    ["'2023-01-01'", MONTH],
    ["'2023/1/15'", MONTH],
    ["'2023-01-01 00:00:00'", MONTH],
    ["''", null],
  ])("of %s is month %s", async (value, month) => {
    expect(await read(value, "month")).toEqual([month, null]);
  });

  test.each(["2023-13", "202313", "20231", "January", "2023", "2023-1", "24-05"])(
    "of the text %s cannot be read",
    async (text) => {
      expect(await read(`'${text}'`, "month")).toEqual([null, text]);
    },
  );
});

describe("a number", () => {
  test.each([
    ["5::TINYINT", 5],
    ["5::HUGEINT", 5],
    ["0.25::FLOAT", 0.25],
    ["12.34::DECIMAL(18,2)", 12.34],
    ["'nan'::DOUBLE", null],
    ["'12.5'", 12.5],
    ["' 7 '", 7],
    ["'N/A'", null],
  ])("of %s is %s", async (value, number) => {
    expect(await read(value, "number")).toEqual([number, null]);
  });

  test.each(["1,234", "1_000", "5.", "0x10", "1 000", "12.5 min"])(
    "of the text %s cannot be read",
    async (text) => {
      expect(await read(`'${text}'`, "number")).toEqual([null, text]);
    },
  );
});

describe("a text", () => {
  test.each([
    ["'007'", "007"],
    ["''", null],
    ["7::BIGINT", "7"],
    ["13800138000::DOUBLE", "13800138000"],
    ["0.5::DOUBLE", "0.5"],
    ["'nan'::DOUBLE", null],
    ["12345678901234567890::DECIMAL(38,0)", "12345678901234567890"],
    ["true", "true"],
    ["'a'::ENUM ('a', 'b')", "a"],
    ["DATE '2023-01-31'", "2023-01-31"],
  ])("of %s is %s", async (value, text) => {
    expect(await read(value, "text")).toEqual([text, null]);
  });
});

describe("a column whose type does not fit", () => {
  test.each([
    ["BOOLEAN", "number"],
    ["DATE", "number"],
    ["BOOLEAN", "day"],
    ["INTEGER[]", "text"],
    ["BLOB", "text"],
    ["STRUCT(a INTEGER)", "day"],
  ] as const)("%s has no form as %s", (type, kind) => {
    const rules = { zone: undefined, unzoned: undefined };
    expect(normalForm({ name: "x", type }, kind, false, rules)).toBeUndefined();
    expect(textToRead({ name: "x", type }, kind)).toBeUndefined();
  });
});
