/**
 * A plain decimal number: sign, digits without a superfluous leading zero, fraction, exponent.
 * Written so that RE2 (DuckDB, Spark, PostgreSQL) takes it as it stands.
 */
const NUMBER = /^[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
/** Any spelling of a decimal number, for columns that are known to hold numbers. */
const SPELLED = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const INTEGER = /^[+-]?[0-9]+$/;
const INFINITE = /^[+-]?inf(?:inity)?$/i;
const MISSING = /^(?:|na|n\/a|nan|null|\\n|#n\/a)$/i;
const BOOLEAN = /^(?:true|false)$/i;

/**
 * Reads one cell as a number, the same double as `Number(text)`; surrounding white space is ignored.
 * Returns NaN for a missing cell (blank, NA, N/A, NaN, null, \N, #N/A in any case), ±Infinity for `inf` and
 * overflow, and undefined for what is not a number: also `007` (an id) and integers beyond ±2^53 (digits would be lost).
 */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (NUMBER.test(trimmed)) {
    const value = Number(trimmed);
    return Math.abs(value) >= 2 ** 53 && INTEGER.test(trimmed) && !isExact(trimmed) ? undefined : value;
  }
  if (MISSING.test(trimmed)) return Number.NaN;
  if (INFINITE.test(trimmed)) return trimmed.startsWith("-") ? -Infinity : Infinity;
  return undefined;
}

/**
 * {@link parseNumber} for a column that is known to hold numbers, as it was declared or a model was trained on it: there `007`,
 * `5.` and integers beyond ±2^53 are numbers like any other, and one number is the same in all of its spellings.
 */
export function readNumber(text: string): number | undefined {
  const number = parseNumber(text);
  return number === undefined && SPELLED.test(text.trim()) ? Number(text) : number;
}

/** Whether a text counts as missing in every kind of column: nothing but white space. */
export function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** Whether a text counts as missing in a column of numbers or dates. */
export function isMissingToken(text: string): boolean {
  return MISSING.test(text.trim());
}

/** `"true"` or `"false"` for such a text in any case, else undefined. */
export function parseBoolean(text: string): "true" | "false" | undefined {
  const trimmed = text.trim();
  if (!BOOLEAN.test(trimmed)) return undefined;
  return trimmed.length === 4 ? "true" : "false";
}

function isExact(integer: string): boolean {
  return integer.replace(/^[+-]/, "") === String(2 ** 53);
}
