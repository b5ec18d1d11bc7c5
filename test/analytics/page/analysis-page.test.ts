import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Analysis } from "../../../src/analytics/analysis.js";
import { analyze } from "../../../src/analytics/analyze.js";
import { analysisPage } from "../../../src/analytics/page/analysis-page.js";
import { analysisHtml, analysisMarkdown, writeAnalysis } from "../../../src/analytics/write-analysis.js";
import { openHistory } from "../../../src/history/history.js";
import type { Block } from "../../../src/page/page.js";
import { startBrowser } from "../../support/browser.js";
import { OPERATOR } from "../../support/nightly-job.js";
import { checkPage } from "../../support/page-checks/check-page.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";
import { HOSTILE, hostileHistory } from "./hostile-history.js";

const folder = temporaryFolder();
const browser = await startBrowser();
afterAll(() => browser?.close());

let analysis: Analysis;
let hostile: Analysis;
beforeAll(async () => {
  const history = await openHistory(OPERATOR);
  const by = ["region", "dealer", "usageTrend", "tariff*region", "birth_year"];
  analysis = await analyze(history, { by, groupLeavers: 2, from: "2025-02" });
  history.close();
  const odd = await openHistory(hostileHistory());
  hostile = await analyze(odd);
  odd.close();
});

/** All numbers of plain data. */
function numbersOf(value: unknown, found = new Set<number>()): Set<number> {
  if (typeof value === "number") found.add(value);
  else if (typeof value === "object" && value !== null)
    for (const each of Object.values(value)) numbersOf(each, found);
  return found;
}

/** The numbers behind the cells of all tables. */
function cellNumbers(blocks: readonly Block[]): number[] {
  return blocks.flatMap((block): number[] => {
    if (block.is === "details") return cellNumbers(block.blocks);
    if (block.is !== "table") return [];
    return block.table.rows
      .flat()
      .flatMap((cell) => (typeof cell === "string" || typeof cell.value !== "number" ? [] : [cell.value]));
  });
}

describe("the page of an analysis", () => {
  test("has no number in its tables that its JSON has not", () => {
    const known = numbersOf(JSON.parse(JSON.stringify(analysis)));
    const shown = analysisPage(analysis, { locale: "en" }).sections.flatMap(({ blocks }) =>
      cellNumbers(blocks),
    );
    expect(shown.length).toBeGreaterThan(500);
    expect(shown.filter((value) => !known.has(value))).toEqual([]);
  });

  test("begins with sentences and key figures, in both languages", () => {
    for (const locale of ["en", "zh"] as const) {
      const [{ id, blocks }] = analysisPage(analysis, { locale }).sections;
      expect([id, blocks[0].is, blocks[1].is]).toEqual(["summary", "list", "figures"]);
      expect(blocks[0].is === "list" && blocks[0].items).toHaveLength(5);
    }
  });

  test.skipIf(browser === undefined)(
    "is right in a browser, in both languages: contrast, names, telephones, paper, no request",
    async () => {
      for (const [name, each] of Object.entries({ analysis, hostile })) {
        for (const locale of ["en", "zh"] as const) {
          const [path] = await writeAnalysis(each, join(folder.path, `${name}.${locale}.html`), { locale });
          expect(await checkPage(browser as NonNullable<typeof browser>, path), `${name} ${locale}`).toEqual(
            [],
          );
        }
      }
    },
    180_000,
  );

  test("shows names that hold markup and formulas as they are", () => {
    const { html } = analysisHtml(hostile);
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img");
    for (const name of HOSTILE) expect(JSON.stringify(hostile)).toContain(JSON.stringify(name).slice(1, -1));
    const { markdown, files } = analysisMarkdown(hostile);
    expect(markdown).not.toMatch(/(?<!\\)<(script|img)/u);
    for (const { name, text } of files)
      if (name.endsWith(".csv")) expect(text, name).not.toMatch(/(^|,|\n)"?[=+@]/u);
  });

  test("is plain JSON: nothing is undefined, infinite or not a number", () => {
    for (const each of [analysis, hostile]) expect(JSON.parse(JSON.stringify(each))).toEqual(each);
  });
});

describe("writing an analysis", () => {
  test("refuses what is none, and other files", async () => {
    const call = (what: unknown) => () => analysisHtml(what as Analysis);
    expect(await thrownBy(call({}))).toMatchObject({
      path: { function: "analysisHtml", argument: "analysis" },
    });
    expect(await thrownBy(call(Promise.resolve(analysis)))).toMatchObject({
      problems: [{ hint: "await it first" }],
    });
    expect(await thrownBy(() => writeAnalysis(analysis, "a.pdf"))).toMatchObject({
      path: { function: "writeAnalysis", argument: "path" },
    });
    expect(await thrownBy(() => analysisMarkdown(analysis, { locale: "fr" as "en" }))).toMatchObject({
      path: { function: "analysisMarkdown", argument: "locale" },
    });
  });
});
