import { formatDate, parseDate } from "./dates.js";

/** Days of a usual year before each month. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

/** The first day of a month, in days since 1970-01-01 (Gregorian); months, whole numbers, count from January 1970 = 0. */
export function firstDayOf(month: number): number {
  const year = 1970 + Math.floor(month / 12);
  const ofYear = month - 12 * (year - 1970);
  const last = ofYear >= 2 ? year : year - 1;
  const leapDays = Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400) - 477;
  return 365 * (year - 1970) + leapDays + DAYS_BEFORE[ofYear];
}

/** The month that a day lies in (Hinnant 2013, "chrono-compatible low-level date algorithms", civil_from_days). */
export function monthOf(day: number): number {
  const sinceEpoch = Math.floor(day) + 719_468;
  const era = Math.floor(sinceEpoch / 146_097);
  const ofEra = sinceEpoch - era * 146_097;
  const leapDays = Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096);
  const yearOfEra = Math.floor((ofEra - leapDays) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  // The years of this calendar begin on the first of March.
  return 12 * (yearOfEra + 400 * era - 1970) + Math.floor((5 * ofYear + 2) / 153) + 2;
}

/** `2025-06` of a month. */
export function monthText(month: number): string {
  return formatDate(firstDayOf(month)).slice(0, 7);
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
