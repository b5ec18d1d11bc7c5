import { parseNumber } from "../text-rules.js";

/**
 * What makes two label values the same: case, width, surrounding and repeated blanks and one dot at the end do not count,
 * and numbers count by value. `True.` is `true`, `1.0` is `1`.
 */
export function labelKey(value: string): string {
  const text = value.normalize("NFKC").trim().replaceAll(/\s+/gu, " ").toLowerCase();
  const withoutDot = text.length > 1 && text.endsWith(".") ? text.slice(0, -1).trimEnd() : text;
  const number = parseNumber(withoutDot);
  return number !== undefined && Number.isFinite(number) ? String(number + 0) : withoutDot;
}

/** A text for comparison with words: lower case, without accents. */
export function wordOf(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/gu, "")
    .normalize("NFKC")
    .toLowerCase();
}

/** The words of a text with blanks between. */
export function wordsOf(text: string): string[] {
  return wordOf(text)
    .split(" ")
    .filter((word) => word !== "");
}
