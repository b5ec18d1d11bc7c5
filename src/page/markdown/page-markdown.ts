import { checkPage } from "../check-page.js";
import type { Page, PageFile } from "../page.js";
import { pageWords } from "../words.js";
import { type MarkdownContext, markdownBlocks } from "./markdown-blocks.js";
import { markdownCell, markdownText } from "./markdown-text.js";

/** Options of {@link pageMarkdown}. */
export interface PageMarkdownOptions {
  /** With what the names of its files begin: `report` for `report.md`. */
  readonly name: string;
}

/** A page as Markdown, and the files that belong beside it. */
export interface PageMarkdown {
  readonly markdown: string;
  readonly files: readonly PageFile[];
}

/** A page as Markdown, whose tables are aligned so that it can be read in a terminal too; charts are SVG files beside it. */
export function pageMarkdown(page: Page, { name }: PageMarkdownOptions): PageMarkdown {
  checkPage("pageMarkdown", page, name);
  const context: MarkdownContext = { name, words: pageWords(page.locale), files: [], level: 3 };
  const sections = page.sections.map(({ title, blocks }) =>
    [`## ${markdownCell(title)}`, markdownBlocks(blocks, context)].filter((part) => part !== "").join("\n\n"),
  );
  const foot = page.foot.map(markdownText).join("\n\n");
  const parts = [`# ${markdownCell(page.title)}`, markdownText(page.subtitle), ...sections];
  return {
    markdown: `${[...parts, ...(foot === "" ? [] : ["---", foot])].join("\n\n")}\n`,
    files: context.files,
  };
}
