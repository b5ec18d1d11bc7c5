import { createRandom } from "../../random.js";
import type { FactLog } from "../output/fact-log.js";
import { type Member, roundTo } from "./member.js";
import type { MonthUse } from "./month-use.js";
import type { ServedDays } from "./served-days.js";
import { windDownOn } from "./wind-down.js";

/** Use by day of the week, from Thursday, that of 1970-01-01. */
const BY_WEEKDAY = [1.03, 1.12, 1.05, 0.8, 0.98, 1, 1.02] as const;
/** Spread of the logarithm of a day's use, and the share of days on which nothing is used in any case. */
const SPREAD = 0.5;
const IDLE = 0.04;

/**
 * Records the use of each day on which there is any: the month's use in proportion to weekday, chance, and the winding down
 * of those who mean to go; after a card has fallen silent there is none. The balance of a prepaid card falls evenly.
 */
export function recordActivity(
  member: Member,
  served: ServedDays,
  month: { readonly use: MonthUse; readonly revenue: number; readonly balance: number },
  seed: number,
  log: FactLog,
): void {
  const { profile, state } = member;
  const { minutes, dataGb } = month.use;
  const days = served.to - served.from;
  if (days <= 0 || minutes + dataGb === 0) return;
  const random = createRandom(seed, "activity", profile.id, served.month);
  const weights = new Float64Array(days);
  let sum = 0;
  for (let i = 0; i < days; i++) {
    const day = served.from + i;
    const chance = Math.exp(SPREAD * random.normal());
    const isIdle = random.next() < IDLE || day >= (state.silentSince ?? Number.POSITIVE_INFINITY);
    weights[i] = isIdle ? 0 : chance * BY_WEEKDAY[day % 7] * windDownOn(state.triggers, day);
    sum += weights[i];
  }
  // Of a few idle days the first was one of use.
  if (sum === 0) sum = weights[0] = 1;
  const isPrepaid = profile.paymentKind === "prepaid";
  for (let i = 0; i < days; i++) {
    const share = weights[i] / sum;
    const dayMinutes = roundTo(minutes * share, 1);
    const dayData = roundTo(dataGb * share, 3);
    if (dayMinutes + dayData === 0) continue;
    const left = isPrepaid
      ? balanceAfter(month.balance, state.balance, month.revenue, (i + 1) / days)
      : Number.NaN;
    log.activity.add(profile.position, served.from + i, dayMinutes, dayData, left);
  }
}

/** The balance after a share of the month: it falls evenly, and is topped up in between to end where it does. */
function balanceAfter(before: number, after: number, revenue: number, share: number): number {
  const topUps = roundTo(after - before + revenue, 2);
  const left = before - revenue * share;
  return roundTo(left >= 0 ? left : left + topUps, 2);
}
