import { describe, expect, test } from "vitest";
import { mondayLists } from "../../../src/analytics/lists/monday-lists.js";
import { listsSection } from "../../../src/analytics/page/sections/lists.js";
import { tariffsSection } from "../../../src/analytics/page/sections/tariffs.js";
import { migrationList } from "../../../src/analytics/tariffs/migration-list.js";
import { tariffAnalysis } from "../../../src/analytics/tariffs/tariff-analysis.js";
import { openHistory } from "../../../src/history/index.js";
import { pageHtml } from "../../../src/page/html/page-html.js";
import { pageMarkdown } from "../../../src/page/markdown/page-markdown.js";
import type { Page } from "../../../src/page/page.js";
import { opened } from "../tariffs/opened.js";
import { MONDAY } from "./monday-history.js";

const LOCALES = ["en", "zh"] as const;

async function pageOf(history: Parameters<typeof mondayLists>[0], locale: "en" | "zh"): Promise<Page> {
  const lists = await mondayLists(history, { locale, most: 3 });
  const tariffs = { tariffs: await tariffAnalysis(history), migration: await migrationList(history) };
  const sections = [tariffsSection(tariffs, { locale }), listsSection(lists, { locale })];
  return { locale, title: "Monday", subtitle: "", sections, foot: [] };
}

describe("tariffsSection and listsSection", () => {
  test.each(LOCALES)("say what to do, with the first rows and files of all (%s)", async (locale) => {
    const history = await openHistory("datasets/simulated");
    try {
      const page = await pageOf(history, locale);
      const { markdown, files } = pageMarkdown(page, { name: "monday" });
      expect(markdown).toContain(
        locale === "en" ? "What to do: do not move all at once" : "做法：不要一次全部迁移",
      );
      expect(markdown).toContain(locale === "en" ? "# On Monday: whom to call" : "# 周一：给谁打电话");
      expect(files.map(({ name }) => name)).toContain("monday-at-risk-list.csv");
      expect(markdown).not.toMatch(/\{\w+|undefined|NaN|Infinity/u);
      expect(pageHtml(page, { name: "monday" }).html).toContain(
        locale === "en" ? "(in no group)" : "（不在群组）",
      );
    } finally {
      history.close();
    }
  });

  test.each(LOCALES)("say why a part is missing (%s)", async (locale) => {
    const { billing: _, payments: __, ...without } = MONDAY;
    const { markdown } = pageMarkdown(await opened(without, (history) => pageOf(history, locale)), {
      name: "x",
    });
    for (const missing of [
      "the history has no prices",
      "the history has no billing",
      "the history has no payments and no billing",
    ])
      expect(markdown).toContain(missing);
    expect(markdown).not.toMatch(/\{\w+|undefined|NaN|Infinity/u);
  });

  test("show other scripts and formulas as they are", async () => {
    const page = await opened(MONDAY, (history) => pageOf(history, "en"));
    const { html } = pageHtml(page, { name: "x" });
    expect(html).toContain("北部");
    expect(html).toContain("=basic");
  });
});
