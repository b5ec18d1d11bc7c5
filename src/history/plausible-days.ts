import { firstDayOf, monthOf, parseDay } from "../table/calendar.js";
import { formatDate } from "../table/dates.js";

const day = (text: string): number => parseDay(text) as number;

/** From here on a day is no end but "without end": 2099-12-31, 9999-12-31 and the like. */
const ENDLESS_FROM = day("2099-01-01");
/** No fact of today's subscribers is older; 0001-01-01, 1753-01-01, 1899-12-30 and 1900-01-01 stand for none. */
const OLDEST = day("1900-01-02");
/** 1970-01-01, which stands for none where a database wrote the number 0 as a day. */
const ZERO = 0;
/** How much later than the newest day a start may be planned. */
const PLANNED_DAYS = 366;

/** SQL, true for an end that means that there is none. */
export function isOpenEnd(column: string): string {
  return `(${column} >= ${ENDLESS_FROM} OR ${column} < ${OLDEST} OR ${column} = ${ZERO})`;
}

/** SQL, true for a date of a person or a thing that means that there is none; 1970-01-01 may be a birthday. */
export function isNoDate(column: string): string {
  return `(${column} >= ${ENDLESS_FROM} OR ${column} < ${OLDEST})`;
}

/** What the day of a fact must not be, as SQL conditions. */
export interface ImplausibleDays {
  /** Later than it can have happened, or be planned. */
  readonly isFuture: string;
  /** Earlier than any, or a day that stands for none. */
  readonly isPast: string;
  /** The first day that is too late, as text. */
  readonly before: string;
}

/** Bounds of a column of days. @param newest the newest day that a fact can have. @param mayBePlanned whether it is a start. */
export function implausibleDays(column: string, newest: number, mayBePlanned: boolean): ImplausibleDays {
  const last = mayBePlanned ? newest + PLANNED_DAYS : newest;
  return {
    isFuture: `${column} > ${last}`,
    isPast: `(${column} < ${OLDEST} OR ${column} = ${ZERO})`,
    before: formatDate(last + 1),
  };
}

/** The same of a column of months. */
export function implausibleMonths(column: string, newest: number): ImplausibleDays {
  return {
    isFuture: `${column} > ${monthOf(newest)}`,
    isPast: `(${column} <= ${monthOf(OLDEST)} OR ${column} = ${monthOf(ZERO)})`,
    before: formatDate(firstDayOf(monthOf(newest) + 1)).slice(0, 7),
  };
}

/** SQL for a day, or NULL where {@link isOpenEnd} or {@link isNoDate} is true. */
export function unless(condition: string, column: string): string {
  return `CASE WHEN ${condition} THEN NULL ELSE ${column} END`;
}
