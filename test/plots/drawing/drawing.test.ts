import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateText, dateTick } from "../../../src/plots/drawing/dates.js";
import { densityOf } from "../../../src/plots/drawing/density.js";
import { amountText, evenly, percentText, signed } from "../../../src/plots/drawing/numbers.js";
import { shortPath } from "../../../src/plots/drawing/short-path.js";
import { fitted, textWidth, wrapped } from "../../../src/plots/drawing/text.js";
import { thinned, thinnedSteps } from "../../../src/plots/drawing/thin.js";
import { dayTicks, numberTicks } from "../../../src/plots/drawing/ticks.js";
import { escaped } from "../../../src/plots/drawing/write-svg.js";
import { displayWidth } from "../../../src/printing/display-width.js";
import { pointsOf, readXml } from "../xml.js";

const risingPoints = fc
  .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 600,
  })
  .map((points) => points.sort(([a], [b]) => a - b));

describe("thinned", () => {
  test("keeps the ends and at most 200 points, in their order", () => {
    fc.assert(
      fc.property(risingPoints, (points) => {
        const [x, y] = [points.map(([at]) => at), points.map(([, at]) => at)];
        for (const kept of [thinned(x, y, 1, 1), thinnedSteps(x, y, 1, 1)]) {
          expect(kept.length).toBeLessThanOrEqual(200);
          expect(kept.at(-1)).toBe(points.length - 1);
          expect(kept[0]).toBe(0);
          for (let i = 1; i < kept.length; i++) expect(kept[i]).toBeGreaterThan(kept[i - 1]);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("leaves out what lies on a line, and no corner", () => {
    const x = Array.from({ length: 1001 }, (_, i) => i / 1000);
    expect(
      thinned(
        x,
        x.map((at) => Math.abs(at - 0.5)),
        1,
        1,
      ),
    ).toEqual([0, 500, 1000]);
    expect(thinned([], [], 1, 1)).toEqual([]);
  });

  test("of steps keeps every place where the height changes", () => {
    const y = [1, 1, 1, 0.8, 0.8, 0.8, 0.5];
    expect(
      thinnedSteps(
        y.map((_, i) => i),
        y,
        6,
        1,
      ),
    ).toEqual([0, 2, 3, 5, 6]);
  });
});

describe("shortPath", () => {
  test("goes through the same points, to a tenth of a pixel", () => {
    const places = fc.array(
      fc.tuple(fc.double({ min: 0, max: 640, noNaN: true }), fc.double({ min: 0, max: 400, noNaN: true })),
      { minLength: 2, maxLength: 50 },
    );
    fc.assert(
      fc.property(places, (points) => {
        const path = `M${points.map(([x, y]) => `${x.toFixed(3)},${y.toFixed(3)}`).join("L")}`;
        const ends = pointsOf(shortPath(path));
        const last = points[points.length - 1];
        expect(ends[ends.length - 1].x).toBeCloseTo(last[0], 0);
        expect(Math.abs(ends[ends.length - 1].x - last[0])).toBeLessThan(0.06);
        expect(Math.abs(ends[ends.length - 1].y - last[1])).toBeLessThan(0.06);
      }),
    );
  });

  test("is shorter, and leaves curves as they are", () => {
    expect(shortPath("M40,270L40.52,270L153.333,145.04Z")).toBe("M40,270h.5l112.8-125z");
    expect(shortPath("M4,0A4,4,0,1,1,-4,0")).toBe("M4,0A4,4,0,1,1,-4,0");
  });
});

describe("texts", () => {
  test("fit the width that they are cut to, whatever their characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 30, max: 300 }), (text, width) => {
        expect(textWidth(fitted(text, width))).toBeLessThanOrEqual(Math.max(width, textWidth("国…")));
      }),
    );
  });

  test("of Chinese are wider than of English of as many characters", () => {
    expect(textWidth("流失概率")).toBeGreaterThan(1.5 * textWidth("rate"));
    expect(displayWidth(fitted("一个非常长的名字".repeat(10), 80))).toBeLessThan(14);
  });

  test("break after blanks and between Chinese characters, and not before what closes", () => {
    expect(wrapped("one two three", 60, 12, 3)).toEqual(["one two", "three"]);
    const lines = wrapped("从（2026年4月）到（2024年）", 62, 12, 9);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/^[^）]/u);
    for (const line of lines) expect(line).not.toMatch(/（$/u);
  });

  test("of more lines than there is room for end in an ellipsis", () => {
    const lines = wrapped("a word ".repeat(60), 100, 12, 2);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/…$/u);
  });

  test("of any characters are valid XML, and read back but for what XML cannot hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(() => readXml(`<text a="${escaped(text)}">${escaped(text)}</text>`)).not.toThrow();
      }),
    );
    expect(readXml(`<text>${escaped("a < b & \"c\" > 'd'")}</text>`).children).toEqual([
      "a < b & \"c\" > 'd'",
    ]);
  });
});

describe("numbers and dates", () => {
  test("are short: one decimal of percent, thousands separated, a real minus", () => {
    expect([0.2654, 1, 0, 0.0004, 0.9996, -0.014].map(percentText)).toEqual([
      "26.5%",
      "100%",
      "0%",
      "0.04%",
      "99.96%",
      "−1.4%",
    ]);
    expect([7043, 12.345, 0.012345, -1500.4].map(amountText)).toEqual([
      "7,043",
      "12.35",
      "0.01235",
      "−1,500",
    ]);
    expect(["3%", "−3%", "0%"].map(signed)).toEqual(["+3%", "−3%", "0%"]);
  });

  test("of one axis have the same decimals", () => {
    expect(evenly(["0%", "0.5%", "1%", "−1.25%"])).toEqual(["0%", "0.50%", "1.00%", "−1.25%"]);
    expect(evenly(["1,000", "2,000"])).toEqual(["1,000", "2,000"]);
    expect(evenly(["1M", "1.5M"])).toEqual(["1M", "1.5M"]);
  });

  test("are months of years in English and Chinese, by UTC", () => {
    const date = new Date("2025-03-01T00:00:00Z");
    expect([dateText(date, "en"), dateText(date, "en", false)]).toEqual(["1 Mar 2025", "Mar 2025"]);
    expect([dateText(date, "zh"), dateText(date, "zh", false)]).toEqual(["2025年3月1日", "2025年3月"]);
    const until = (day: string) => dateTick(date, new Date(day), "en")(date);
    expect([until("2025-04-01"), until("2026-04-01"), until("2035-04-01")]).toEqual([
      "1 Mar",
      "Mar 2025",
      "2025",
    ]);
  });

  test("of ticks are round, and of dates firsts of months", () => {
    expect(numberTicks(0.3, 72, 6)).toEqual([20, 40, 60]);
    expect(numberTicks(5, 5, 4)).toEqual([]);
    // 20089 is 2025-01-01, 20454 is 2026-01-01.
    const ticks = dayTicks(20089, 20454, 4);
    expect(ticks.map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10))).toEqual([
      "2025-01-01",
      "2025-04-01",
      "2025-07-01",
      "2025-10-01",
      "2026-01-01",
    ]);
    expect(dayTicks(20089, 20095, 3)).toEqual([20089, 20091, 20093, 20095]);
  });
});

test("densityOf puts every point into a cell, the fullest on the last step", () => {
  const x = Float64Array.from([0, 1, 1, 1, 1, 1, 1, 1, 1]);
  const grid = densityOf(x, x, [0, 1], [0, 1], 1);
  expect(grid.highest).toBe(8);
  const steps = grid.runs.map(({ step }) => step);
  expect(steps).toHaveLength(2);
  expect(steps[0]).toBe(1);
  expect(steps[1]).toBe(6);
});
