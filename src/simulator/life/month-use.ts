import { firstDayOf } from "../../table/calendar.js";
import { monthOfYear } from "../calendar.js";
import { USE_BY_SEASON } from "../market/catalogue.js";
import { MEGABYTES, type Shocks } from "../market/shocks.js";
import type { FactLog } from "../output/fact-log.js";
import { type Member, roundTo } from "./member.js";
import { knownAt, type ServedDays } from "./served-days.js";
import { meanWindDown } from "./wind-down.js";

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
/** Dropped calls per hundred where the network is as usual, how their logarithm falls with its quality, and their spread. */
const DROPPED_CALLS = 1.5;
const DROPPED_FALLS = 0.6;
const DROPPED_SPREAD = 0.25;
/** How fast the averages of use follow. */
const HABIT = 0.35;

/** Draws and records the use of a month. Takes four random numbers. */
export function useOfMonth(
  member: Member,
  served: ServedDays,
  shocks: Shocks,
  log: FactLog | undefined,
): MonthUse {
  const { profile, state, random, details } = member;
  const mood = Math.exp(USE_FALLS * Math.min(0, state.satisfaction));
  const intensity =
    USE_BY_SEASON[monthOfYear(served.month)] *
    mood *
    (state.isSecondCard ? SECOND_CARD_USE : 1) *
    shareInUse(member, served) *
    meanWindDown(state.triggers, served) *
    served.share;
  const minutes = roundTo(profile.usualMinutes * intensity * Math.exp(0.04 * random.normal()), 0);
  const dataGb = roundTo(profile.usualDataGb * intensity * Math.exp(0.04 * random.normal()), 2);
  if (served.share === 1) {
    state.meanMinutes += HABIT * (minutes - state.meanMinutes);
    state.meanDataGb += HABIT * (dataGb - state.meanDataGb);
  }
  if (log !== undefined && served.share > 0) {
    const sms = roundTo(profile.usualSms * intensity * Math.exp(0.2 * details.normal()), 0);
    const known = knownAt(served.nextMonth - 1, details);
    const noise = Math.exp(DROPPED_SPREAD * details.normal() - DROPPED_FALLS * profile.coverage);
    const dropped = minutes > 0 ? roundTo(DROPPED_CALLS * noise, 2) : Number.NaN;
    const unit = served.month >= (shocks.unitFault ?? Number.POSITIVE_INFINITY) ? MEGABYTES : 1;
    if (served.month !== shocks.missingMonth)
      log.usage.add(profile.position, firstDayOf(served.month), known, minutes, dataGb * unit, sms, dropped);
  }
  return { minutes, dataGb, intensity };
}

/** Share of the served days on which a card that falls silent is still used. */
function shareInUse({ state: { silentSince } }: Member, { from, to }: ServedDays): number {
  if (silentSince === undefined) return 1;
  return Math.max(0, Math.min(silentSince, to) - from) / Math.max(1, to - from);
}
