import { firstDayOf } from "../../table/calendar.js";
import { ageIn } from "../calendar.js";
import { TARIFF_TERMS, type TariffName } from "../market/catalogue.js";
import { cheapestTariff, tariffsFor } from "../market/prices.js";
import { feeFactor } from "../market/shocks.js";
import type { FactLog } from "../output/fact-log.js";
import type { OperatorPlan } from "../plan.js";
import { accountContractEnd, type SubscriberGroup } from "./group-sequence.js";
import { feeOf, type Member } from "./member.js";
import type { ServedDays } from "./served-days.js";

const RENEWAL = 0.5;
const LATE_RENEWAL = 0.06;
/** Probability per month of comparing tariffs, after a month far beyond the included units, and with an open contract. */
const COMPARES = 0.02;
const COMPARES_AFTER_OVERAGE = 0.14;
const COMPARES_WHEN_OPEN = 0.04;
const COSTLY_OVERAGE = 0.25;
/** The share of the present cost that another tariff must save. */
const WORTHWHILE = 0.1;
const SIGNS_WITH_CHANGE = 0.6;

/** On the last day of a month: changes to the cheapest tariff for the use, or renews a contract. Takes three random numbers. */
export function changeContract(
  member: Member,
  group: SubscriberGroup,
  { firstMonth, shocks }: OperatorPlan,
  served: ServedDays,
  log: FactLog | undefined,
): void {
  const { profile, state, random } = member;
  const turn = random.next();
  const change = random.next();
  const signs = random.next() < SIGNS_WITH_CHANGE;
  if (served.share < 1) return;
  const next = served.month + 1;
  const factor = feeFactor(shocks, next);
  if (group.kind === "corporate") {
    const end = accountContractEnd(group, firstMonth, next);
    if (end !== state.contractEnd) beginTariff(member, state.tariff, end, factor, served, log);
    return;
  }
  if (profile.bulk !== undefined || state.silentSince !== undefined) return;

  const isOpen = state.contractEnd === undefined || next >= state.contractEnd;
  if (profile.paymentKind !== "prepaid") {
    const cheapest = compareTariffs(member, served.month, factor);
    const lastOverage = state.overageShares[state.overageShares.length - 1];
    const compares =
      COMPARES +
      (isOpen ? COMPARES_WHEN_OPEN : 0) +
      (lastOverage > COSTLY_OVERAGE ? COMPARES_AFTER_OVERAGE : 0);
    const isAllowed = isOpen || TARIFF_TERMS[cheapest].fee > TARIFF_TERMS[state.tariff].fee;
    if (change < compares && state.savingShare > WORTHWHILE && isAllowed) {
      const end = signs ? next + profile.contractTerm : state.contractEnd;
      beginTariff(member, cheapest, end, factor, served, log);
      compareTariffs(member, served.month, factor);
      return;
    }
  }
  if (state.contractEnd === undefined || next < state.contractEnd) return;
  const renews =
    (next === state.contractEnd ? RENEWAL : LATE_RENEWAL) * Math.exp(0.7 * Math.min(0, state.satisfaction));
  if (turn < renews) beginTariff(member, state.tariff, next + profile.contractTerm, factor, served, log);
}

/** Finds the cheapest tariff for the average use, and remembers what it would save. */
function compareTariffs({ profile, state }: Member, month: number, factor: number): TariffName {
  const age = ageIn(month, profile.birthYear);
  const use = { minutes: state.meanMinutes, dataGb: state.meanDataGb };
  const feeShare = (1 - profile.discount) * factor;
  const offered = tariffsFor(profile.groupKind === "corporate", age);
  const { tariff, saving } = cheapestTariff(state.tariff, offered, feeShare, use);
  state.savingShare = saving;
  return tariff;
}

function beginTariff(
  member: Member,
  tariff: TariffName,
  contractEnd: number | undefined,
  factor: number,
  served: ServedDays,
  log: FactLog | undefined,
): void {
  // Signed on the last day, so that it is known at the beginning of the next month.
  const day = served.nextMonth - 1;
  endTariff(member, day, log);
  const { state, profile } = member;
  state.tariff = tariff;
  state.monthlyFee = feeOf(profile, tariff, factor);
  state.tariffSince = day;
  state.contractEnd = contractEnd;
}

/** From the first day of a month on the fee is another one. */
export function changeFee(member: Member, month: number, factor: number, log: FactLog | undefined): void {
  const { state, profile } = member;
  const day = firstDayOf(month);
  if (state.tariffSince < day) endTariff(member, day, log);
  state.monthlyFee = feeOf(profile, state.tariff, factor);
  state.tariffSince = Math.max(state.tariffSince, day);
}

/** Records the tariff that held up to a day; NaN while it still holds. */
export function endTariff({ profile, state }: Member, validTo: number, log: FactLog | undefined): void {
  const until = state.contractEnd === undefined ? Number.NaN : firstDayOf(state.contractEnd);
  log?.tariffs.add(profile.position, state.tariff, state.monthlyFee, until, state.tariffSince, validTo);
}

/** Records the tariff from activation to the contract that was running when the records begin. */
export function recordEarlierTariff({ profile, state }: Member, log: FactLog): void {
  if (state.tariffSince <= profile.activatedOn) return;
  const { position, firstTariff, activatedOn } = profile;
  log.tariffs.add(
    position,
    firstTariff,
    feeOf(profile, firstTariff, 1),
    Number.NaN,
    activatedOn,
    state.tariffSince,
  );
}
