import { eastAsianWidth } from "get-east-asian-width";

/**
 * How many columns of a terminal a text without control characters takes: one for most characters, two for those that
 * are wide in East Asia, none for marks on the character before. Libraries that also measure sequences of emoji cost 20
 * ms where this module is imported, for tables that rarely hold any.
 */
export function textWidth(text: string): number {
  if (/^[ -~]*$/u.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) continue;
    width += eastAsianWidth(character.codePointAt(0) as number);
  }
  return width;
}
