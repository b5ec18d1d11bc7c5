import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDate } from "../../../src/table/dates.js";
import type { CellFormat } from "../../../src/table/grammar/cell-format.js";
import { grammarOf } from "../../../src/table/grammar/cell-grammar.js";

const MARKERS = "- -- NULL N/A #N/A n.a. \\N (null) None ? <NA> 无 空 NA nan NaN null".split(" ");

describe("without a format", () => {
  const { readNumber, parseNumber, readDate, parseDate, category, isMissing } = grammarOf();

  test.each(MARKERS)("%s is missing in numbers and dates, and a category among categories", (text) => {
    for (const read of [readNumber, parseNumber, readDate, parseDate]) {
      expect(read(text)).toBeNaN();
      expect(read(` ${text.toUpperCase()}\u3000`)).toBeNaN();
    }
    expect([category(text), isMissing(text)]).toEqual([text, false]);
  });

  test.each([
    ["¥1,431.00", 1431],
    ["￥1,431.00", 1431],
    ["1,431.00元", 1431],
    ["-$5.20", -5.2],
    ["$-5.20", -5.2],
    ["($5.20)", -5.2],
    ["€ 12", 12],
    ["12 EUR", 12],
    ["HK$12.5", 12.5],
    ["1,234,567", 1234567],
    ["12,34,567.5", 1234567.5],
    ["１２３", 123],
    ["−5", -5],
    ["+1,431.5", 1431.5],
  ])("%s in a column of numbers can be one number only: %d", (text, value) => {
    expect(readNumber(text)).toBe(value);
    // Where the kind is not known, all cells decide together.
    expect(parseNumber(text)).toBeUndefined();
  });

  test.each([
    "1,431",
    "37%",
    "1.431,00",
    "1,43",
    "12,3456.0",
    "¥1¥",
    "5-",
    "--5",
    "(5",
    "1 431",
    "$",
    "%",
    "¥",
  ])("%s may be another number, or none", (text) => {
    expect(readNumber(text)).toBeUndefined();
  });

  test.each([
    ["2025.2.20", 20139],
    ["2025年2月20日", 20139],
    ["2025/2/20 12:00", 20139.5],
    ["2025-02-20T00:00:00+08:00", 20139 - 8 / 24],
  ])("%s is a date", (text, days) => {
    expect([parseDate(text), readDate(text)]).toEqual([days, days]);
  });

  test("20250220 is a date only in a column of dates", () => {
    expect([parseDate("20250220"), readDate("20250220"), readDate("20250230")]).toEqual([
      undefined,
      20139,
      undefined,
    ]);
  });

  test.each([
    ["1.0", "1"],
    ["-1.000", "-1"],
    ["1.50", "1.50"],
    ["007.0", "007"],
    ["1.", "1."],
    ["v1.0", "v1.0"],
    [" 5G\u00a0", "5G"],
    ["Gro\u0308\u00dfe", "Größe"],
    ["", ""],
    ["\u3000", ""],
  ])("the category %j is %j", (text, expected) => {
    expect(category(text)).toBe(expected);
    expect(category(expected)).toBe(expected);
  });
});

describe("with a format", () => {
  const CASES: readonly (readonly [CellFormat, Readonly<Record<string, number | undefined>>])[] = [
    [
      { decimal: "," },
      { "38,29": 38.29, "38.29": undefined, "1.431": undefined, 38: 38, ",5": 0.5, "-": NaN },
    ],
    [
      { decimal: ",", thousands: "." },
      { "1.431,00": 1431, "1.431": 1431, "1431,5": 1431.5, "14.31": undefined, "1,431.00": undefined },
    ],
    [
      { decimal: ",", thousands: " " },
      { "1 431,5": 1431.5, "1\u202f431": 1431, "1\u00a0431": 1431 },
    ],
    [{ thousands: "'" }, { "1'431.5": 1431.5, "1’431": 1431, "1431": 1431 }],
    [{ thousands: "," }, { "1,431": 1431, "1,43": undefined, "12,34,567": 1234567, "1.5": 1.5 }],
    [{ thousands: "_" }, { "1_431": 1431 }],
    [{ currency: "Fr." }, { "Fr. 12.50": 12.5, "12.50 Fr.": 12.5, "12.50": 12.5, "Fr.": undefined }],
    [
      { percent: true },
      { "37.0%": 0.37, "37 %": 0.37, "12.3%": 0.123, "37": 37, "-5%": -0.05, "0.1e1%": 0.01 },
    ],
    [{ missing: ["999", "unknown"] }, { 999: NaN, " UNKNOWN ": NaN, 998: 998, "-": NaN, "999.0": NaN }],
  ];
  test.each(CASES)("%j reads numbers", (format, expected) => {
    const { readNumber } = grammarOf(format);
    const found = Object.keys(expected).map((text) => [text, readNumber(text)]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test("a marker is missing in every kind, as a number too", () => {
    const grammar = grammarOf({ missing: ["999", "无"] });
    expect([grammar.number(999), grammar.number(998)]).toEqual([NaN, 998]);
    expect([grammar.category("无"), grammar.isMissing(" 无"), grammar.readDate("无")]).toEqual([
      "",
      true,
      NaN,
    ]);
    expect([grammar.takesPlainNumbers, grammarOf({ missing: ["x"] }).takesPlainNumbers]).toEqual([
      false,
      true,
    ]);
  });

  test("every number is read back as it is written in a format", () => {
    const formats: readonly CellFormat[] = [
      { decimal: ",", thousands: "." },
      { decimal: ".", thousands: "," },
      { decimal: ",", thousands: " " },
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
        fc.constantFrom(...formats),
        (n, format) => {
          const value = n / 100;
          const [whole, fraction] = Math.abs(value).toFixed(2).split(".");
          const grouped = whole.replace(/\B(?=(\d{3})+$)/g, format.thousands ?? "");
          const text = `${value < 0 ? "-" : ""}${grouped}${format.decimal}${fraction}`;
          expect(grammarOf(format).readNumber(text)).toBe(value + 0);
          expect(grammarOf({ ...format, currency: "€" }).readNumber(`${text} €`)).toBe(value + 0);
        },
      ),
    );
  });

  test("a percentage is the double that is nearest to its hundredth", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (n) => {
        const shifted = `${Math.floor(n / 1e5)}.${String(n % 1e5).padStart(5, "0")}`;
        expect(grammarOf({ percent: true }).readNumber(`${(n / 1000).toFixed(3)}%`)).toBe(Number(shifted));
      }),
    );
  });

  test.each([
    [{ dateFormat: "dd.MM.yyyy" }, "20.02.2025", "2025-02-20"],
    [{ dateFormat: "dd.MM.yyyy" }, "2025-02-20", "2025-02-20"],
    [{ dateFormat: "dd.MM.yyyy" }, "31.02.2025", undefined],
    [{ dateFormat: "dd.MM.yyyy" }, "02/20/2025", undefined],
    [{ dateFormat: "yyyy-dd-MM" }, "2025-13-02", "2025-02-13"],
    [{ dateFormat: "yyyy-dd-MM" }, "2025-02-13", undefined],
    [{ timeZone: "Asia/Shanghai" }, "2025-02-20 08:00", "2025-02-20"],
    [{ timeZone: "Asia/Shanghai" }, "2025-02-20", "2025-02-20"],
    [{ timeZone: "Asia/Shanghai" }, "2025-02-20 08:00Z", "2025-02-20T08:00:00Z"],
    [{ dateFormat: "d/M/yy HH:mm", timeZone: "America/New_York" }, "4/7/25 20:00", "2025-07-05"],
  ])("%j reads the date %s", (format, text, expected) => {
    const days = grammarOf(format).readDate(text);
    expect(days === undefined ? undefined : formatDate(days)).toBe(expected);
  });

  test("a flag reads words and booleans as 1 and 0", () => {
    const { readNumber } = grammarOf(undefined, { isFlag: true });
    const words = ["yes", "No", "TRUE", "是", "否", "1", "0", "2", "maybe", "-"];
    expect(words.map(readNumber)).toEqual([1, 0, 1, 1, 0, 1, 0, 2, undefined, NaN]);
    expect(grammarOf().readNumber("yes")).toBeUndefined();
  });
});
