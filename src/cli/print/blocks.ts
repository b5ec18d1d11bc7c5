import type { LocaleName } from "../../explain/reasons/locales.js";
import { type BlockWriters, writeBlock } from "../../page/block-writers.js";
import { cellText } from "../../page/cells.js";
import type { Block } from "../../page/page.js";
import { pageWords } from "../../page/words.js";
import { printable } from "../../printing/printable.js";
import { textTable } from "../../printing/text-table.js";

/** Blocks of a page for a terminal, without pictures; long tables have as many rows as on the page. */
export function blocksText(blocks: readonly Block[], locale: LocaleName = "en"): string {
  return blocks
    .map((block) => writeBlock(WRITERS, block, locale))
    .filter((text) => text !== "")
    .join("\n\n");
}

const WRITERS: BlockWriters<LocaleName, string> = {
  text: ({ text }) => printable(text),
  heading: ({ text }) => printable(text),
  list: ({ items }) => items.map((item) => `- ${printable(item)}`).join("\n"),
  note: ({ text }) => printable(text),
  figures: ({ items }) =>
    items
      .map(({ label, value, detail }) => {
        const after = detail === undefined ? "" : ` (${detail})`;
        return printable(`- ${label}: ${value}${after}`);
      })
      .join("\n"),
  table: ({ table: { caption, head, rows, most = rows.length } }, locale) => {
    const shown = rows.slice(0, most).map((row) => row.map(cellText));
    const text = `${printable(caption)}\n\n${textTable(head, shown)}`;
    if (rows.length <= most) return text;
    return `${text}\n… ${pageWords(locale)("{shown} of {rows} rows", { shown: most, rows: rows.length })}`;
  },
  pictures: () => "",
  code: ({ text }) => text,
  details: ({ blocks }, locale) => blocksText(blocks, locale),
};
