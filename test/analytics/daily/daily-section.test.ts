import { describe, expect, test } from "vitest";
import { correctionRuns } from "../../../src/analytics/daily/correction-runs.js";
import { dailyFigures } from "../../../src/analytics/daily/daily-figures.js";
import type { DailyReport } from "../../../src/analytics/daily/daily-types.js";
import type { ExtendedDaily } from "../../../src/analytics/daily/extend-daily.js";
import { dailySection } from "../../../src/analytics/page/sections/daily.js";
import type { Block } from "../../../src/page/page.js";
import { openDays, randomDays } from "./random-days.js";

const history = await openDays(randomDays(15, 100));
const report = (await dailyFigures(history)) as DailyReport;
history.close();
const STANDS_OUT = {
  day: "2025-02-04",
  of: "region",
  region: "江宁",
  measure: "joins",
  value: 40,
  expected: 3.5,
  low: 0,
  high: 9,
  monthBefore: null,
  returnsMonthly: false,
  q: 0.00001,
} as const;
const daily: ExtendedDaily = {
  ...report,
  isNew: false,
  isFirst: false,
  added: null,
  corrected: [
    { day: "2025-02-01", region: "江宁", measure: "base", before: 12, after: 11 },
    { day: "2025-02-02", region: "江宁", measure: "base", before: 13, after: 12 },
    { day: "2025-02-02", region: null, measure: "amount", before: null, after: 12.5 },
  ],
  standsOut: [
    STANDS_OUT,
    { ...STANDS_OUT, of: "head office", region: null, measure: "amount", returnsMonthly: true },
  ],
  compared: { sameWeekdays: 8, judged: 20, notJudged: 4 },
};

const textsOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => {
    if (block.is === "table")
      return [
        block.table.caption,
        ...block.table.head,
        ...block.table.rows.flat().map((cell) => (typeof cell === "string" ? cell : cell.text)),
      ];
    if (block.is === "details") return [block.summary, ...textsOf(block.blocks)];
    return block.is === "text" || block.is === "note" ? [block.text] : [];
  });

describe("dailySection", () => {
  test("in Chinese has no English text but names, days and numbers", () => {
    const { title, blocks } = dailySection(daily, { locale: "zh" });
    const texts = [title, ...textsOf(blocks)].filter((text) =>
      /[a-z]{2,}/iu.test(text.replaceAll('O\'Hara "east"', "")),
    );
    expect(texts).toEqual([]);
  });

  test("marks what is new in the table of regions, and folds away what returns by month", () => {
    const { blocks } = dailySection(daily, { locale: "en" });
    const tables = blocks.flatMap((block) => (block.is === "table" ? [block.table] : []));
    expect(tables.map(({ id }) => id)).toEqual(["daily-corrections", "daily-regions", "daily-stands-out"]);
    const marked = tables[1].rows.filter((row) =>
      row.some((cell) => typeof cell !== "string" && cell.tone === "warning"),
    );
    expect(marked.map(([name]) => name)).toEqual(["江宁"]);
    expect(tables[1].rows.at(-1)?.[0]).toBe("head office");
    const folded = blocks.find((block) => block.is === "details");
    expect(folded?.blocks).toMatchObject([
      { table: { rows: [expect.arrayContaining(["head office", "amount"])] } },
    ]);
  });

  test("draws joins and leaves by day, in both languages and themes", () => {
    for (const locale of ["en", "zh"] as const) {
      const pictures = dailySection(report, { locale }).blocks.flatMap((block) =>
        block.is === "pictures" ? block.pictures : [],
      );
      expect(pictures).toHaveLength(1);
      expect(pictures[0].svg("page")).toContain("<svg");
      expect(pictures[0].svg("light")).toContain(locale === "zh" ? "离网" : "leaves");
    }
  });

  test("says why there are no figures", () => {
    expect(dailySection({ missing: "why" }, { locale: "en" }).blocks).toEqual([
      { is: "note", tone: "missing", text: "why" },
    ]);
  });
});

describe("correctionRuns", () => {
  test("takes the same change on days that follow each other as one", () => {
    expect(correctionRuns(daily.corrected)).toEqual([
      { from: "2025-02-01", last: daily.corrected[1], change: -1 },
      { from: "2025-02-02", last: daily.corrected[2], change: null },
    ]);
    const gap = correctionRuns([daily.corrected[0], { ...daily.corrected[1], day: "2025-02-03" }]);
    expect(gap.map(({ from }) => from)).toEqual(["2025-02-01", "2025-02-03"]);
  });
});
