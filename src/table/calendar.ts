import { parseDate } from "./dates.js";

const DAY = 86_400_000;

/** The first day of a month, in days since 1970-01-01; months count from January 1970 = 0. */
export function firstDayOf(month: number): number {
  return Date.UTC(1970, month, 1) / DAY;
}

/** The month that a day lies in. */
export function monthOf(day: number): number {
  const date = new Date(day * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The same day of the month `months` later, or the last of that month where it is shorter. */
export function addMonths(day: number, months: number): number {
  const month = monthOf(day);
  const dayOfMonth = day - firstDayOf(month);
  const target = month + months;
  return firstDayOf(target) + Math.min(dayOfMonth, firstDayOf(target + 1) - firstDayOf(target) - 1);
}

/** A day written as `2025-02-01`, or a month as `2025-02`, which means its first day; undefined for anything else. */
export function parseDay(text: string): number | undefined {
  if (!/^\d{4}[-/]/.test(text.trim())) return undefined;
  const day = parseDate(/^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text);
  return day === undefined || !Number.isInteger(day) ? undefined : day;
}
