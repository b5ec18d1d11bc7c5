import { firstDayOf } from "../../table/calendar.js";
import { OVERAGE, TARIFF_TERMS } from "../catalogue.js";
import type { FactLog } from "../output/fact-log.js";
import { serviceFees } from "./extra-services.js";
import { type Member, remember, roundTo } from "./member.js";
import type { MonthUse } from "./month-use.js";
import { knownAt, type ServedDays } from "./served-days.js";

/** Prepaid subscribers pay for what they use, up to this multiple of the tariff's fee. */
const DEAREST_PREPAID = 1.6;

/** The bill of a month, or what was taken from the balance of a prepaid card. */
export function billOfMonth(
  member: Member,
  served: ServedDays,
  use: MonthUse,
  log: FactLog | undefined,
): number {
  const { profile, state, details } = member;
  const isPrepaid = profile.paymentKind === "prepaid";
  const overage = isPrepaid ? 0 : overageOf(member, served, use);
  const basis = isPrepaid
    ? state.monthlyFee * Math.min(DEAREST_PREPAID, use.intensity * (profile.isBulkCard ? 0.05 : 1))
    : (state.monthlyFee + serviceFees(member)) * served.share;
  const revenue = roundTo(basis + overage, 2);
  remember(state.overageShares, overage / state.monthlyFee);
  if (log !== undefined && served.share > 0) {
    const known = knownAt(served.nextMonth - 1, details);
    log.billing.add(profile.id, firstDayOf(served.month), known, revenue, overage);
  }
  return revenue;
}

function overageOf({ state }: Member, { share }: ServedDays, { minutes, dataGb }: MonthUse): number {
  const { includedMinutes, includedDataGb } = TARIFF_TERMS[state.tariff];
  const beyond = (used: number, included: number) =>
    share > 0 && included < Number.POSITIVE_INFINITY ? Math.max(0, used - included * share) : 0;
  const charged =
    OVERAGE.perMinute * beyond(minutes, includedMinutes) + OVERAGE.perGb * beyond(dataGb, includedDataGb);
  return roundTo(charged, 2);
}
