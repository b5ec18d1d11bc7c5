import { markdownTable } from "../../printing/text-table.js";
import type { Translate } from "../../printing/translator.js";
import { type BlockWriters, writeBlock } from "../block-writers.js";
import { cellText, numberColumns } from "../cells.js";
import { addressOf, cutTable, printableCode } from "../cut-table.js";
import type { Block, PageCell, PageFile, PageTable, Picture } from "../page.js";
import type { PageText } from "../words.js";
import { markdownCell, markdownText } from "./markdown-text.js";

/** What the parts of a Markdown page share while it is written. */
export interface MarkdownContext {
  /** The page's, with which the names of its files begin. */
  readonly name: string;
  readonly words: Translate<PageText>;
  /** Files that belong beside the page, so far. */
  readonly files: PageFile[];
  /** The level of headings within the section: 3, or 4 within details. */
  readonly level: number;
}

/** Blocks as Markdown, each with an empty line after it. */
export function markdownBlocks(blocks: readonly Block[], context: MarkdownContext): string {
  return blocks.map((block) => writeBlock(WRITERS, block, context)).join("\n\n");
}

const WRITERS: BlockWriters<MarkdownContext, string> = {
  text: ({ text }) => markdownText(text),
  heading: ({ text }, { level }) => heading(level, text),
  list: ({ items }) => items.map((item) => `- ${markdownText(item)}`).join("\n"),
  note: ({ tone, text }, { words }) =>
    `> **${words(tone === "warning" ? "Warning" : "Not available")}:** ${markdownCell(text)}`,
  figures: ({ items }) =>
    items
      .map(({ label, value, detail }) => {
        const after = detail === undefined ? "" : ` (${markdownCell(detail)})`;
        return `- ${markdownText(label)}: **${markdownCell(value)}**${after}`;
      })
      .join("\n"),
  table: ({ table }, context) => pageTable(table, context),
  pictures: ({ pictures }, context) => pictures.map((each) => picture(each, context)).join("\n\n"),
  code: ({ text }) => fenced(printableCode(text)),
  details: ({ summary, blocks }, context) =>
    [heading(context.level, summary), markdownBlocks(blocks, { ...context, level: context.level + 1 })].join(
      "\n\n",
    ),
};

function heading(level: number, text: string): string {
  return `${"#".repeat(level)} ${markdownCell(text)}`;
}

function pageTable(table: PageTable, { name, words, files }: MarkdownContext): string {
  const { rows, rest } = cutTable(table, name, words);
  const drawn = markdownTable({
    head: table.head.map(markdownCell),
    rows: rows.map((row) => row.map(tableCell)),
    isRight: numberColumns(table),
  });
  const parts = [`**${markdownCell(table.caption)}**`, drawn];
  if (rest !== undefined) {
    files.push(rest.file);
    parts.push(`${rest.says} [${markdownCell(rest.file.name)}](${addressOf(rest.file)})`);
  }
  return parts.join("\n\n");
}

/** A warning is marked by a shape, as in HTML: bold type alone is easily missed. */
function tableCell(cell: PageCell): string {
  const text = markdownCell(cellText(cell));
  return typeof cell !== "string" && cell.tone === "warning" ? `▲ ${text}` : text;
}

function picture({ id, title, caption, svg }: Picture, { name, files }: MarkdownContext): string {
  const file = { name: `${name}-${id}.svg`, text: svg("light") };
  files.push(file);
  const shown = `![${markdownCell(title)}](${addressOf(file)})`;
  return caption === undefined ? shown : `${shown}\n\n${markdownText(caption)}`;
}

/** Between fences that are longer than any row of backticks in it. */
function fenced(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}\n${text}\n${fence}`;
}
