/** Days since 1970-01-01 and months since January 1970 by the calendar of JavaScript, not by that of the library. */
const DAY = 86_400_000;

/** The day of `2025-02-01`, or of the first of the month of `2025-02`; null stays null. */
export function day(text: string | number | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  return Date.parse(String(text).length === 7 ? `${text}-01` : String(text)) / DAY;
}

/** As {@link day}, of a cell that is never missing. */
export function givenDay(text: string | number | null | undefined): number {
  const found = day(text);
  if (found === null || Number.isNaN(found)) throw new Error(`no day: ${text}`);
  return found;
}

export function monthOfDay(of: number): number {
  const date = new Date(of * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

export function firstDay(month: number): number {
  return Date.UTC(1970, month, 1) / DAY;
}

/** `2025-02` of a month. */
export function nameOfMonth(month: number): string {
  return new Date(firstDay(month) * DAY).toISOString().slice(0, 7);
}

/** Calendar months completed from a day to another; the last day of a month completes one that began on a later day of the month. */
export function completedMonthsBetween(from: number, to: number): number {
  const dayOfMonth = (of: number) => new Date(of * DAY).getUTCDate();
  const isLast = dayOfMonth(to + 1) === 1;
  const isCompleted = isLast || dayOfMonth(from) <= dayOfMonth(to);
  return monthOfDay(to) - monthOfDay(from) - (isCompleted ? 0 : 1);
}
