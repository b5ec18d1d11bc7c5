import { isNumberLike } from "../printing/text-table.js";
import type { PageCell, PageTable } from "./page.js";

/** What a cell shows. */
export function cellText(cell: PageCell): string {
  return typeof cell === "string" ? cell : cell.text;
}

/** For each column, whether it holds numbers and ranges of numbers only, so that it is aligned right. The first never: it names the rows. */
export function numberColumns({ head, rows }: PageTable): boolean[] {
  return head.map(
    (_, column) =>
      column > 0 &&
      rows.every((row) => {
        const text = cellText(row[column]);
        return isNumberLike(text) || AMOUNT_OR_RANGE.test(text);
      }),
  );
}

/** 0.8414–0.8609, 10–20%, 2.4×, $1,200: what `isNumberLike` takes for a text. */
const AMOUNT_OR_RANGE = /^[−–+-]?[¥$€£]?[\d.,]+ ?[%×]?(–[−-]?[¥$€£]?[\d.,]+ ?[%×]?)?$/u;

/**
 * The number that a cell is sorted by: its `value`, or what its text reads as (`1,234`, `12.3%`). Null: there is none, as in `–`.
 * Undefined: the cell is a text.
 */
export function cellNumber(cell: PageCell): number | null | undefined {
  if (typeof cell !== "string" && cell.value !== undefined) return cell.value;
  const text = cellText(cell).trim();
  if (text === "" || text === "–") return null;
  if (!PLAIN_NUMBER.test(text)) return undefined;
  const number = Number(text.replace(/^[−–]/u, "-").replace(/[,%]| %$/gu, ""));
  if (Number.isNaN(number)) return undefined;
  return text.endsWith("%") ? Number((number / 100).toPrecision(12)) : number;
}

const PLAIN_NUMBER = /^[−–+-]?[\d,]*\.?\d+ ?%?$/u;
