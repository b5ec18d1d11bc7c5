const DAY = 86_400_000;

/** The number of a month, counted from January 1970 = 0, for its first day as `2025-02-01`; else undefined. */
export function monthOfDate(date: string): number | undefined {
  const match = /^([0-9]{4})-(0[1-9]|1[0-2])-01$/.exec(date);
  return match === null ? undefined : (Number(match[1]) - 1970) * 12 + Number(match[2]) - 1;
}

/** The first day of a month, in days since 1970-01-01. */
export function firstDayOf(month: number): number {
  return Date.UTC(1970, month, 1) / DAY;
}

/** The month of a day, both counted from January 1970 = 0. */
export function monthOfDay(day: number): number {
  const date = new Date(day * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The first day of a month as `2025-02-01`. */
export function dateOfMonth(month: number): string {
  return new Date(firstDayOf(month) * DAY).toISOString().slice(0, 10);
}

/** January = 0 … December = 11. */
export function monthOfYear(month: number): number {
  return month % 12;
}
