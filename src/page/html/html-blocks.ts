import { html, type Markup, preformatted } from "../../printing/markup.js";
import { type BlockWriters, writeBlock } from "../block-writers.js";
import { printableCode } from "../cut-table.js";
import type { Block, KeyFigure } from "../page.js";
import type { HtmlContext } from "./html-context.js";
import { htmlPicture } from "./html-picture.js";
import { htmlTable } from "./html-table.js";

/** Blocks as HTML, one after the other. */
export function htmlBlocks(blocks: readonly Block[], context: HtmlContext): Markup[] {
  return blocks.map((block) => writeBlock(WRITERS, block, context));
}

const WRITERS: BlockWriters<HtmlContext, Markup> = {
  text: ({ text, lead }) => html`<p${lead && html` class="lead"`}>${text}</p>
`,
  heading: ({ text }) => html`<h3>${text}</h3>
`,
  list: ({ items }) => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>
`,
  note: ({ tone, text }, { words }) => html`<p class="note ${tone}"><strong>${words(
    tone === "warning" ? "Warning" : "Not available",
  )}</strong> ${text}</p>
`,
  figures: ({ items }) => html`<dl class="figures">${items.map(htmlFigure)}</dl>
`,
  table: ({ table }, context) => htmlTable(table, context),
  pictures: ({ pictures }) => html`<div class="pictures">
${pictures.map(htmlPicture)}</div>
`,
  code: ({
    text,
  }) => html`<div class="code"><pre><code>${preformatted(printableCode(text))}</code></pre></div>
`,
  details: ({ summary, blocks }, context) => html`<details><summary>${summary}</summary>
${htmlBlocks(blocks, context)}</details>
`,
};

function htmlFigure({ label, value, detail }: KeyFigure): Markup {
  return html`<div><dt>${label}</dt><dd class="value">${value}</dd>${detail !== undefined && html`<dd>${detail}</dd>`}</div>`;
}
