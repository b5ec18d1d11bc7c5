import type { Random } from "../../random.js";
import { firstDayOf } from "../../table/calendar.js";
import { type Trigger, trigger } from "../departure/triggers.js";
import { poissonCount } from "../draws.js";
import type { FactLog } from "../output/fact-log.js";
import { type DayEvent, type Member, remember } from "./member.js";
import type { Network } from "./network.js";
import { knownAt, type ServedDays, someDay } from "./served-days.js";

/** Share of a region's subscribers that an outage reaches. */
const OUTAGE_REACH = 0.25;
const LINE_FAULTS = 0.02;
const LONGEST_LINE_FAULT = 14;
const COMPLAINTS = 0.03;
const COMPLAINTS_OF_FAULTS = 0.012;
const COMPLAINTS_OF_OVERAGE = 0.08;
const SERVICE_CALLS = 0.05;
/** What was charged beyond the fee, as a share of it, from which on a bill shocks; and the day of the month on which it arrives, from 0. */
const SHOCKING = 0.3;
const BILL_DAY = 4;
/** Signs of intent per month at log-odds of −5, how they rise with the log-odds, and at most. */
const SIGNS = 0.024;
const SIGNS_RISE = 0.75;
const MOST_SIGNS = 0.6;
const SIGN_SHARES = { porting_enquiry: 0.45, competitor_call: 0.3, wind_down: 0.25 } as const;

/**
 * Draws the faults, complaints and signs of intent of a month, which the hazard of its days depends on. Those before
 * `from` are kept as they are. Counts are Poisson and days uniform, so that what lies before a day says nothing about
 * what comes after it.
 * @param from the first day that is drawn. Default the first of the month.
 */
export function drawEvents(member: Member, month: number, network: Network, from = firstDayOf(month)): void {
  const { state } = member;
  const first = firstDayOf(month);
  if (from === first) {
    state.events = NO_EVENTS;
    if (state.triggers.length > 0) state.triggers = state.triggers.filter(({ until }) => until > first);
  } else {
    state.events = state.events.filter(({ day }) => day < from);
    state.triggers = state.triggers.filter(({ day }) => day < from);
  }
  const draw = new Draw(member, first, firstDayOf(month + 1), from);
  draw.faults(network.outages(member.profile.region, month));
  draw.complaints();
  draw.billShock();
  draw.signs();
}

const NO_EVENTS: readonly DayEvent[] = [];

/** The draws of a month, always the same number of them for the same counts. */
class Draw {
  constructor(
    private readonly member: Member,
    private readonly first: number,
    private readonly next: number,
    private readonly from: number,
  ) {}

  faults(outages: readonly { readonly day: number; readonly hours: number }[]): void {
    const { random } = this.member;
    for (const { day, hours } of outages)
      if (random.next() < OUTAGE_REACH) this.add("network_fault", day, hours);
    for (let count = poissonCount(LINE_FAULTS, random); count > 0; count--) {
      this.add("network_fault", this.day(random), 1 + random.integer(LONGEST_LINE_FAULT));
    }
  }

  complaints(): void {
    const { state, random } = this.member;
    const lastOverage = state.overageShares[state.overageShares.length - 1];
    const rate =
      COMPLAINTS * Math.exp(-0.8 * state.satisfaction) +
      COMPLAINTS_OF_FAULTS * sumOfFaults(state.events) +
      COMPLAINTS_OF_OVERAGE * Math.min(1, lastOverage);
    for (let count = poissonCount(rate, random); count > 0; count--) {
      this.add("complaint", this.day(random), Number.NaN);
    }
  }

  billShock(): void {
    const { state } = this.member;
    const day = this.first + BILL_DAY;
    if (state.overageShares[state.overageShares.length - 1] < SHOCKING || day < this.from) return;
    state.triggers = [...state.triggers, trigger("bill_shock", day)];
  }

  signs(): void {
    const { state, random, logOdds } = this.member;
    const rate = Math.min(MOST_SIGNS, SIGNS * Math.exp(SIGNS_RISE * (logOdds + 5)));
    for (let count = poissonCount(rate, random); count > 0; count--) {
      const day = this.day(random);
      const kind = signOf(random.next());
      if (kind !== "wind_down") this.add(kind, day, Number.NaN);
      else if (day >= Math.max(this.from, this.member.profile.activatedOn) && this.isThere())
        state.triggers = [...state.triggers, trigger(kind, day)];
    }
  }

  private add(kind: DayEvent["kind"], day: number, value: number): void {
    const { state } = this.member;
    if (day < Math.max(this.from, this.member.profile.activatedOn) || !this.isThere()) return;
    state.events = [...state.events, { kind, day, value }];
    state.triggers = [...state.triggers, trigger(kind, day, kind === "network_fault" ? value : 1)];
  }

  /** Silent cards, and those that are hardly used, have no faults and no complaints. */
  private isThere(): boolean {
    const { state, profile } = this.member;
    return state.silentSince === undefined && (profile.bulk === undefined || profile.bulk.use > 0.2);
  }

  private day(random: Random): number {
    return this.first + random.integer(this.next - this.first);
  }
}

function signOf(uniform: number): keyof typeof SIGN_SHARES {
  if (uniform < SIGN_SHARES.porting_enquiry) return "porting_enquiry";
  return uniform < SIGN_SHARES.porting_enquiry + SIGN_SHARES.competitor_call
    ? "competitor_call"
    : "wind_down";
}

function sumOfFaults(events: readonly DayEvent[]): number {
  let hours = 0;
  for (const { kind, value } of events) if (kind === "network_fault") hours += value;
  return hours;
}

/** Remembers the faults and complaints of a month at its end. */
export function rememberEvents({ state }: Member): void {
  let complaints = 0;
  for (const { kind } of state.events) if (kind === "complaint") complaints++;
  remember(state.faultHours, sumOfFaults(state.events));
  remember(state.complaints, complaints);
}

/**
 * Records the events of the served days of a month, its calls to the service, and the triggers that began in it.
 * @param isFirst whether it is the first recorded month.
 */
export function recordEvents(member: Member, served: ServedDays, isFirst: boolean, log: FactLog): void {
  const { profile, state, details } = member;
  const recorded: string[] = [];
  const record = (kind: string, day: number, value: number) => {
    const known = knownAt(day, details);
    // Two of one day that nothing tells apart are one fact.
    const fact = `${kind} ${day} ${known} ${value}`;
    if (!recorded.includes(fact)) log.events.add(profile.position, day, known, kind, value);
    recorded.push(fact);
  };
  for (const { kind, day, value } of state.events) if (isServed(day, served)) record(kind, day, value);
  if (served.to > served.from && state.silentSince === undefined && profile.bulk === undefined) {
    const calls = poissonCount(SERVICE_CALLS * served.share, details);
    for (let i = 0; i < calls; i++) record("service_call", someDay(served, details), Number.NaN);
  }
  for (const each of state.triggers) {
    // Those that began before the records are in their first month.
    if (isServed(each.day, served) || (isFirst && each.day < served.from)) {
      recordTrigger(profile.position, each, log);
    }
  }
}

function recordTrigger(position: number, { kind, day, until, effect }: Trigger, log: FactLog): void {
  log.triggers.add(position, kind, day, until, effect);
}

function isServed(day: number, { from, to }: ServedDays): boolean {
  return day >= from && day < to;
}
