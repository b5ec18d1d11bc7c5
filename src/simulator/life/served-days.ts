import type { Random } from "../../random.js";
import { firstDayOf } from "../../table/calendar.js";
import type { Member } from "./member.js";

/** The days [from, to) of a month on which a subscriber was active. Days since 1970-01-01. */
export interface ServedDays {
  readonly month: number;
  readonly from: number;
  readonly to: number;
  /** First day of the next month. */
  readonly nextMonth: number;
  /** Served days as a share of the days of the month. */
  readonly share: number;
}

/** @param endedOn the first day without service, if the subscriber leaves in this month. */
export function servedDays({ profile }: Member, month: number, endedOn: number | undefined): ServedDays {
  const first = firstDayOf(month);
  const nextMonth = firstDayOf(month + 1);
  const from = Math.max(first, profile.activatedOn);
  const to = Math.max(from, Math.min(nextMonth, endedOn ?? nextMonth));
  return { month, from, to, nextMonth, share: (to - from) / (nextMonth - first) };
}

/** A day of [from, to), which must not be empty. */
export function someDay({ from, to }: ServedDays, random: Random): number {
  return from + random.integer(to - from);
}

const LATE_SHARE = 0.025;

/** The day on which the operator knew a fact: NaN for at once; for one fact in forty, 2 to 35 days later. */
export function knownAt(fact: number, random: Random): number {
  const isLate = random.next() < LATE_SHARE;
  const delay = 2 + random.integer(34);
  return isLate ? fact + delay : Number.NaN;
}
