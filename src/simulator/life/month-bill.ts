import { firstDayOf } from "../../table/calendar.js";
import { chargedBeyond } from "../market/prices.js";
import { LATE_DAYS, type Shocks } from "../market/shocks.js";
import type { FactLog } from "../output/fact-log.js";
import { serviceFees } from "./extra-services.js";
import { type Member, remember, roundTo } from "./member.js";
import type { MonthUse } from "./month-use.js";
import { knownAt, type ServedDays } from "./served-days.js";

/** What it costs the operator to serve a subscriber: per month, minute and gigabyte, complaint, and month of a handset that is paid off. */
const COST = { month: 1.6, minute: 0.012, gb: 0.42, complaint: 6, handset: 8 } as const;
/** Share of the fees of services that the operator keeps. */
const SERVICES_KEPT = 0.35;

/** The bill of a month, or what was taken from the balance of a prepaid card. */
export function billOfMonth(
  member: Member,
  served: ServedDays,
  use: MonthUse,
  shocks: Shocks,
  log: FactLog | undefined,
): number {
  const { profile, state, details } = member;
  const isPrepaid = profile.paymentKind === "prepaid";
  const overage =
    isPrepaid || served.share === 0 ? 0 : roundTo(chargedBeyond(state.tariff, served.share, use), 2);
  const services = serviceFees(member) * served.share;
  const basis = isPrepaid
    ? state.monthlyFee * use.intensity * (profile.bulk?.use ?? 1)
    : state.monthlyFee * served.share + services;
  const revenue = roundTo(basis + overage, 2);
  remember(state.overageShares, overage / state.monthlyFee);
  if (log !== undefined && served.share > 0) {
    const isLate = served.month >= (shocks.lateTable ?? Number.POSITIVE_INFINITY);
    const known = knownAt(served.nextMonth - 1, details);
    const lateKnown = served.nextMonth - 1 + LATE_DAYS;
    const cost = costOf(member, served, use) + (isPrepaid ? 0 : services * (1 - SERVICES_KEPT));
    const margin = roundTo(revenue - cost, 2);
    log.billing.add(
      profile.position,
      firstDayOf(served.month),
      isLate ? Math.max(lateKnown, Number.isNaN(known) ? 0 : known) : known,
      revenue,
      overage,
      margin,
    );
  }
  return revenue;
}

function costOf({ profile, state }: Member, served: ServedDays, { minutes, dataGb }: MonthUse): number {
  const isBound = state.contractEnd !== undefined && served.month < state.contractEnd;
  let complaints = 0;
  for (const { kind } of state.events) if (kind === "complaint") complaints++;
  return (
    COST.month +
    COST.minute * minutes +
    COST.gb * dataGb +
    COST.complaint * complaints +
    (isBound && profile.hasHandset ? COST.handset : 0)
  );
}
