import type { Block, PageCell } from "../../../page/page.js";
import { decimal, whole } from "../../../printing/numbers.js";
import { money } from "../../../printing/prose.js";
import type { ListCell, ListColumn } from "../../lists/list-tables.js";
import { listWords } from "../../lists/list-words.js";
import type { PageContext } from "../page-context.js";

/** A list as a table of the page. */
interface ListTable<Row> {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly ListColumn<Row>[];
  readonly rows: readonly Row[];
  /** How many rows the page shows. */
  readonly most: number;
}

/** A list with its columns, of which the page shows the first rows. */
export function listTable<Row>(
  { locale }: PageContext,
  { id, caption, columns, rows, most }: ListTable<Row>,
): Block {
  const say = listWords(locale);
  return {
    is: "table",
    table: {
      id,
      caption,
      head: columns.map(({ head }) => say(head)),
      rows: rows.map((row) => columns.map(({ kind, cell }) => shown(cell(row, say), kind))),
      most,
    },
  };
}

function shown(cell: ListCell, kind: ListColumn<never>["kind"]): PageCell {
  if (cell === null) return kind === "text" ? "" : "–";
  if (typeof cell === "string") return cell;
  const text = kind === "money" ? money(cell) : Number.isInteger(cell) ? whole(cell) : decimal(cell, 3);
  return { text, value: cell };
}
