import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDate, parseDate } from "../../src/table/dates.js";
import { plainNumber } from "../../src/table/plain-number.js";
import { parseBoolean, parseNumber, readNumber } from "../../src/table/text-rules.js";

describe("readNumber", () => {
  test.each([
    ["007", 7],
    ["5.", 5],
    ["5.e1", 50],
    ["100000000000000000000", 1e20],
    ["-9007199254740993", -9007199254740992],
  ])("reads %j, which could be an id elsewhere, as a number", (text, value) => {
    expect(parseNumber(text)).toBeUndefined();
    expect(readNumber(text)).toBe(value);
  });

  test.each(["", "x", "1,5", "0x10", "1e", ".", "+", "5 .", "1_000"])(
    "reads %j as parseNumber does",
    (text) => {
      expect(readNumber(text)).toEqual(parseNumber(text));
    },
  );

  test("one number is the same in all of its spellings", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const digits = BigInt(Math.trunc(Math.min(Math.abs(number), 1e300))).toString();
        expect(readNumber(`00${digits}`)).toBe(Number(digits));
        expect(readNumber(`+${digits}.`)).toBe(Number(digits));
        expect(readNumber(String(number))).toBe(number + 0);
        expect(readNumber(number.toExponential())).toBe(number + 0);
      }),
    );
  });
});

describe("parseNumber", () => {
  test.each([
    ["0", 0],
    ["-0.5", -0.5],
    ["+7", 7],
    [".5", 0.5],
    [" 29.85 ", 29.85],
    ["\u300042\u00a0", 42],
    ["1e-3", 0.001],
    ["1E+20", 1e20],
    ["0.30000000000000004441", 0.1 + 0.2],
    ["9007199254740992", 9007199254740992],
    ["-9007199254740992", -9007199254740992],
  ])("reads %j as the double of Number(text)", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  test.each(["", " ", "NA", "N/A", "NaN", "nan", "null", "NULL", "\\N", "#N/A", " na "])(
    "reads %j as missing",
    (text) => {
      expect(parseNumber(text)).toBeNaN();
    },
  );

  test.each(["inf", "Infinity", "+INF", "1e999"])("reads %j as infinite", (text) => {
    expect(parseNumber(text)).toBe(Infinity);
  });

  test.each([
    "007",
    "-01",
    "00",
    "1.",
    "1,5",
    "0x10",
    "1_000",
    "--1",
    "1e",
    "e5",
    "٣",
    "9007199254740993",
    "12345678901234567890",
    "Yes",
    "1 2",
  ])("does not read %j as a number", (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });
});

describe("plainNumber", () => {
  const read = (text: string) => plainNumber(Buffer.from(`x${text},`), 1, 1 + Buffer.byteLength(text));

  test("agrees with parseNumber to the last bit wherever it decides", () => {
    const digits = fc.stringMatching(/^[+-]?[0-9]{0,20}(\.[0-9]{0,20})?([eE][+-]?[0-9]{1,3})?$/);
    fc.assert(
      fc.property(fc.oneof(digits, fc.string(), fc.double().map(String)), (text) => {
        const value = read(text);
        if (!Number.isNaN(value)) expect(Object.is(value, parseNumber(text)), text).toBe(true);
      }),
      { numRuns: 3000, seed: 7 },
    );
  });

  test("decides plain decimals by itself", () => {
    expect(["0", "-12.50", "0.1", "-0", "123456789012.345", "0.30000000000000004"].map(read)).toEqual([
      0, -12.5, 0.1, -0, 123456789012.345, 0.30000000000000004,
    ]);
  });
});

describe("parseDate", () => {
  // Days counted by Python: (date(2023, 1, 31) - date(1970, 1, 1)).days == 19388, date(2024, 2, 29): 19782.
  test.each([
    ["2023-01-31", 19388],
    ["2023/01/31", 19388],
    ["2023/1/31", 19388],
    ["2024-02-29", 19782],
    ["1969-12-31", -1],
    ["0001-01-01", -719162],
    ["2023-01-31 12:00", 19388.5],
    ["2023-01-31T06:00:00Z", 19388.25],
    ["2023-01-31T06:00:00.000+08:00", 19387 + 22 / 24],
    ["2023-01-31 00:00:00-0600", 19388.25],
  ])("reads %j as days since 1970-01-01 UTC", (text, days) => {
    expect(parseDate(text)).toBe(days);
  });

  test.each([
    "2023-02-30",
    "2023-13-01",
    "2023-00-10",
    "2023-02-29",
    "2024-01",
    "20240101",
    "2023-1-5",
    "2023-01-01T24:00",
    "2023-01-01 10:60",
    "2023-01-01Z",
    "01/02/2023",
    "x",
  ])("does not read %j as a date", (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  test("takes the missing tokens of numbers as missing", () => {
    expect(["", "NULL", "\\N"].map(parseDate)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test("reads back what formatDate writes, to the microsecond", () => {
    fc.assert(
      fc.property(fc.integer({ min: -2.8e15, max: 2.8e15 }), (microseconds) => {
        const days = microseconds / 86_400_000_000;
        expect(parseDate(formatDate(days))).toBe(days);
      }),
      { seed: 7 },
    );
    expect(formatDate(19388)).toBe("2023-01-31");
    expect(formatDate(19388.5)).toBe("2023-01-31T12:00:00Z");
    expect(formatDate(19388 + 1.5 / 86400)).toBe("2023-01-31T00:00:01.5Z");
  });
});

test("parseBoolean takes true and false in any case and nothing else", () => {
  expect(["True", "FALSE", " true ", "Yes", "1", ""].map(parseBoolean)).toEqual([
    "true",
    "false",
    "true",
    undefined,
    undefined,
    undefined,
  ]);
});
