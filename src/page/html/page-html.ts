import { createHash } from "node:crypto";
import { html, Markup, unindented } from "../../printing/markup.js";
import { checkPage } from "../check-page.js";
import type { Page, PageFile } from "../page.js";
import { pageWords } from "../words.js";
import { htmlBlocks } from "./html-blocks.js";
import type { HtmlContext } from "./html-context.js";
import { pageScript } from "./script.js";
import { type PlotVariables, pageStyle } from "./style.js";

/** Options of {@link pageHtml}. */
export interface PageHtmlOptions {
  /** With what the names of its files begin: `report` for `report.html`. */
  readonly name: string;
  /** Declarations of the CSS variables that charts of the theme `page` use. Default: none. */
  readonly plotVariables?: PlotVariables | undefined;
}

/** A page as HTML, and the files that belong beside it. */
export interface PageHtml {
  readonly html: string;
  readonly files: readonly PageFile[];
}

/**
 * A page as one HTML file that asks no host for anything, is readable without scripts, on a telephone, in the dark and on paper. Its
 * policy allows its own style sheet and script only.
 */
export function pageHtml(page: Page, { name, plotVariables }: PageHtmlOptions): PageHtml {
  checkPage("pageHtml", page, name);
  const words = pageWords(page.locale);
  const context: HtmlContext = { name, words, files: [] };
  const style = unindented(pageStyle(plotVariables));
  const script = unindented(pageScript(words));
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const { text } = html`<!doctype html>
<html lang="${LANGUAGE_TAGS[page.locale]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${page.title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#main_">${words("Skip to the content")}</a>
<header>
<h1>${page.title}</h1>
<p>${page.subtitle}</p>
</header>
<nav aria-label="${words("Contents")}"><details open><summary>${words("Contents")}</summary>
<ol>${page.sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></details></nav>
<main id="main_" tabindex="-1">
${page.sections.map(
  ({ id, title, blocks }) => html`<section id="${id}" aria-labelledby="${id}_title">
<h2 id="${id}_title">${title}</h2>
${htmlBlocks(blocks, context)}</section>
`,
)}</main>
<footer>${page.foot.map((line) => html`<p>${line}</p>`)}</footer>
<script>${new Markup(script)}${SCRIPT_END}
</body>
</html>
`;
  return { html: text, files: context.files };
}

/** Apart, as bundlers rewrite templates that hold it, with help of a package that is not there. */
const SCRIPT_END = new Markup("</script>");

const LANGUAGE_TAGS: Readonly<Record<Page["locale"], string>> = { en: "en", zh: "zh-CN" };

/** The source of an inline style sheet or script, as a policy names it. */
function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
