import { invalidArgument } from "../../errors.js";
import { dayOf } from "../../history/windows/day-problem.js";
import { formatDate } from "../../table/dates.js";

/**
 * The day of a run, such as `2026-02-01`: the one that is given, else the present one.
 * @param timeZone whose day. Default: that of the machine.
 */
export function dayOfRun(date: unknown, timeZone: string | undefined, now = new Date()): string {
  if (date !== undefined) {
    const expected = "must be a day such as 2026-02-01";
    const day = dayOf("runJob", "date", date, expected);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(String(date))) {
      return invalidArgument("runJob", "date", expected, date, `write ${JSON.stringify(formatDate(day))}`);
    }
    return formatDate(day);
  }
  const parts = new Intl.DateTimeFormat("en-US", {
    ...(timeZone === undefined ? {} : { timeZone }),
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(now);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

/** Whether this is a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
