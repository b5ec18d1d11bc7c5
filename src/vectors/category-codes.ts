import { isBlank, parseBoolean } from "../table/text-rules.js";

/**
 * Makes the function from a category's text to its code: a level's place, `levels.length` for *other* (rare in
 * training, or not seen there), −1 for blank. Surrounding white space is ignored, and so is the case of
 * `true` and `false`, which readers write differently when a file holds nothing else.
 */
export function categoryCodes(levels: readonly string[]): (text: string) => number {
  const codes = new Map(levels.map((level, code) => [level, code]));
  const booleans = new Map<string, number>();
  levels.forEach((level, code) => {
    const boolean = parseBoolean(level);
    if (boolean !== undefined && !booleans.has(boolean)) booleans.set(boolean, code);
  });
  return (text) => {
    const code = codes.get(text);
    if (code !== undefined) return code;
    if (isBlank(text)) return -1;
    const boolean = booleans.size === 0 ? undefined : parseBoolean(text);
    return codes.get(text.trim()) ?? booleans.get(boolean ?? "") ?? levels.length;
  };
}
