/** SQL for the date of a day since 1970-01-01. */
export function dateOfDay(day: string | number): string {
  return `(DATE '1970-01-01' + (${day})::INTEGER)`;
}

/** SQL for the day since 1970-01-01 of a date. */
export function dayOfDate(date: string): string {
  return `(${date} - DATE '1970-01-01')::INTEGER`;
}

/** SQL for the year of a day since 1970-01-01. */
export function yearOfDay(day: string): string {
  return `year(${dateOfDay(day)})`;
}

/** SQL for the month, counted from January 1970 = 0, of a day since 1970-01-01. */
export function monthOfDay(day: string): string {
  return `((${yearOfDay(day)} - 1970) * 12 + month(${dateOfDay(day)}) - 1)::INTEGER`;
}

/** SQL for the day of the month, from 1, of a day since 1970-01-01. */
export function dayOfMonth(day: string): string {
  return `day(${dateOfDay(day)})`;
}

/** SQL for the first month that begins on a day since 1970-01-01 or later. */
export function firstWholeMonth(day: string): string {
  return `(${monthOfDay(`${day} - 1`)} + 1)`;
}
