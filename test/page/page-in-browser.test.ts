import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { writePage } from "../../src/page/write-page.js";
import { startBrowser } from "../support/browser.js";
import { checkPage, withPage } from "../support/page-checks/check-page.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { examplePage, PLOT_VARIABLES } from "./example-page.js";

const folder = temporaryFolder();
const browser = await startBrowser();
afterAll(() => browser?.close());

const pathOf = (locale: "en" | "zh") => join(folder.path, `${locale}.html`);
await writePage(examplePage("en"), pathOf("en"), { plotVariables: PLOT_VARIABLES });
await writePage(examplePage("zh"), pathOf("zh"), { plotVariables: PLOT_VARIABLES });

/** Opens the example; a request or a message on the console fails the test. */
async function open(use: (page: Page) => Promise<void>, locale: "en" | "zh" = "en"): Promise<void> {
  if (!browser) return;
  const problems = await withPage(
    browser,
    pathOf(locale),
    { viewport: { width: 1280, height: 900 } },
    async (page) => {
      await use(page);
      return [];
    },
  );
  expect(problems).toEqual([]);
}

/** The texts of a column of a table, of rows that are shown. */
async function column(page: Page, table: string, place: number): Promise<string[]> {
  return await page.evaluate(
    `[...document.querySelectorAll("#${table} tbody tr:not([hidden]) > :nth-child(${place})")].map((cell) => cell.textContent)`,
  );
}

describe.skipIf(!browser)("a page in a browser", () => {
  for (const locale of ["en", "zh"] as const) {
    test(`asks no host for anything, and is right on screens, telephones and paper, in light and dark (${locale})`, async () => {
      expect(await checkPage(browser!, pathOf(locale))).toEqual([]);
    });
  }

  test("the contents lead to each section, and mark the one that is read", async () => {
    await open(async (page) => {
      for (const { id, title } of examplePage().sections) {
        await page.click(`nav a[href="#${id}"]`);
        expect(new URL(page.url()).hash).toBe(`#${id}`);
        expect(await page.textContent(`#${id} h2`)).toBe(title);
      }
      await page.click('nav a[href="#ranking"]');
      await page.waitForSelector('nav a[href="#ranking"][aria-current]');
    });
  });

  test("the first tab skips to the content", async () => {
    await open(async (page) => {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.id")).toBe("main_");
    });
  });

  test("numbers are sorted by value, the largest first, then the smallest; dashes are last both times", async () => {
    await open(async (page) => {
      const head = page.locator("#many th", { hasText: "ROC AUC" });
      expect(await head.getAttribute("aria-sort")).toBe("none");
      await head.getByRole("button").click();
      expect(await head.getAttribute("aria-sort")).toBe("descending");
      const falling = await column(page, "many", 4);
      const numbers = falling.filter((text) => text !== "–").map(Number);
      expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
      expect(falling.slice(numbers.length)).toEqual(Array.from({ length: 12 }, () => "–"));
      await head.getByRole("button").click();
      expect(await head.getAttribute("aria-sort")).toBe("ascending");
      const rising = await column(page, "many", 4);
      expect(rising.slice(0, numbers.length).map(Number)).toEqual([...numbers].reverse());
      expect(rising.at(-1)).toBe("–");
    });
  });

  test("percents, thousands and ranges are sorted as numbers, texts by the language, equal rows as they were", async () => {
    await open(async (page) => {
      const sortedBy = async (name: string, place: number) => {
        await page.locator("#segments-all th", { hasText: name }).getByRole("button").click();
        return await column(page, "segments-all", place);
      };
      expect((await sortedBy("Churn rate", 3)).slice(0, 3)).toEqual(["96.0%", "92.0%", "85.0%"]);
      expect((await sortedBy("Rows", 2)).slice(0, 2)).toEqual(["1,234", "1,227"]);
      expect((await sortedBy("95% interval", 5)).slice(0, 2)).toEqual(["0.85–0.94", "0.84–0.93"]);
      expect((await sortedBy("Gap", 6)).slice(0, 2)).toEqual(["▲ 0.980", "▲ 0.940"]);
      await sortedBy("Rows", 2);
      expect((await sortedBy("Calibration", 7)).slice(0, 2)).toEqual(["as observed", "as observed"]);
      expect((await column(page, "segments-all", 2)).slice(0, 3)).toEqual(["1,227", "1,220", "1,206"]);
    });
  });

  test("a head is sorted by the keyboard, with a focus that can be seen", async () => {
    await open(async (page) => {
      await page.locator("#metrics th", { hasText: "Value" }).getByRole("button").focus();
      await page.keyboard.press("Shift+Tab");
      expect(await page.evaluate("document.activeElement.textContent")).toBe("Metric");
      expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
      await page.keyboard.press("Enter");
      expect((await column(page, "metrics", 1))[0]).toBe("Average precision");
      await page.keyboard.press("Space");
      expect((await column(page, "metrics", 1))[0]).toBe("ROC AUC");
    });
  });

  test("rows of long tables are filtered, and how many are left is announced; short tables have no filter", async () => {
    await open(async (page) => {
      expect(await page.locator("#metrics input").count()).toBe(0);
      const status = page.locator("#many [role=status]");
      await page.locator("#many").getByLabel("Filter rows").fill("SENIOR: yes 1");
      expect(await status.textContent()).toBe("5 of 60 rows");
      expect(await column(page, "many", 1)).toEqual([11, 13, 15, 17, 19].map((row) => `Senior: yes ${row}`));
      await page.locator("#many").getByLabel("Filter rows").fill("");
      expect(await status.textContent()).toBe("");
      expect(await column(page, "many", 1)).toHaveLength(60);
    });
    await open(async (page) => {
      await page.locator("#segments-all").getByLabel("筛选行").fill("光纤");
      expect(await page.locator("#segments-all [role=status]").textContent()).toBe("20 行中的 6 行");
    }, "zh");
  });

  test("the head of a long table stays in view", async () => {
    await open(async (page) => {
      await page.locator("#many tbody tr").nth(50).scrollIntoViewIfNeeded();
      const box = await page.locator("#many thead th").first().boundingBox();
      expect(box?.y).toBeCloseTo(0, 0);
    });
  });

  test("a table that is cut says so and leads to all rows", async () => {
    await open(async (page) => {
      expect(await page.textContent("#segments-all .rest")).toBe(
        "The first 20 of 3,141 rows, all in en-segments-all.csv",
      );
      expect(await page.getAttribute("#segments-all .rest a", "href")).toBe("en-segments-all.csv");
    });
  });

  test("marks of charts say what they are about at the pointer and by the arrow keys", async () => {
    await open(async (page) => {
      const tooltip = page.locator(".tooltip");
      expect(await tooltip.isVisible()).toBe(false);
      await page.locator("#lift .tip").nth(1).hover();
      expect(await tooltip.textContent()).toBe("Tenth 2: 41%");
      await page.mouse.move(0, 0);
      expect(await tooltip.isVisible()).toBe(false);
      await page.locator("#gain svg").focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowLeft");
      expect(await tooltip.textContent()).toBe("Tenth 1: 62%");
      await page.keyboard.press("Escape");
      expect(await tooltip.isVisible()).toBe(false);
      expect(await page.locator("#lift svg").getAttribute("aria-labelledby")).toBe("lift__title lift__desc");
    });
  });

  test("code is copied, and the button says so", async () => {
    await open(async (page) => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.locator(".code button").click();
      await page.locator(".code button", { hasText: "Copied" }).waitFor();
      const copied = await page.evaluate<string>("navigator.clipboard.readText()");
      expect(copied.split("\n")[2]).toBe("```</script>");
    });
  });
});
