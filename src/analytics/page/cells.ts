import type { Block, PageCell, PageTable } from "../../page/page.js";
import { percent, whole } from "../../printing/numbers.js";
import { money } from "../../printing/prose.js";

/** In the place of what is not known, or is not there. */
export const DASH = "–";

/** A share with the number by which its column is sorted. @param bar the share that fills the cell; default: no bar. */
export function shareCell(share: number | null, bar?: number): PageCell {
  if (share === null) return { text: DASH, value: null };
  return {
    text: percent(share),
    value: share,
    ...(bar === undefined ? {} : { bar: Math.max(0, Math.min(1, bar)) }),
  };
}

export function countCell(count: number | null): PageCell {
  return count === null ? { text: DASH, value: null } : { text: whole(count), value: count };
}

export function moneyCell(amount: number | null): PageCell {
  return amount === null ? { text: DASH, value: null } : { text: money(amount), value: amount };
}

/** An interval of shares. */
export function intervalCell(low: number | null, high: number | null): PageCell {
  return low === null || high === null ? DASH : `${percent(low)}–${percent(high)}`;
}

/** A difference of shares in percentage points, with its sign: `+0.31`. */
export function points(difference: number | null): string {
  if (difference === null) return DASH;
  const text = (100 * Math.abs(difference)).toFixed(2);
  return Number(text) === 0 ? text : `${difference < 0 ? "−" : "+"}${text}`;
}

export function pointsCell(difference: number | null): PageCell {
  return { text: points(difference), value: difference };
}

/** A whole number with its sign: `+12`, `−3`. */
export function signed(count: number | null): string {
  if (count === null) return DASH;
  return `${count < 0 ? "−" : count > 0 ? "+" : ""}${whole(Math.abs(count))}`;
}

export function tableBlock(table: PageTable): Block {
  return { is: "table", table };
}
