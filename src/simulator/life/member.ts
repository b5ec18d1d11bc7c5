import { createRandom, type Random } from "../../random.js";
import { firstDayOf } from "../../table/calendar.js";
import { type ServiceName, TARIFF_TERMS, type TariffName } from "../catalogue.js";
import type { SubscriberProfile } from "./subscriber-profile.js";

/** A service that a subscriber has. */
export interface HeldService {
  readonly name: ServiceName;
  /** Day. */
  readonly since: number;
}

/**
 * The state of a subscriber at the beginning of a month; changed in place, because there are tens of millions of
 * subscriber-months. Money in the operator's currency.
 */
export interface MemberState {
  /** 0 is satisfied, −2.2 the lowest. Use falls with it. */
  satisfaction: number;
  /** A moving average of satisfaction: the level that the subscriber is used to. */
  usualSatisfaction: number;
  /** Whether satisfaction falls month by month, since a complaint or outage, or by chance. */
  isDrifting: boolean;
  /** Whether most of the use went to a competitor's second card, while this one stays. */
  isSecondCard: boolean;
  tariff: TariffName;
  monthlyFee: number;
  /** The day since which the tariff has been held with this contract. */
  tariffSince: number;
  /** The contract ends, or ended, before the first day of this month; undefined without any. */
  contractEnd: number | undefined;
  services: HeldService[];
  /** The first day without any use of a prepaid card that has fallen silent. */
  silentSince: number | undefined;
  monthsInArrears: number;
  /** Unpaid bills of those in arrears. */
  debt: number;
  /** The bill of the last month, not yet paid. */
  lastBill: number;
  /** The balance of a prepaid card. */
  balance: number;
  /** The first month in which the last retention offer has no effect any more. */
  offerEnd: number;
  /** The effect of the last retention offer on the log-odds of leaving. */
  offerEffect: number;
  /** The first month in which the retention campaign may draw them again. */
  nextCampaign: number;
  /** These and the following: values of the last six months, the latest last. */
  readonly complaints: number[];
  readonly lateBills: number[];
  readonly faultHours: number[];
  readonly overageShares: number[];
  readonly droppedServices: number[];
}

/** A subscriber and their state, month by month. */
export interface Member {
  readonly profile: SubscriberProfile;
  /** False for members beyond the requested number of subscribers: they complete the last group. */
  readonly isRecorded: boolean;
  /** Random numbers for all events. */
  readonly random: Random;
  /** Random numbers for details of the records only: days within the month, late arrival. */
  readonly details: Random;
  state: MemberState;
  /** The month in which the member left; undefined until then. */
  departureMonth: number | undefined;
  /** The probability that this month is the member's last, given that they were active when it began. */
  hazard: number;
  /** The probability that the card falls silent in this month. */
  silenceRisk: number;
}

const REMEMBERED_MONTHS = 6;

export function newMember(profile: SubscriberProfile, isRecorded: boolean, seed: number): Member {
  return {
    profile,
    isRecorded,
    random: createRandom(seed, "life", profile.id),
    details: createRandom(seed, "details", profile.id),
    state: firstState(profile),
    departureMonth: undefined,
    hazard: 0,
    silenceRisk: 0,
  };
}

/** A copy that continues with other random numbers. */
export function copyMember(member: Member, random: Random): Member {
  const { state } = member;
  return {
    ...member,
    random,
    state: {
      ...state,
      services: [...state.services],
      complaints: [...state.complaints],
      lateBills: [...state.lateBills],
      faultHours: [...state.faultHours],
      overageShares: [...state.overageShares],
      droppedServices: [...state.droppedServices],
    },
  };
}

export function firstState(profile: SubscriberProfile): MemberState {
  const { firstContractEnd, contractTerm, activatedOn, firstTariff } = profile;
  const signed = firstContractEnd === undefined ? activatedOn : firstDayOf(firstContractEnd - contractTerm);
  return {
    satisfaction: 0,
    usualSatisfaction: 0,
    isDrifting: false,
    isSecondCard: false,
    tariff: firstTariff,
    monthlyFee: feeOf(profile, firstTariff),
    tariffSince: Math.max(activatedOn, signed),
    contractEnd: firstContractEnd,
    services: profile.firstServices.map((name) => ({ name, since: activatedOn })),
    silentSince: undefined,
    monthsInArrears: 0,
    debt: 0,
    lastBill: 0,
    balance: 0,
    offerEnd: 0,
    offerEffect: 0,
    nextCampaign: 0,
    complaints: noneRemembered(),
    lateBills: noneRemembered(),
    faultHours: noneRemembered(),
    overageShares: noneRemembered(),
    droppedServices: noneRemembered(),
  };
}

export function feeOf(profile: SubscriberProfile, tariff: TariffName): number {
  return roundTo(TARIFF_TERMS[tariff].fee * (1 - profile.discount), 2);
}

/** Drops the value of the oldest month and appends that of the latest. */
export function remember(months: number[], value: number): void {
  for (let i = 1; i < months.length; i++) months[i - 1] = months[i];
  months[months.length - 1] = value;
}

export function sumOfLast(months: readonly number[], count: number): number {
  let sum = 0;
  for (let i = months.length - count; i < months.length; i++) sum += months[i];
  return sum;
}

export function roundTo(value: number, decimals: 0 | 1 | 2): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

function noneRemembered(): number[] {
  return new Array<number>(REMEMBERED_MONTHS).fill(0);
}
