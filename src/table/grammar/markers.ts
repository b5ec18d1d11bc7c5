/** Markers that are no words: where a table uses any marker for numbers, they are missing in its categories too. */
const SIGNS = ["-", "--", "null", "n/a", "#n/a", "n.a.", "\\n", "(null)", "?", "<na>"];
/** Markers that may be a category elsewhere: missing in categories only where a number of the same table is marked with it. */
const WORDS = ["na", "nan", "none", "无", "空"];

const ALL = new Set([...SIGNS, ...WORDS]);
const OF_SIGNS = new Set(SIGNS);
const LONGEST = 6;

/**
 * Whether a text marks a missing value in every column of numbers or dates, in any case: blank, `-`, `--`, NULL, N/A, #N/A,
 * n.a., `\N`, (null), `?`, <NA>, NA, NaN, None, 无, 空.
 * @param trimmed without white space around it.
 */
export function isDefaultMarker(trimmed: string): boolean {
  return trimmed.length <= LONGEST && (trimmed === "" || ALL.has(trimmed.toLowerCase()));
}

/** The same for a marker that is no word. */
export function isMarkerSign(trimmed: string): boolean {
  return trimmed.length <= LONGEST && OF_SIGNS.has(trimmed.toLowerCase());
}
