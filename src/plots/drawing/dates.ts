import type { LocaleName } from "../../explain/reasons/locales.js";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const DAY = 86_400_000;
const LONG = 1100;
const SHORT = 75;

/** Mar 2025, 2025年3月; with the day: 3 Mar 2025, 2025年3月3日. All in UTC. */
export function dateText(date: Date, locale: LocaleName, withDay = true): string {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (locale === "zh") return `${year}年${month + 1}月${withDay ? `${day}日` : ""}`;
  return `${withDay ? `${day} ` : ""}${MONTHS[month]} ${year}`;
}

/** How ticks between two dates are written: years of many, months, days of few. */
export function dateTick(from: Date, to: Date, locale: LocaleName): (date: Date) => string {
  const days = (to.getTime() - from.getTime()) / DAY;
  if (days > LONG) return (date) => `${date.getUTCFullYear()}${locale === "zh" ? "年" : ""}`;
  if (days > SHORT) return (date) => dateText(date, locale, false);
  return (date) =>
    locale === "zh"
      ? `${date.getUTCMonth() + 1}月${date.getUTCDate()}日`
      : `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** The date of so many days since 1970-01-01. */
export function dateOfDays(days: number): Date {
  return new Date(days * DAY);
}
