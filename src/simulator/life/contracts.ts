import { firstDayOf } from "../../table/calendar.js";
import { TARIFF_TERMS, type TariffName } from "../catalogue.js";
import type { FactLog } from "../output/fact-log.js";
import { accountContractEnd, type SubscriberGroup } from "./group-sequence.js";
import { feeOf, type Member, sumOfLast } from "./member.js";
import type { ServedDays } from "./served-days.js";

const RENEWAL = 0.5;
const LATE_RENEWAL = 0.06;
const UPGRADE = 0.12;
/** Charges beyond the fee, as a share of it, above which a more expensive tariff pays off. */
const COSTLY_OVERAGE = 0.25;
const DOWNGRADE = 0.05;
const FED_UP = -0.6;
const SIGNS_WITH_UPGRADE = 0.6;

/** On the last day of a month: renews a contract, or changes the tariff. Takes three random numbers. */
export function changeContract(
  member: Member,
  group: SubscriberGroup,
  firstMonth: number,
  served: ServedDays,
  log: FactLog | undefined,
): void {
  const { profile, state, random } = member;
  const turn = random.next();
  const change = random.next();
  const signs = random.next() < SIGNS_WITH_UPGRADE;
  if (served.share < 1) return;
  const next = served.month + 1;
  if (group.kind === "corporate") {
    const end = accountContractEnd(group, firstMonth, next);
    if (end !== state.contractEnd) beginTariff(member, state.tariff, end, served, log);
    return;
  }
  if (profile.isBulkCard || state.silentSince !== undefined) return;

  const { upgrade, downgrade } = TARIFF_TERMS[state.tariff];
  const paysExtra = sumOfLast(state.overageShares, 2) > 2 * COSTLY_OVERAGE;
  if (upgrade !== undefined && paysExtra && change < UPGRADE) {
    beginTariff(member, upgrade, signs ? next + profile.contractTerm : state.contractEnd, served, log);
    return;
  }
  const isFedUp = state.isDrifting && state.satisfaction < FED_UP;
  if (downgrade !== undefined && isFedUp && change < DOWNGRADE) {
    beginTariff(member, downgrade, state.contractEnd, served, log);
    return;
  }
  if (state.contractEnd === undefined || next < state.contractEnd) return;
  const renews =
    (next === state.contractEnd ? RENEWAL : LATE_RENEWAL) * Math.exp(0.7 * Math.min(0, state.satisfaction));
  if (turn < renews) beginTariff(member, state.tariff, next + profile.contractTerm, served, log);
}

function beginTariff(
  member: Member,
  tariff: TariffName,
  contractEnd: number | undefined,
  served: ServedDays,
  log: FactLog | undefined,
): void {
  // Signed on the last day, so that it is known at the beginning of the next month.
  const day = served.nextMonth - 1;
  endTariff(member, day, log);
  const { state, profile } = member;
  state.tariff = tariff;
  state.monthlyFee = feeOf(profile, tariff);
  state.tariffSince = day;
  state.contractEnd = contractEnd;
}

/** Records the tariff that held up to a day; NaN while it still holds. */
export function endTariff({ profile, state }: Member, validTo: number, log: FactLog | undefined): void {
  const until = state.contractEnd === undefined ? Number.NaN : firstDayOf(state.contractEnd);
  log?.tariffs.add(profile.id, state.tariff, state.monthlyFee, until, state.tariffSince, validTo);
}

/** Records the tariff from activation to the contract that was running when the records begin. */
export function recordEarlierTariff({ profile, state }: Member, log: FactLog): void {
  if (state.tariffSince <= profile.activatedOn) return;
  const { id, firstTariff, activatedOn } = profile;
  log.tariffs.add(id, firstTariff, feeOf(profile, firstTariff), Number.NaN, activatedOn, state.tariffSince);
}
