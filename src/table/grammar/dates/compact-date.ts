/** The form of these dates. */
export const COMPACT_FORM = "yyyyMMdd";

const DAY = 86_400_000;
/** The first and the last of these dates as numbers. */
export const FIRST_COMPACT = 19_000_101;
export const LAST_COMPACT = 21_001_231;

/** Days since 1970-01-01 of a number such as 20250220, of 1900 to 2100; undefined for one that is no such day. */
export function compactDate(number: number): number | undefined {
  if (!(number >= FIRST_COMPACT && number <= LAST_COMPACT) || !Number.isInteger(number)) return undefined;
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
