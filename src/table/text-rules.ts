import { isDefaultMarker } from "./grammar/markers.js";
import { spelledNumberReader } from "./grammar/spelled-number.js";

/**
 * A plain decimal number: sign, digits without a superfluous leading zero, fraction, exponent.
 * Written so that RE2 (DuckDB, Spark, PostgreSQL) takes it as it stands.
 */
const NUMBER = /^[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
/** Any spelling of a decimal number, for columns that are known to hold numbers. */
const SPELLED = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const INTEGER = /^[+-]?[0-9]+$/;
const INFINITE = /^[+-]?inf(?:inity)?$/i;
const spelledNumber = spelledNumberReader(undefined);
const BOOLEAN = /^(?:true|false)$/i;

/**
 * Reads one cell as a number, the same double as `Number(text)`; surrounding white space is ignored.
 * Returns NaN for a missing cell ({@link isDefaultMarker}), ±Infinity for `inf` and
 * overflow, and undefined for what is not a number: also `007` (an id) and integers beyond ±2^53 (digits would be lost).
 */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (NUMBER.test(trimmed)) {
    const value = Number(trimmed);
    return Math.abs(value) >= 2 ** 53 && INTEGER.test(trimmed) && !isExact(trimmed) ? undefined : value;
  }
  if (isDefaultMarker(trimmed)) return Number.NaN;
  if (INFINITE.test(trimmed)) return trimmed.startsWith("-") ? -Infinity : Infinity;
  return undefined;
}

/**
 * {@link parseNumber} for a column that is known to hold numbers, as it was declared or a model was trained on it: there `007`,
 * `5.` and integers beyond ±2^53 are numbers like any other, and one number is the same in all of its spellings. So is money,
 * and a number with thousands that shows which sign is before the fraction: `¥1,431.00`, but not `1,431`.
 */
export function readNumber(text: string): number | undefined {
  const number = parseNumber(text);
  if (number !== undefined) return number;
  if (SPELLED.test(text.trim())) return Number(text);
  const spelled = spelledNumber(text);
  if (spelled === undefined || spelled.isPercent || (spelled.isGrouped && !spelled.isCertain))
    return undefined;
  return spelled.value;
}

/** Whether a text counts as missing in every kind of column: nothing but white space. */
export function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** Whether a text counts as missing in a column of numbers or dates. */
export function isMissingToken(text: string): boolean {
  return isDefaultMarker(text.trim());
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
