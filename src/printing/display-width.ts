const ASCII = /^[\x20-\x7e]*$/;
/** What takes no space by itself: marks on the character before, joiners, controls. */
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;
/** Emoji that are shown as such without being asked to. */
const EMOJI = /^\p{Emoji_Presentation}$/u;
const VARIATION_AS_EMOJI = "\ufe0f";
/** First and last code point of the blocks that are wide or fullwidth (Unicode Standard Annex 11), emoji aside. */
const WIDE_BLOCKS: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], // Hangul jamo
  [0x2329, 0x232a], // angle brackets
  [0x2630, 0x2637], // trigrams
  [0x268a, 0x268f], // monograms, digrams
  [0x2e80, 0x303e], // CJK radicals to CJK punctuation
  [0x3041, 0x3247], // kana to enclosed CJK letters, but not numbers in black squares
  [0x3250, 0xa4cf], // enclosed CJK letters to CJK ideographs to Yi
  [0xa960, 0xa97c], // Hangul jamo extended A
  [0xac00, 0xd7a3], // Hangul syllables
  [0xf900, 0xfaff], // CJK compatibility ideographs
  [0xfe10, 0xfe19], // vertical forms
  [0xfe30, 0xfe6b], // CJK compatibility forms, small forms
  [0xff01, 0xff60], // fullwidth forms
  [0xffe0, 0xffe6], // fullwidth signs
  [0x16fe0, 0x18df2], // Tangut, Khitan
  [0x1aff0, 0x1b2ff], // kana supplement, Nushu
  [0x1d300, 0x1d376], // Tai Xuan Jing symbols, counting rods
  [0x1f200, 0x1f265], // enclosed ideographs
  [0x20000, 0x3fffd], // CJK extensions B and later
];

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
    return EMOJI.test(character) || isWide(character.codePointAt(0) as number) ? 2 : 1;
  }
  return 0;
}

function isWide(codePoint: number): boolean {
  return WIDE_BLOCKS.some(([first, last]) => codePoint >= first && codePoint <= last);
}
