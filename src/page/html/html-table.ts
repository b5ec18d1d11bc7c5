import { html, type Markup } from "../../printing/markup.js";
import { cellText, numberColumns } from "../cells.js";
import { addressOf, cutTable } from "../cut-table.js";
import type { PageCell, PageTable } from "../page.js";
import type { HtmlContext } from "./html-context.js";

/**
 * A table in a region that scrolls where it is wider than the page. Cells are aligned right unless their class is `t`; a script sorts
 * them by `data-v` where they have it.
 */
export function htmlTable(table: PageTable, context: HtmlContext): Markup {
  const { rows, rest } = cutTable(table, context.name, context.words);
  if (rest !== undefined) context.files.push(rest.file);
  // As a whole: a column is aligned by cells that are not shown too.
  const isNumber = numberColumns(table);
  const captionId = `${table.id}_caption`;
  const heads = table.head.map((text, column) =>
    isNumber[column] ? html`<th scope="col">${text}</th>` : html`<th scope="col" class="t">${text}</th>`,
  );
  return html`<div class="table" id="${table.id}">
<div class="scroll" role="group" aria-labelledby="${captionId}" tabindex="0"><table>
<caption id="${captionId}"><span>${table.caption}</span></caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => htmlRow(row, isNumber, context))}</tbody>
</table></div>${
    rest &&
    html`
<p class="rest">${rest.says} <a href="${addressOf(rest.file)}">${rest.file.name}</a></p>`
  }
</div>
`;
}

function htmlRow(row: readonly PageCell[], isNumber: readonly boolean[], context: HtmlContext): Markup {
  const cells = row.map((cell, column) => {
    const attributes = cellAttributes(cell, column > 0 && !isNumber[column]);
    const mark = html`<span class="mark" role="img" aria-label="${context.words("Warning")}">▲</span> `;
    const shown = html`${typeof cell !== "string" && cell.tone === "warning" && mark}${cellText(cell)}`;
    return column === 0
      ? html`<th scope="row"${attributes}>${shown}</th>`
      : html`<td${attributes}>${shown}</td>`;
  });
  return html`<tr>${cells}</tr>
`;
}

/** Longer texts need a width: Chinese ones would else be a character wide where there is little room. */
const LONG = 20;

function cellAttributes(cell: PageCell, isText: boolean): Markup {
  const { value, tone, bar }: Exclude<PageCell, string> = typeof cell === "string" ? { text: cell } : cell;
  const classes = [
    ...(isText ? ["t"] : []),
    ...(isText && cellText(cell).length > LONG ? ["long"] : []),
    ...(bar === undefined ? [] : ["bar", `w${barWidth(bar)}`]),
    ...(tone === "warning" ? ["warn"] : []),
  ].join(" ");
  return html`${classes !== "" && html` class="${classes}"`}${value !== undefined && html` data-v="${value ?? ""}"`}`;
}

/** In whole percent of the cell, for which the style sheet has a class each: a `style` attribute would be refused by the page's policy. */
function barWidth(bar: number): number {
  return Math.round(Math.min(1, Math.max(0, bar)) * 100) || 0;
}
