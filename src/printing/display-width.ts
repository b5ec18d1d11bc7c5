import { eastAsianWidth } from "get-east-asian-width";

const ASCII = /^[\x20-\x7e]*$/;
/** What takes no space by itself: marks on the character before, joiners, controls. */
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;
/** Emoji that are shown as such without being asked to. */
const EMOJI = /^\p{Emoji_Presentation}$/u;
const VARIATION_AS_EMOJI = "\ufe0f";
/** How many columns of a terminal a text takes: Chinese characters and emoji two, marks on other characters none. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemesOf(text)) width += graphemeWidth(segment);
  return width;
}

/** The text, filled up with blanks to that many columns. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** The text, cut to that many columns where it is longer; then it ends in `…`. */
export function clipped(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  let used = 1;
  for (const { segment } of graphemesOf(text)) {
    used += graphemeWidth(segment);
    if (used > width) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** What people see as one character. */
function graphemesOf(text: string): Intl.Segments {
  return new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text);
}

/** The width of its first visible character. */
function graphemeWidth(grapheme: string): number {
  if (grapheme.length > 1 && grapheme.includes(VARIATION_AS_EMOJI)) return 2;
  for (const character of grapheme) {
    if (NO_WIDTH.test(character)) continue;
    return EMOJI.test(character) ? 2 : eastAsianWidth(character.codePointAt(0) as number);
  }
  return 0;
}
