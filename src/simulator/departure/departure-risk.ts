import { logistic } from "../../math/logistic.js";
import { firstDayOf } from "../../table/calendar.js";
import { ageIn } from "../calendar.js";
import { type Member, sumOfLast } from "../life/member.js";
import { SILENCE_LIMIT_DAYS } from "../life/silence.js";
import type { Competition } from "../market/competition.js";
import { resentment, type Shocks } from "../market/shocks.js";
import { fillEffects } from "./cause-effects.js";
import { type HazardSpan, hazardSpans, stayingUntil } from "./daily-hazard.js";
import { offersOn } from "./triggers.js";

/** The risks of a subscriber in a month, without those of the group as a whole. */
export interface MonthlyRisk {
  /** Of the decision to leave, by end day. */
  readonly spans: readonly HazardSpan[];
  /** Probability of that decision in the month. */
  readonly decides: number;
  /** Probability that the operator disconnects the subscriber for arrears. */
  readonly disconnects: number;
}

/** Months for which a departure raises the risk of the rest of the group. */
const CONTAGION_MONTHS = 3;
/** Share of the leaving prepaid subscribers who just stop using the card. */
export const SILENT_SHARE = 0.3;
/** Months of arrears from which on the operator disconnects, the log-odds per month that it does, and the day of the month, from 0. */
const DISCONNECTED_FROM = 3;
const DISCONNECTED = 0.2;
const DISCONNECTION_DAY = 20;
/** Probability that the whole family leaves when the member who pays does. */
export const FAMILY_GOES = 0.08;

export const NO_RISK: MonthlyRisk = { spans: [], decides: 0, disconnects: 0 };

/** Fills in the effects on the log-odds of one member in a month, as known when it begins, and their sum. */
export function fillMemberEffects(
  member: Member,
  members: readonly Member[],
  month: number,
  competition: Competition,
  shocks: Shocks,
): void {
  const { profile, state, effects } = member;
  member.logOdds = fillEffects(
    {
      monthOfLife: month - profile.activationMonth + 1,
      tariff: state.tariff,
      paymentKind: profile.paymentKind,
      bulk: profile.bulk,
      dealerEffect: profile.dealer.hazardEffect,
      age: ageIn(month, profile.birthYear),
      groupKind: profile.groupKind,
      groupDepartures: members.length === 1 ? 0 : groupDepartures(member, members, month),
      monthsToContractEnd: state.contractEnd === undefined ? undefined : state.contractEnd - month,
      satisfaction: state.satisfaction - state.usualSatisfaction,
      complaints: sumOfLast(state.complaints, 3),
      lateBills: sumOfLast(state.lateBills, 6),
      monthsInArrears: state.monthsInArrears,
      faultHours: sumOfLast(state.faultHours, 3),
      overageShare: sumOfLast(state.overageShares, 2) / 2,
      savingShare: state.savingShare,
      coverage: profile.coverage,
      services: state.services.length,
      droppedServices: sumOfLast(state.droppedServices, 3),
      competition: competition.effect(profile.region, month),
      resentment: resentment(shocks, month),
    },
    effects,
  );
}

/**
 * The risk of one member on the end days [from, to) of a month, given its triggers; none in the month of activation, nor of
 * a decision while the card is silent.
 */
export function ownRisk(
  { profile, state, logOdds: monthly }: Member,
  month: number,
  from: number,
  to: number,
): MonthlyRisk {
  if (month <= profile.activationMonth || state.silentSince !== undefined) return NO_RISK;
  const spans = hazardSpans(monthly, from, to, state.triggers);
  const decides = 1 - stayingUntil(spans);
  if (state.monthsInArrears < DISCONNECTED_FROM || disconnectionDay(month) < from) {
    return { spans, decides, disconnects: 0 };
  }
  const logOdds = DISCONNECTED + offersOn(state.triggers, disconnectionDay(month));
  return { spans, decides, disconnects: logistic(logOdds) };
}

/** The end day of those who are disconnected for arrears in a month. */
export function disconnectionDay(month: number): number {
  return firstDayOf(month) + DISCONNECTION_DAY;
}

/** The day on which the silence of a card reaches its limit. */
export function silenceLimit(silentSince: number): number {
  return silentSince + SILENCE_LIMIT_DAYS;
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
