import { printable } from "../printing/printable.js";
import type { Translate } from "../printing/translator.js";
import type { PageFile, PageTable } from "./page.js";
import { tableCsv } from "./table-csv.js";
import type { PageText } from "./words.js";

/** A table as the page shows it. */
interface CutTable {
  readonly rows: PageTable["rows"];
  /** Where rows are left out: the file with all of them, and what is said before its name. */
  readonly rest?: { readonly file: PageFile; readonly says: string };
}

/** Cuts a table to the rows that it may show. @param name the page's, with which the name of the file begins. */
export function cutTable(table: PageTable, name: string, words: Translate<PageText>): CutTable {
  const { rows, most = Number.POSITIVE_INFINITY } = table;
  if (rows.length <= most) return { rows };
  const file = { name: `${name}-${table.id}.csv`, text: tableCsv(table) };
  const says = words("The first {shown} of {rows} rows, all in", { shown: most, rows: rows.length });
  return { rows: rows.slice(0, most), rest: { file, says } };
}

/** The address of a file beside the page. */
export function addressOf({ name }: PageFile): string {
  // Parentheses would end the link of a Markdown page.
  return encodeURIComponent(name).replace(/[()]/gu, (each) => (each === "(" ? "%28" : "%29"));
}

/** Code with its lines and tabs, and no other control characters. */
export function printableCode(text: string): string {
  return text
    .split("\n")
    .map((line) => line.split("\t").map(printable).join("\t"))
    .join("\n");
}
