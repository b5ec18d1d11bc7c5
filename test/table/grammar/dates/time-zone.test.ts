import fc from "fast-check";
import { expect, test } from "vitest";
import { isTimeZone, localTimeIn } from "../../../../src/table/grammar/dates/time-zone.js";

const days = (iso: string) => Date.parse(iso) / 864e5;

// Of the IANA time zone database: New York puts its clocks forward on 2025-03-09 at 2:00 and back on 2025-11-02 at 2:00.
test.each([
  ["Asia/Shanghai", "2025-02-20T00:00:00Z", "2025-02-19T16:00:00Z"],
  ["Asia/Kolkata", "2025-02-20T00:00:00Z", "2025-02-19T18:30:00Z"],
  ["Europe/Berlin", "2025-07-01T12:00:00Z", "2025-07-01T10:00:00Z"],
  ["Europe/Berlin", "2025-01-01T12:00:00Z", "2025-01-01T11:00:00Z"],
  ["America/New_York", "2025-03-09T01:59:00Z", "2025-03-09T06:59:00Z"],
  ["America/New_York", "2025-03-09T03:00:00Z", "2025-03-09T07:00:00Z"],
  ["America/New_York", "2025-03-09T02:30:00Z", "2025-03-09T07:30:00Z"],
  ["America/New_York", "2025-11-02T01:30:00Z", "2025-11-02T05:30:00Z"],
  ["America/New_York", "2025-11-02T02:00:00Z", "2025-11-02T07:00:00Z"],
  ["UTC", "2025-02-20T01:02:03Z", "2025-02-20T01:02:03Z"],
])("%s: the clock at %s is %s", (zone, local, utc) => {
  expect(localTimeIn(zone)(days(local))).toBeCloseTo(days(utc), 9);
});

test("the clock that a zone shows at an instant is that instant, but for the hour that it shows twice", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2035, 0) }),
      fc.constantFrom("Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Tehran"),
      (instant, zone) => {
        const minute = Math.floor(instant / 6e4) * 6e4;
        const shown = new Intl.DateTimeFormat("sv-SE", {
          timeZone: zone,
          dateStyle: "short",
          timeStyle: "short",
        });
        const local = Date.parse(`${shown.format(minute).replace(" ", "T")}Z`);
        const found = Math.round(localTimeIn(zone)(local / 864e5) * 1440) * 6e4;
        // An hour that is shown twice is the earlier of the two.
        expect(shown.format(found)).toBe(shown.format(minute));
        expect(found).toBeLessThanOrEqual(minute);
      },
    ),
    { numRuns: 300 },
  );
});

test("knows zones by their names", () => {
  const names = ["Asia/Shanghai", "UTC", "Mars/Olympus", "", 7];
  expect(names.map(isTimeZone)).toEqual([true, true, false, false, false]);
});
