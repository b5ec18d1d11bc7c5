import { isMissingToken } from "./text-rules.js";

const DAY = 86_400_000_000;
const TIME = "(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?)?";
const ZONE = "(?: ?(Z|[+-][0-9]{2}(?::?[0-9]{2})?))?";
/** Year first: what is first can be nothing else. */
const FORMS = [
  "([0-9]{4})-([0-9]{2})-([0-9]{2})",
  "([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})",
  "([0-9]{4})\\.([0-9]{1,2})\\.([0-9]{1,2})",
  "([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日",
].map((form) => new RegExp(`^${form}${TIME}${ZONE}$`, "i"));
/** Could be a number, where a column is not known to hold dates. */
const COMPACT = new RegExp(`^([0-9]{4})([0-9]{2})([0-9]{2})${TIME}${ZONE}$`, "i");

/** A date that was read from a text. */
export interface ParsedDate {
  /** Since 1970-01-01, UTC where it has a zone, else of the calendar and clock that it shows. */
  readonly days: number;
  readonly hasTime: boolean;
  readonly hasZone: boolean;
  /** The offset that it shows, in minutes; undefined without a zone. */
  readonly offset?: number;
}

/**
 * Reads an ISO 8601 date or timestamp (`2023-01-31`, `2023-01-31 08:30`, `2023-01-31T08:30:00.5+08:00`), or the same
 * with slashes, dots or as in Chinese (`2023/1/31`, `2023.1.31`, `2023年1月31日`), as days since 1970-01-01 UTC. Without an
 * offset the time is UTC. Whole microseconds.
 * Returns NaN for a missing cell and undefined for what is not a day of the calendar.
 */
export function parseDate(text: string): number | undefined {
  return dateOrMissing(text, false);
}

/** {@link parseDate} for a column that is known to hold dates: there `20230131` is one too. */
export function readDate(text: string): number | undefined {
  return dateOrMissing(text, true);
}

/** @param mayBeCompact whether `20230131` is a date, and not a number. */
export function parsedDate(trimmed: string, mayBeCompact: boolean): ParsedDate | undefined {
  // Most texts of other columns end here.
  if (trimmed.length < 8 || !(trimmed.charCodeAt(0) >= 0x30 && trimmed.charCodeAt(0) <= 0x39))
    return undefined;
  for (const form of FORMS) {
    const match = form.exec(trimmed);
    if (match !== null) return dateOf(match);
  }
  // Data frames write whole numbers with a fraction of zeros once one of them is missing.
  const match = mayBeCompact ? COMPACT.exec(trimmed.replace(/^([0-9]{8})\.0+$/, "$1")) : null;
  return match === null ? undefined : dateOf(match);
}

function dateOrMissing(text: string, mayBeCompact: boolean): number | undefined {
  const trimmed = text.trim();
  if (isMissingToken(trimmed)) return Number.NaN;
  return parsedDate(trimmed, mayBeCompact)?.days;
}

function dateOf(match: RegExpExecArray): ParsedDate | undefined {
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = match;
  const hasTime = match[4] !== undefined;
  if (zone !== undefined && !hasTime) return undefined;
  const midnight = new Date(0);
  midnight.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isCalendarDay = midnight.getUTCMonth() === Number(month) - 1 && midnight.getUTCDate() === Number(day);
  if (!isCalendarDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const offset = offsetMinutes(zone);
  if (offset === undefined) return undefined;
  const seconds = (Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second);
  const microseconds = Number(fraction.padEnd(6, "0").slice(0, 6));
  const days = (midnight.getTime() * 1000 + seconds * 1e6 + microseconds) / DAY;
  return { days, hasTime, hasZone: zone !== undefined, ...(zone === undefined ? {} : { offset }) };
}

/** A JavaScript date as days since 1970-01-01 UTC; NaN when it is invalid. */
export function daysOf(date: Date): number {
  return (date.getTime() * 1000) / DAY;
}

/**
 * Writes days since 1970-01-01 UTC as `2023-01-31`, or with a time of day as `2023-01-31T08:30:00Z`
 * (fraction of the second where there is one); {@link parseDate} reads the same number back, for whole microseconds
 * up to 2^15 days away (1880 to 2059), beyond which a double no longer distinguishes all of them.
 */
export function formatDate(days: number): string {
  const microseconds = Math.round(days * DAY);
  const seconds = Math.floor(microseconds / 1e6);
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return String(days);
  const iso = date.toISOString();
  if (microseconds % DAY === 0) return iso.slice(0, iso.indexOf("T"));
  const rest = String(microseconds - seconds * 1e6)
    .padStart(6, "0")
    .replace(/0{1,6}$/, "");
  return `${iso.slice(0, -5)}${rest === "" ? "" : `.${rest}`}Z`;
}

function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || "0");
  if (hours > 18 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
