import { firstDayOf, monthOf, parseDay } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import type { FactColumn, StandardTable } from "../standard-tables.js";

const day = (text: string): number => parseDay(text) as number;

/** From here on a day is no end but "without end": 2099-12-31, 9999-12-31 and the like. */
const ENDLESS_FROM = day("2099-01-01");
/** No fact of today's subscribers is older; 0001-01-01, 1753-01-01, 1899-12-30 and 1900-01-01 stand for none. */
const OLDEST = day("1900-01-02");
/** 1970-01-01, which stands for none where a database wrote the number 0 as a day. */
const ZERO = 0;
/** How much later than the newest day a start may be planned. */
const PLANNED_DAYS = 366;

/** Which days of a column stand for none: of ends, and of dates that are no days of facts. */
export interface NoDays {
  /** SQL, true for such a day. */
  sql(column: string): string;
  /** SQL for a day, NULL for such a day; it mentions the column as seldom as it can. */
  without(column: string): string;
  is(day: number): boolean;
}

const NO_END: NoDays = {
  sql: (column) => `(${column} >= ${ENDLESS_FROM} OR ${column} < ${OLDEST} OR ${column} = ${ZERO})`,
  without: (column) => `nullif(${days(column)}, ${ZERO})`,
  is: (each) => each >= ENDLESS_FROM || each < OLDEST || each === ZERO,
};
/** 1970-01-01 may be a birthday. */
const NO_DATE: NoDays = {
  sql: (column) => `(${column} >= ${ENDLESS_FROM} OR ${column} < ${OLDEST})`,
  without: days,
  is: (each) => each >= ENDLESS_FROM || each < OLDEST,
};

function days(column: string): string {
  return `CASE WHEN ${column} BETWEEN ${OLDEST} AND ${ENDLESS_FROM - 1} THEN ${column} END`;
}

/** The days of a column that stand for none; undefined where each day is that of a fact. */
export function noDaysOf({ time, columns }: StandardTable, { name, kind }: FactColumn): NoDays | undefined {
  if (kind !== "day") return undefined;
  if (name === time.end || name === "contract_until") return NO_END;
  const isFact = name !== "birth_date" && columns.some((column) => column.name === name);
  return isFact ? undefined : NO_DATE;
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
