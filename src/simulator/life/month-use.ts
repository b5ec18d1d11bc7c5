import { firstDayOf } from "../../table/calendar.js";
import { monthOfYear } from "../calendar.js";
import { USE_BY_SEASON } from "../catalogue.js";
import type { FactLog } from "../output/fact-log.js";
import { type Member, roundTo } from "./member.js";
import { knownAt, type ServedDays } from "./served-days.js";

/** What was used on the served days of a month. */
export interface MonthUse {
  readonly minutes: number;
  readonly dataGb: number;
  /** Use as a share of that of a usual month. */
  readonly intensity: number;
}

/** How much the logarithm of use falls per lost point of satisfaction. */
const USE_FALLS = 0.65;
/** The share of use that remains on a card that has become the second one. */
const SECOND_CARD_USE = 0.12;

/** Draws and records the use of a month. Takes four random numbers. */
export function useOfMonth(member: Member, served: ServedDays, log: FactLog | undefined): MonthUse {
  const { profile, state, random, details } = member;
  const { silentSince } = state;
  const silence =
    silentSince === undefined
      ? 1
      : Math.max(0, Math.min(silentSince, served.to) - served.from) / Math.max(1, served.to - served.from);
  const mood = Math.exp(USE_FALLS * Math.min(0, state.satisfaction));
  const intensity =
    USE_BY_SEASON[monthOfYear(served.month)] *
    mood *
    (state.isSecondCard ? SECOND_CARD_USE : 1) *
    silence *
    served.share;
  const minutes = roundTo(profile.usualMinutes * intensity * Math.exp(0.04 * random.normal()), 0);
  const dataGb = roundTo(profile.usualDataGb * intensity * Math.exp(0.04 * random.normal()), 2);
  if (log !== undefined && served.share > 0) {
    const sms = roundTo(profile.usualSms * intensity * Math.exp(0.2 * details.normal()), 0);
    const known = knownAt(served.nextMonth - 1, details);
    log.usage.add(profile.id, firstDayOf(served.month), known, minutes, dataGb, sms);
  }
  return { minutes, dataGb, intensity };
}
