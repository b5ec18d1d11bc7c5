import type { CellFormat } from "../cell-format.js";

const MINUTE = 60_000;
const MINUTES_PER_DAY = 1440;

/** Whether it is the name of a time zone that this runtime knows. */
export function isTimeZone(name: unknown): boolean {
  if (typeof name !== "string" || name === "") return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Makes the function from UTC to the local time of a zone, both in days since 1970-01-01. */
export function utcIn(timeZone: string): (days: number) => number {
  const offsetAt = offsetsOf(timeZone);
  return (days) => days + offsetAt(Math.round(days * MINUTES_PER_DAY * MINUTE)) / MINUTES_PER_DAY;
}

/**
 * Makes the function from a local time to UTC, both in days since 1970-01-01. A time that the clocks skip is taken as if they
 * had not been put forward, one that they show twice as the earlier of the two.
 */
export function localTimeIn(timeZone: string): (days: number) => number {
  const offsetAt = offsetsOf(timeZone);
  return (days) => {
    const local = days * MINUTES_PER_DAY * MINUTE;
    // The offsets a day before and after: where they differ, the clocks change in between.
    const before = offsetAt(local - MINUTES_PER_DAY * MINUTE);
    const after = offsetAt(local + MINUTES_PER_DAY * MINUTE);
    const instant = local - before * MINUTE;
    const offset = before === after || offsetAt(instant) === before ? before : after;
    // A skipped time has neither offset: the one from before the change holds.
    const isSkipped = offset === after && offsetAt(local - after * MINUTE) !== after;
    return days - (isSkipped ? before : offset) / MINUTES_PER_DAY;
  };
}

/** Makes the function from an instant to the offset of a zone, in minutes; whole ones only, as all zones have since 1972. */
function offsetsOf(timeZone: string): (milliseconds: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    era: "short",
  });
  return (milliseconds) => {
    const parts = new Map(format.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
    const part = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name));
    const year = parts.get("era") === "BC" ? 1 - part("year") : part("year");
    const shown = new Date(0);
    shown.setUTCFullYear(year, part("month") - 1, part("day"));
    shown.setUTCHours(part("hour"), part("minute"), part("second"));
    return Math.round((shown.getTime() - Math.floor(milliseconds / 1000) * 1000) / MINUTE);
  };
}

/** The function from times without a zone to UTC, both in days, by the format of a column; undefined where they are UTC already. */
export function utcOf({
  format,
}: {
  readonly format: CellFormat | undefined;
}): ((days: number) => number) | undefined {
  const zone = format?.timeZone;
  if (zone === undefined) return undefined;
  const toUtc = localTimeIn(zone);
  return (days) => (Number.isFinite(days) ? toUtc(days) : days);
}
