import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** The checks of `in-page.js`. */
type InPage =
  | "contrast"
  | "pictures"
  | "anchors"
  | "headings"
  | "overflow"
  | "regions"
  | "controls"
  | "hidden"
  | "paper";

const IN_PAGE = readFileSync(new URL("in-page.js", import.meta.url), "utf8");

const DESKTOP = { width: 1280, height: 900 };
const TELEPHONES = [
  { width: 360, height: 780 },
  { width: 390, height: 844 },
];

/**
 * Everything that is wrong with an HTML page in a file: what it asks of hosts, what it says on the console, dead links, headings, names and
 * contrasts, without scripts, on a telephone, on paper, in the dark. Empty for a page that is right.
 */
export async function checkPage(browser: Browser, path: string): Promise<string[]> {
  const open = (options: BrowserContextOptions, use: (page: Page) => Promise<string[]>) =>
    withPage(browser, path, options, use);
  const problems: string[] = [];
  const add = (where: string, found: readonly string[]) =>
    problems.push(...found.map((problem) => `${where}: ${problem}`));

  for (const colorScheme of ["light", "dark"] as const) {
    add(
      colorScheme,
      await open({ colorScheme, viewport: DESKTOP }, (page) =>
        inPage(page, ["anchors", "headings", "pictures", "overflow", "regions", "hidden", "contrast"]),
      ),
    );
    add(`axe, ${colorScheme}`, await open({ colorScheme, viewport: DESKTOP, bypassCSP: true }, axeProblems));
  }
  for (const viewport of TELEPHONES) {
    for (const javaScriptEnabled of [true, false]) {
      const where = `${viewport.width} pixels, ${javaScriptEnabled ? "with" : "without"} scripts`;
      add(
        where,
        await open({ viewport, javaScriptEnabled }, (page) => inPage(page, ["overflow", "regions"])),
      );
    }
  }
  add(
    "without scripts",
    await open({ viewport: DESKTOP, javaScriptEnabled: false }, (page) =>
      inPage(page, ["controls", "hidden", "anchors", "pictures", "regions", "overflow"]),
    ),
  );
  for (const javaScriptEnabled of [true, false]) {
    add(
      "on paper",
      await open({ viewport: DESKTOP, javaScriptEnabled, colorScheme: "dark" }, async (page) => {
        await page.emulateMedia({ media: "print" });
        return await inPage(page, ["paper", "contrast"]);
      }),
    );
  }
  return [...new Set(problems)];
}

/** Opens a page, and adds to the problems what it asked of hosts and what it said on the console. */
export async function withPage(
  browser: Browser,
  path: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<string[]>,
): Promise<string[]> {
  const context = await browser.newContext(options);
  const problems: string[] = [];
  try {
    const page = await context.newPage();
    const address = pathToFileURL(path).href;
    page.on("request", (request) => {
      const isItself = request.url() === address || request.url().startsWith("data:");
      if (!isItself) problems.push(`asks for ${request.url()}`);
    });
    page.on("console", (message) => problems.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
    await page.goto(address);
    problems.push(...(await use(page)));
    problems.push(...(await missingFiles(page, path)));
  } finally {
    await context.close();
  }
  return problems;
}

async function inPage(page: Page, checks: readonly InPage[]): Promise<string[]> {
  await page.evaluate(IN_PAGE);
  const problems: string[] = [];
  for (const check of checks) {
    const found = await page.evaluate<string[]>(`pageChecks.${check}()`);
    problems.push(...found.map((problem) => `${check}: ${problem}`));
  }
  return problems;
}

/** Links to files beside the page that are not there. */
async function missingFiles(page: Page, path: string): Promise<string[]> {
  const links = await page.evaluate<string[]>(
    "[...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))",
  );
  return links
    .filter((link) => !link.startsWith("#"))
    .filter(
      (link) => /^[a-z]+:|^\//iu.test(link) || !existsSync(join(dirname(path), decodeURIComponent(link))),
    )
    .map((link) => `link to ${link}, which is no file beside the page`);
}

/** What axe finds with all details open. Contrast is computed by `contrast`, which sees through charts and gradients too. */
async function axeProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate<string[]>(`(async () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const { violations, incomplete } = await axe.run({ resultTypes: ["violations", "incomplete"] });
    return [...violations, ...incomplete.filter(({ id }) => id !== "color-contrast")]
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, help, nodes }) => id + ": " + help + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | "));
  })()`);
}
