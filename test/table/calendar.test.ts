import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMonths, firstDayOf, monthOf, monthText, parseDay } from "../../src/table/calendar.js";
import { formatDate } from "../../src/table/dates.js";

const day = (text: string) => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new Error(`${text} is no day`);
  return parsed;
};
const shifted = (text: string, months: number) => formatDate(addMonths(day(text), months));

describe("days and months count from January 1970", () => {
  test("months are 12 to the year, their first days those of the calendar", () => {
    expect(firstDayOf(0)).toBe(0);
    expect(firstDayOf(1)).toBe(31);
    expect(firstDayOf(12)).toBe(365);
    expect(firstDayOf(-1)).toBe(-31);
    // 2025-01-01: 55 years of 365 days and 14 leap days (1972 to 2024).
    expect(firstDayOf(55 * 12)).toBe(55 * 365 + 14);
  });

  test("writes a month as text", () => {
    expect(monthText(0)).toBe("1970-01");
    expect(monthText(665)).toBe("2025-06");
  });

  test("agrees with Date on every day and month of eight centuries", () => {
    const wrong: number[] = [];
    for (let day = -150_000; day < 150_000; day++) {
      const date = new Date(day * 86_400_000);
      const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
      const isFirst = date.getUTCDate() === 1;
      if (monthOf(day) !== month || (isFirst && firstDayOf(month) !== day)) wrong.push(day);
    }
    expect(wrong).toEqual([]);
  });

  test("a day lies in the month that begins on it or before", () => {
    expect(monthOf(0)).toBe(0);
    expect(monthOf(-1)).toBe(-1);
    expect(monthOf(day("2025-01-31"))).toBe(660);
    expect(monthOf(day("2025-02-01"))).toBe(661);
  });

  test("every day is at or after the first of its month, and before the first of the next", () => {
    fc.assert(
      fc.property(fc.integer({ min: -36_500, max: 73_000 }), (each) => {
        const month = monthOf(each);
        expect(firstDayOf(month)).toBeLessThanOrEqual(each);
        expect(firstDayOf(month + 1)).toBeGreaterThan(each);
      }),
    );
  });
});

describe("addMonths(day, months)", () => {
  test("keeps the day of the month", () => {
    expect(shifted("2025-01-15", 1)).toBe("2025-02-15");
    expect(shifted("2025-01-15", -1)).toBe("2024-12-15");
    expect(shifted("2025-01-01", 14)).toBe("2026-03-01");
    expect(shifted("2025-01-15", 0)).toBe("2025-01-15");
  });

  test("takes the last day of a month that is too short", () => {
    expect(shifted("2025-01-31", 1)).toBe("2025-02-28");
    expect(shifted("2024-01-31", 1)).toBe("2024-02-29");
    expect(shifted("2025-03-31", -1)).toBe("2025-02-28");
    expect(shifted("2025-08-31", 1)).toBe("2025-09-30");
    expect(shifted("2024-02-29", 12)).toBe("2025-02-28");
    expect(shifted("2025-02-28", 1)).toBe("2025-03-28");
  });

  test("lands in the month that many months away, and never later in it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3650, max: 36_500 }),
        fc.integer({ min: -120, max: 120 }),
        (each, months) => {
          const target = addMonths(each, months);
          expect(monthOf(target)).toBe(monthOf(each) + months);
          expect(target - firstDayOf(monthOf(target))).toBeLessThanOrEqual(each - firstDayOf(monthOf(each)));
        },
      ),
    );
  });
});

describe("parseDay(text)", () => {
  test("reads days, and months as their first day", () => {
    expect(parseDay("1970-01-02")).toBe(1);
    expect(parseDay("2025-02")).toBe(firstDayOf(661));
    expect(parseDay("2025-02-01")).toBe(firstDayOf(661));
    expect(parseDay("2024-02-29")).toBe(firstDayOf(649) + 28);
  });

  test.each(["", "2025", "2025-13", "2025-02-29", "2025-1", "1 May 2025", "2025-02-01T08:00", "二月"])(
    "%j is no day",
    (text) => {
      expect(parseDay(text)).toBeUndefined();
    },
  );

  test("reads back what formatDate writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: -36_500, max: 73_000 }), (each) => {
        expect(parseDay(formatDate(each))).toBe(each);
      }),
    );
  });
});
