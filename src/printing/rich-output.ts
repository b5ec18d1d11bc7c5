import { html, type Markup } from "./markup.js";
import { isNumberLike, type TableText } from "./text-table.js";

/** One thing in several forms, by media type: a notebook shows the richest that it can. */
export type MediaBundle = Record<string, string>;

/** A table of a notebook. */
export interface RichTable extends TableText {
  readonly caption?: string | undefined;
  /** A second line of headings, such as the kinds of columns. */
  readonly below?: readonly string[] | undefined;
}

/** A part of what a notebook shows: a paragraph, or a table. */
export type RichPart = string | RichTable;

/**
 * What a notebook shows: HTML of the parts, and the text where HTML can't be shown.
 * @param parts default: the text alone.
 */
export function mediaBundle(text: string, parts: readonly RichPart[] = []): MediaBundle {
  const bundle = { "text/plain": text };
  return parts.length === 0
    ? bundle
    : { ...bundle, "text/html": parts.map((part) => partHtml(part).text).join("") };
}

function partHtml(part: RichPart): Markup {
  return typeof part === "string" ? html`<p>${part}</p>\n` : tableHtml(part);
}

/** Cells up to so many characters stay on one line. */
const SHORT = 30;

/** Notebooks have their own style for tables; only texts need to be told that they begin at the left. */
function tableHtml({ caption, head, below, rows, isRight: given }: RichTable): Markup {
  const isRight = given ?? head.map((_, column) => rows.every((row) => isNumberLike(row[column])));
  const isShort = rows.every((row) => row.every((cell) => String(cell).length <= SHORT));
  const style = (column: number, cell = "") => {
    const rules = [
      ...(isRight[column] ? [] : ["text-align:left"]),
      ...(isShort || cell === "" || cell.length > SHORT ? [] : ["white-space:nowrap"]),
    ];
    return rules.length > 0 && html` style="${rules.join(";")}"`;
  };
  const headings = (texts: readonly string[]) =>
    html`<tr>${texts.map((text, column) => html`<th scope="col"${style(column)}>${text}</th>`)}</tr>\n`;
  const lines = rows.map(
    (row) =>
      html`<tr>${row.map((cell, column) => html`<td${style(column, String(cell))}>${cell}</td>`)}</tr>\n`,
  );
  const title = caption !== undefined && html`<caption style="text-align:left">${caption}</caption>\n`;
  return html`<table${isShort && html` style="white-space:nowrap"`}>
${title}<thead>${headings(head)}${below !== undefined && headings(below)}</thead>
<tbody>${lines}</tbody></table>
`;
}
