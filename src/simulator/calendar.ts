import { firstDayOf } from "../table/calendar.js";

/** The number of a month, counted from January 1970 = 0, for its first day as `2025-02-01`; else undefined. */
export function monthOfDate(date: string): number | undefined {
  const match = /^([0-9]{4})-(0[1-9]|1[0-2])-01$/.exec(date);
  return match === null ? undefined : (Number(match[1]) - 1970) * 12 + Number(match[2]) - 1;
}

/** January = 0 … December = 11. */
export function monthOfYear(month: number): number {
  return month % 12;
}

/** An end day of a month, from its second on, by a uniform number. */
export function endDayOf(month: number, uniform: number): number {
  const first = firstDayOf(month);
  return first + 1 + Math.floor(uniform * (firstDayOf(month + 1) - first - 1));
}

/** Full years by the end of the year of a month. */
export function ageIn(month: number, birthYear: number): number {
  return 1970 + Math.floor(month / 12) - birthYear;
}
