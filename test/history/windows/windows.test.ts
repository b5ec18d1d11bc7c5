import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSpan, type Span, shiftDay } from "../../../src/history/windows/span.js";
import {
  monthly,
  observedMonths,
  type WindowOptions,
  windowsOf,
} from "../../../src/history/windows/windows.js";
import { parseDay } from "../../../src/table/calendar.js";
import { formatDate } from "../../../src/table/dates.js";
import { thrownBy } from "../../support/thrown.js";

/** The windows of each cutoff as texts; months as their distance from that of the cutoff. */
function windows(options: WindowOptions) {
  return windowsOf("snapshots", options).map(
    ({ cutoff, cutoffMonth, observeFrom, observeFromMonth, labelFrom, labelTo }) => ({
      at: formatDate(cutoff),
      observe: formatDate(observeFrom),
      months: cutoffMonth - observeFromMonth,
      label: [formatDate(labelFrom), formatDate(labelTo)],
    }),
  );
}

describe("windowsOf(function, options)", () => {
  test("6 months before the cutoff, 1 month of gap, 3 months of prediction window, by default", () => {
    expect(windows({ at: "2025-01" })).toEqual([
      { at: "2025-01-01", observe: "2024-07-01", months: 6, label: ["2025-02-01", "2025-05-01"] },
    ]);
  });

  test("a plain number is months", () => {
    const [months, object] = [2, { months: 2 }].map((span) =>
      windows({ at: "2025-03-15", observe: span, gap: span, horizon: span }),
    );
    expect(months).toEqual(object);
    expect(months).toEqual([
      { at: "2025-03-15", observe: "2025-01-01", months: 2, label: ["2025-05-15", "2025-07-15"] },
    ]);
  });

  test("at the end of a month, both ends of the prediction window count from the cutoff", () => {
    // 2025-01-31 + 1 month = 2025-02-28, + 2 months = 2025-03-31.
    expect(windows({ at: "2025-01-31", observe: 2, gap: 1, horizon: 1 })).toEqual([
      { at: "2025-01-31", observe: "2024-11-01", months: 2, label: ["2025-02-28", "2025-03-31"] },
    ]);
    expect(windows({ at: "2025-01-31", gap: 1, horizon: { days: 30 } })[0].label[1]).toBe("2025-03-30");
    expect(windows({ at: "2024-03-31", observe: 1, gap: 0, horizon: 11 })[0]).toMatchObject({
      observe: "2024-02-01",
      label: ["2024-03-31", "2025-02-28"],
    });
  });

  test("spans of days count days, and only whole months within them are observed", () => {
    const spans = { gap: { days: 0 }, horizon: { days: 30 } };
    // 2025-03-01 − 59 days = 2025-01-01: January and February. With one day less January is no longer whole.
    expect(windows({ at: "2025-03-01", observe: { days: 59 }, ...spans })).toEqual([
      { at: "2025-03-01", observe: "2025-01-01", months: 2, label: ["2025-03-01", "2025-03-31"] },
    ]);
    expect(windows({ at: "2025-03-01", observe: { days: 58 }, ...spans })[0].months).toBe(1);
    // There is no whole month in [2025-03-05, 2025-03-15), nor in [2025-02-23, 2025-03-15).
    expect(windows({ at: "2025-03-15", observe: { days: 10 }, ...spans })[0].months).toBe(0);
    expect(windows({ at: "2025-03-15", observe: { days: 20 }, ...spans })[0].months).toBe(0);
    // [2025-01-31, 2025-03-15) holds February.
    expect(windows({ at: "2025-03-15", observe: { days: 43 }, ...spans })[0].months).toBe(1);
  });

  test("cutoffs are sorted by day, each once", () => {
    const at = ["2025-03", "2024-12-15", "2025-03-01", "2025-01"];
    expect(windows({ at }).map((each) => each.at)).toEqual(["2024-12-15", "2025-01-01", "2025-03-01"]);
  });

  test("observedMonths is the most that any window holds", () => {
    const all = windowsOf("snapshots", {
      at: ["2025-01-01", "2025-03-01", "2025-03-02"],
      observe: { days: 59 },
    });
    // [2024-11-03, 2025-01-01) holds December, [2025-01-01, 2025-03-01) two months, [2025-01-02, 2025-03-02) February.
    expect(all.map(({ cutoffMonth, observeFromMonth }) => cutoffMonth - observeFromMonth)).toEqual([1, 2, 1]);
    expect(observedMonths(all)).toBe(2);
  });

  test("the windows follow one another", () => {
    const span = fc.oneof(
      fc.integer({ min: 1, max: 24 }),
      fc.record({ months: fc.integer({ min: 1, max: 24 }) }),
      fc.record({ days: fc.integer({ min: 1, max: 700 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), span, span, span, (day, observe, gap, horizon) => {
        const [found] = windowsOf("snapshots", { at: formatDate(day), observe, gap, horizon });
        expect(found.cutoff).toBe(day);
        expect(found.observeFrom).toBeLessThan(day);
        expect(found.labelFrom).toBeGreaterThan(day);
        expect(found.labelTo).toBeGreaterThan(found.labelFrom);
        expect(found.observeFromMonth).toBeLessThanOrEqual(found.cutoffMonth);
      }),
    );
  });

  test("collects everything that is wrong, with the value", async () => {
    const error = await thrownBy(() =>
      windowsOf("snapshots", {
        at: ["2025-01", "2025-02-30", "May"],
        observe: 0,
        gap: -1,
        horizon: { days: 1.5 },
      }),
    );
    expect(error.problems.map(({ path, received }) => [path.function, path.argument, received])).toEqual([
      ["snapshots", "at[1]", "2025-02-30"],
      ["snapshots", "at[2]", "May"],
      ["snapshots", "observe", 0],
      ["snapshots", "gap", -1],
      ["snapshots", "horizon", { days: 1.5 }],
    ]);
    expect(error.message).toContain(
      "snapshots: observe: must be 1 to 120 whole months, or { days: 1 to 3660 }, received 0",
    );
  });

  test("no cutoffs, and a cutoff that is not a day, are refused", async () => {
    expect((await thrownBy(() => windowsOf("snapshots", { at: [] }))).path.argument).toBe("at");
    expect((await thrownBy(() => windowsOf("snapshots", { at: "soon" }))).message).toBe(
      'snapshots: at: must be a day such as 2025-02-01 or a month such as 2025-02, received "soon"',
    );
  });
});

describe("monthly(from, to)", () => {
  test("the first days of all months, both ends included", () => {
    expect(monthly("2024-11", "2025-02")).toEqual(["2024-11-01", "2024-12-01", "2025-01-01", "2025-02-01"]);
    expect(monthly("2025-02", "2025-02")).toEqual(["2025-02-01"]);
  });

  test("step from the day that is given, and last days stay last days", () => {
    expect(monthly("2025-01-15", "2025-03")).toEqual(["2025-01-15", "2025-02-15", "2025-03-15"]);
    expect(monthly("2025-01-15", "2025-03-14")).toEqual(["2025-01-15", "2025-02-15"]);
    expect(monthly("2025-01-30", "2025-03")).toEqual(["2025-01-30", "2025-02-28", "2025-03-30"]);
    expect(monthly("2024-01-31", "2024-04")).toEqual([
      "2024-01-31",
      "2024-02-29",
      "2024-03-31",
      "2024-04-30",
    ]);
    expect(monthly("2025-04-30", "2025-05-31")).toEqual(["2025-04-30", "2025-05-31"]);
    expect(monthly("2024-12-31", "2025-01-15")).toEqual(["2024-12-31"]);
  });

  test("texts that are not months are refused, both ends at once", async () => {
    const error = await thrownBy(() => monthly("2024-13", "later"));
    expect(error.problems.map(({ path, received }) => [path.argument, received])).toEqual([
      ["from", "2024-13"],
      ["to", "later"],
    ]);
    expect((await thrownBy(() => monthly("2025-02", "2025-01"))).message).toBe(
      'monthly: to: must not lie before 2025-02, received "2025-01" (months run forward: monthly("2025-01", "2025-02"))',
    );
  });
});

describe("spans", () => {
  test.each<[Span, string, string]>([
    [1, "2025-02-28", "2024-12-31"],
    [{ months: 13 }, "2026-02-28", "2023-12-31"],
    [{ days: 31 }, "2025-03-03", "2024-12-31"],
    [{ days: 0 }, "2025-01-31", "2025-01-31"],
  ])("shiftDay: %j after 2025-01-31 is %s, before it %s", (span, after, before) => {
    const day = parseDay("2025-01-31") ?? Number.NaN;
    expect(formatDate(shiftDay(day, span))).toBe(after);
    expect(formatDate(shiftDay(day, span, -1))).toBe(before);
  });

  test("isSpan: whole months up to 120 or days up to 3660, and no less than the least", () => {
    const good: Span[] = [1, 120, { months: 120 }, { days: 3660 }];
    const bad: Span[] = [0, 121, 1.5, Number.NaN, { months: 121 }, { days: 3661 }, { days: 0 }];
    expect(good.map((span) => isSpan(span, 1))).toEqual(good.map(() => true));
    expect(bad.map((span) => isSpan(span, 1))).toEqual(bad.map(() => false));
    expect(isSpan(0, 0)).toBe(true);
  });
});
