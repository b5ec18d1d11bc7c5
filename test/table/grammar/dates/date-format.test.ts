import { describe, expect, test } from "vitest";
import { dateFormatProblem, dateReader } from "../../../../src/table/grammar/dates/date-format.js";

/** Days since 1970-01-01 of a UTC time. */
const days = (iso: string) => Date.parse(iso) / 864e5;

describe("dateReader", () => {
  test.each([
    ["yyyyMMdd", "20250220", "2025-02-20T00:00:00Z"],
    ["dd.MM.yyyy", "20.02.2025", "2025-02-20T00:00:00Z"],
    ["d.M.yy", "3.4.69", "2069-04-03T00:00:00Z"],
    ["d.M.yy", "3.4.70", "1970-04-03T00:00:00Z"],
    ["MM/dd/yyyy HH:mm:ss", "12/31/1999 23:59:59", "1999-12-31T23:59:59Z"],
    ["MM/dd/yyyy hh:mm a", "12/31/1999 12:05 AM", "1999-12-31T00:05:00Z"],
    ["MM/dd/yyyy h:mm a", "12/31/1999 1:05 p.m.", "1999-12-31T13:05:00Z"],
    ["dd-MMM-yyyy", "05-Feb-2025", "2025-02-05T00:00:00Z"],
    ["d MMM yyyy", "5 september 2025", "2025-09-05T00:00:00Z"],
    ["yyyy'年'M'月'd'日'", "2025年2月20日", "2025-02-20T00:00:00Z"],
    ["yyyy年M月d日", "2025年12月2日", "2025-12-02T00:00:00Z"],
    ["yyyy-MM-ddTHH:mm:ss.SSS", "2025-02-20T01:02:03.004", "2025-02-20T01:02:03.004Z"],
    ["'am' dd.MM.yyyy", "am 01.03.2024", "2024-03-01T00:00:00Z"],
  ])("%s reads %s", (format, text, iso) => {
    expect(dateFormatProblem(format)).toBeUndefined();
    expect(dateReader(format)(text)?.days).toBeCloseTo(days(iso), 9);
  });

  test("tells another form from a day that there is not", () => {
    const read = dateReader("dd.MM.yyyy HH:mm");
    expect([read("31.04.2025 10:00"), read("30.04.2025 24:00"), read("30.13.2025 10:00")]).toEqual([
      null,
      null,
      null,
    ]);
    expect([read("30.04.2025"), read("2025-04-30 10:00"), read("30.04.2025 10:00 ")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test.each([
  ["", "must be a text"],
  [7, "must be a text"],
  ["dd.MM", "must have the year"],
  ["yyyy-MM", "must have the day"],
  ["yyyy-MM-dd dd", "must have the day once"],
  ["yyyy-MM-dd hh:mm", 'must have "a"'],
  ["yyyy-MM-dd HH:mm a", 'must have "a"'],
  ["YYYY-MM-DD", "must be made of yyyy"],
  ["%Y-%m-%d", "must be made of yyyy"],
])("the format %j is refused", (format, expected) => {
  expect(dateFormatProblem(format)).toContain(expected);
});
