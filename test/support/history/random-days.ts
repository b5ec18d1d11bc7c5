import type { Random } from "../../../src/random.js";
import { firstDayOf } from "../../../src/table/calendar.js";
import { formatDate } from "../../../src/table/dates.js";

/** The first simulated month, 2024-01, and how many there are. */
export const FIRST_MONTH = 54 * 12;
export const MONTHS = 18;
export const FIRST_DAY = firstDayOf(FIRST_MONTH);
export const LAST_DAY = firstDayOf(FIRST_MONTH + MONTHS);

/** Often the first day of a month or the one before it, where windows begin and end. */
export function nearMonthStart(day: number, random: Random): number {
  const date = new Date(day * 86_400_000);
  const first = day - date.getUTCDate() + 1;
  const choice = random.next();
  return choice < 0.25 ? first : choice < 0.4 ? first - 1 : day;
}

export function lateness(day: number, random: Random): string | null {
  const choice = random.next();
  if (choice < 0.5) return null;
  return formatDate(choice < 0.8 ? day : day + random.integer(60));
}

export function textOf(day: number | null): string | null {
  return day === null ? null : formatDate(day);
}

export function pick<Value>(random: Random, values: readonly Value[]): Value {
  return values[random.integer(values.length)];
}
