/** The form of these dates. */
export const COMPACT_FORM = "yyyyMMdd";

const DAY = 86_400_000;
const FIRST = 19_000_101;
const LAST = 21_001_231;

/** Days since 1970-01-01 of a number such as 20250220, of 1900 to 2100; undefined for one that is no such day. */
export function compactDate(number: number): number | undefined {
  if (!(number >= FIRST && number <= LAST) || !Number.isInteger(number)) return undefined;
  const year = Math.floor(number / 10_000);
  const month = Math.floor(number / 100) % 100;
  const day = number % 100;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / DAY : undefined;
}

/** The number that {@link compactDate} reads as that day; NaN for one with a time of day. */
export function numberOfCompactDate(days: number): number {
  const date = new Date(days * DAY);
  if (!Number.isInteger(days)) return Number.NaN;
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** The days of numbers that all are compact dates, NaN where missing; undefined where one is not, or all are missing. */
export function compactDates(values: Float64Array): Float64Array | undefined {
  let hasDate = false;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    if (compactDate(values[row]) === undefined) return undefined;
    hasDate = true;
  }
  return hasDate ? values.map((value) => compactDate(value) ?? Number.NaN) : undefined;
}
