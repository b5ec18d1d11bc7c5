import { createRandom, type Random } from "../../random.js";
import { firstDayOf } from "../../table/calendar.js";
import { CAUSES, type Cause } from "../departure/causes.js";
import type { Contact } from "../departure/retention-campaign.js";
import type { Trigger } from "../departure/triggers.js";
import { type ServiceName, TARIFF_TERMS, type TariffName } from "../market/catalogue.js";
import type { SubscriberProfile } from "./subscriber-profile.js";

/** A service that a subscriber has. */
export interface HeldService {
  readonly name: ServiceName;
  /** Day. */
  readonly since: number;
}

/** What happens to a subscriber on a day, beside use and bills. */
export interface DayEvent {
  readonly kind: "complaint" | "network_fault" | "competitor_call" | "porting_enquiry";
  readonly day: number;
  /** Hours of a fault; else NaN. */
  readonly value: number;
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
  /** The first day without any use of a prepaid card that has fallen silent, and why it did. */
  silentSince: number | undefined;
  silentCause: Cause | undefined;
  silentEffects: readonly number[] | undefined;
  monthsInArrears: number;
  /** Unpaid bills of those in arrears. */
  debt: number;
  /** The bill of the last month, not yet paid. */
  lastBill: number;
  /** The balance of a prepaid card. */
  balance: number;
  /** Moving averages of the use of a month. */
  meanMinutes: number;
  meanDataGb: number;
  /** What the cheapest tariff would save, as a share of the cost of the present one. */
  savingShare: number;
  /** Those that run in the month, or begin in it. */
  triggers: readonly Trigger[];
  /** Those of the month. */
  events: readonly DayEvent[];
  /** With the retention campaign in the month. */
  contact: Contact | undefined;
  /** The first month in which the retention campaign may draw them again. */
  nextCampaign: number;
  /** How many offers they took. */
  offersTaken: number;
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
  /** The month in which the member left, and the first day without service; undefined until then. */
  departureMonth: number | undefined;
  endedOn: number | undefined;
  /** The effects on the log-odds of leaving in the month, one per cause, without triggers; changed in place. */
  readonly effects: number[];
  /** Their sum with the baseline. */
  logOdds: number;
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
    endedOn: undefined,
    effects: new Array<number>(CAUSES.length).fill(0),
    logOdds: 0,
  };
}

/** A copy that continues with other random numbers. */
export function copyMember(member: Member, random: Random): Member {
  const { state } = member;
  return {
    ...member,
    random,
    effects: member.effects.slice(),
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
    monthlyFee: feeOf(profile, firstTariff, 1),
    tariffSince: Math.max(activatedOn, signed),
    contractEnd: firstContractEnd,
    services: profile.firstServices.map((name) => ({ name, since: activatedOn })),
    silentSince: undefined,
    silentCause: undefined,
    silentEffects: undefined,
    monthsInArrears: 0,
    debt: 0,
    lastBill: 0,
    balance: 0,
    meanMinutes: profile.usualMinutes,
    meanDataGb: profile.usualDataGb,
    savingShare: 0,
    triggers: [],
    events: [],
    contact: undefined,
    nextCampaign: 0,
    offersTaken: 0,
    complaints: noneRemembered(),
    lateBills: noneRemembered(),
    faultHours: noneRemembered(),
    overageShares: noneRemembered(),
    droppedServices: noneRemembered(),
  };
}

/** @param factor that of all fees, see `feeFactor`. */
export function feeOf(profile: SubscriberProfile, tariff: TariffName, factor: number): number {
  return roundTo(TARIFF_TERMS[tariff].fee * (1 - profile.discount) * factor, 2);
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

export function roundTo(value: number, decimals: 0 | 1 | 2 | 3): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

function noneRemembered(): number[] {
  return new Array<number>(REMEMBERED_MONTHS).fill(0);
}
