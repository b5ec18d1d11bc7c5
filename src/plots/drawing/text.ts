import type { LocaleName } from "../../explain/reasons/locales.js";
import { clipped, displayWidth } from "../../printing/display-width.js";
import { printable } from "../../printing/printable.js";

/** The size of texts, in pixels. */
export const TEXT_SIZE = 12;
/** Widths of characters in sizes of the text, by the widest of usual fonts (DejaVu Sans); others take these for each column. */
const WIDTHS: readonly [RegExp, number][] = [
  [/[iljtfrI.,:;'|!()[\]\s-]/u, 0.4],
  [/[mwMW%@]/u, 0.95],
  [/[A-Z0-9+<>=–−≥≤·]/u, 0.66],
  [/[ -~]/u, 0.61],
];
/** How much wider bold text is. */
export const BOLD = 1.15;
const NARROWEST = 0.4;
const COLUMN = 0.55;

/** About how wide a text is, in pixels; rather too much than too little. */
export function textWidth(text: string, size = TEXT_SIZE): number {
  let width = 0;
  let others = "";
  for (const character of text) {
    const known = WIDTHS.find(([characters]) => characters.test(character));
    if (known === undefined) others += character;
    else width += known[1];
  }
  return (width + displayWidth(others) * COLUMN) * size;
}

/** A name from data on one line: without control characters. */
export function nameOf(text: string): string {
  return printable(text.replace(/\s+/gu, " ").trim());
}

/** A title: in English it begins with a capital letter. */
export function capitalized({ locale }: { readonly locale: LocaleName }, text: string): string {
  if (locale !== "en") return text;
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/** A name, cut to a width in pixels. */
export function fitted(name: string, width: number, size = TEXT_SIZE): string {
  const most = Math.max(2, Math.floor(width / (NARROWEST * size)));
  let text = clipped(name, most);
  for (
    let columns = Math.min(most, displayWidth(text)) - 1;
    columns >= 2 && textWidth(text, size) > width;
    columns--
  )
    text = clipped(name, columns);
  return text;
}

/** A text in lines of a width in pixels, the last one cut where there are more than `most`. */
export function wrapped(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of wordsOf(text)) {
    if (line !== "" && textWidth((line + word).trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  lines.push(line.trimEnd());
  if (lines.length <= most) return lines.map((each) => fitted(each, width, size));
  const rest = lines.slice(most - 1).join(" ");
  return [...lines.slice(0, most - 1), fitted(rest, width, size)];
}

const CHINESE = "\\u3000-\\u9fff\\uff00-\\uffef";
/** What begins no line, and what ends none. */
const CLOSING = "，。：；！？、）》”％%),.:;!?";
const OPENING = "（《“(";
const WORD = new RegExp(
  `[${OPENING}]*(?:[${CHINESE}]|[^\\s${CHINESE}${OPENING}]+)[${CLOSING}]*\\s*|\\S\\s*|\\s+`,
  "gu",
);

/** Where lines may break: after blanks, and between Chinese characters, but not before what closes or after what opens. */
function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}
