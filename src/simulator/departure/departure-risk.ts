import { monthOf } from "../../table/calendar.js";
import { monthOfYear } from "../calendar.js";
import { accountContractEnd, type SubscriberGroup } from "../life/group-sequence.js";
import { type Member, sumOfLast } from "../life/member.js";
import { switchedOffRisk } from "../life/silence.js";
import { contractEffect, departureLogOdds, eitherOf, probabilityOf } from "./departure-hazard.js";

/** The risks of a subscriber in a month, without those of the group as a whole. */
export interface MonthlyRisk {
  /** Log-odds of the decision to leave, without the effect of any offer. */
  readonly logOdds: number;
  /** Probability that service ends. */
  readonly leaves: number;
  /** Probability that a prepaid card falls silent instead. */
  readonly fallsSilent: number;
}

/** Months for which a departure raises the risk of the rest of the group. */
const CONTAGION_MONTHS = 3;
/** Share of the leaving prepaid subscribers who just stop using the card. */
const SILENT_SHARE = 0.3;
/** Months of arrears from which on the operator disconnects, and the probability per month that it does. */
const DISCONNECTED_FROM = 4;
const DISCONNECTED = 0.5;
/** Probability that the whole family leaves when the member who pays does. */
export const FAMILY_GOES = 0.05;
const ACCOUNT_BASELINE = -5;

export const NO_RISK: MonthlyRisk = { logOdds: 0, leaves: 0, fallsSilent: 0 };

/** The risk of one member in a month, as known when it begins; none in the month of activation. */
export function ownRisk(member: Member, members: readonly Member[], month: number): MonthlyRisk {
  const { profile, state } = member;
  const monthOfLife = month - profile.activationMonth + 1;
  if (monthOfLife < 2) return NO_RISK;
  if (state.silentSince !== undefined) {
    return { ...NO_RISK, leaves: switchedOffRisk(month - monthOf(state.silentSince)) };
  }
  const logOdds = departureLogOdds({
    monthOfYear: monthOfYear(month),
    region: profile.region,
    monthOfLife,
    tariff: state.tariff,
    paymentKind: profile.paymentKind,
    isBulkCard: profile.isBulkCard,
    dealerEffect: profile.dealer.hazardEffect,
    age: 1970 + Math.floor(month / 12) - profile.birthYear,
    groupKind: profile.groupKind,
    groupDepartures: groupDepartures(member, members, month),
    monthsToContractEnd: state.contractEnd === undefined ? undefined : state.contractEnd - month,
    satisfaction: state.satisfaction - state.usualSatisfaction,
    complaints: sumOfLast(state.complaints, 3),
    lateBills: sumOfLast(state.lateBills, 6),
    faultHours: sumOfLast(state.faultHours, 3),
    overageShare: sumOfLast(state.overageShares, 2) / 2,
    services: state.services.length,
    droppedServices: sumOfLast(state.droppedServices, 3),
  });
  const goes = probabilityOf(logOdds + (month < state.offerEnd ? state.offerEffect : 0));
  if (profile.paymentKind === "prepaid") {
    return { logOdds, leaves: goes * (1 - SILENT_SHARE), fallsSilent: goes * SILENT_SHARE };
  }
  const disconnected = state.monthsInArrears >= DISCONNECTED_FROM ? DISCONNECTED : 0;
  return { logOdds, leaves: eitherOf(goes, disconnected), fallsSilent: 0 };
}

export function isLongInArrears({ state }: Member): boolean {
  return state.monthsInArrears >= DISCONNECTED_FROM;
}

/** How many other members left in the three months before. */
export function groupDepartures(member: Member, members: readonly Member[], month: number): number {
  let count = 0;
  for (const other of members) {
    const left = other.departureMonth;
    if (left !== undefined && other !== member && left >= month - CONTAGION_MONTHS && left < month) count++;
  }
  return count;
}

/** The probability that the whole group leaves in a month; for a family, all except the member who pays. */
export function groupRisk(
  group: SubscriberGroup,
  members: readonly Member[],
  risks: readonly MonthlyRisk[],
  firstMonth: number,
  month: number,
): number {
  if (group.kind === "none") return 0;
  if (group.kind === "family")
    return members[0].departureMonth === undefined ? FAMILY_GOES * risks[0].leaves : 0;
  let complaints = 0;
  for (const { state, departureMonth } of members) {
    if (departureMonth === undefined) complaints += sumOfLast(state.complaints, 3);
  }
  return probabilityOf(
    ACCOUNT_BASELINE +
      contractEffect(accountContractEnd(group, firstMonth, month) - month) +
      Math.min(1.5, (4 * complaints) / members.length),
  );
}
