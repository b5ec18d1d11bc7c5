import { firstDayOf } from "../../table/calendar.js";
import type { FactLog } from "../output/fact-log.js";
import { type Member, remember, roundTo, sumOfLast } from "./member.js";
import { knownAt, type ServedDays } from "./served-days.js";

/** Bills are due on the eighth; reminders go out on the fifteenth. Counted from the first = 0. */
const DUE_DAY = 7;
const REMINDER_DAY = 14;
const ARREARS_BEGIN = { prepaid: 0, "direct debit": 0.0025, invoice: 0.012 } as const;
/** How many times likelier a subscriber is to stop paying after two or more late bills within six months. */
const ARREARS_AFTER_LATE = 4;
const CATCHES_UP = 0.35;
const TOP_UPS = [5, 10, 20, 50] as const;

/** Pays the last bill, in time or late or not at all; or tops up the card for the cost of this month. */
export function payMonth(
  member: Member,
  served: ServedDays,
  revenue: number,
  log: FactLog | undefined,
): void {
  if (member.profile.paymentKind === "prepaid") topUp(member, served, revenue, log);
  else payBill(member, served, log);
  member.state.lastBill = revenue;
}

/** Takes two random numbers. */
function payBill(member: Member, served: ServedDays, log: FactLog | undefined): void {
  const { profile, state, random, details } = member;
  const turn = random.next();
  const uniform = random.next();
  const owed = roundTo(state.debt + state.lastBill, 2);
  if (state.monthsInArrears > 0 && turn < CATCHES_UP) {
    recordPayment(member, served, owed, Math.floor(uniform * 14), 30 * state.monthsInArrears, log);
    state.monthsInArrears = 0;
    state.debt = 0;
    remember(state.lateBills, 1);
    return;
  }
  const wasLate = sumOfLast(state.lateBills, state.lateBills.length) >= 2;
  const begins = ARREARS_BEGIN[profile.paymentKind] * (wasLate ? ARREARS_AFTER_LATE : 1);
  if (state.monthsInArrears > 0 || (turn < begins && owed > 0)) {
    state.monthsInArrears++;
    state.debt = owed;
    remember(state.lateBills, 1);
    const day = firstDayOf(served.month) + REMINDER_DAY;
    if (log !== undefined && day >= served.from && day < served.to) {
      log.events.add(profile.position, day, knownAt(day, details), "payment_reminder", owed);
    }
    return;
  }
  const isLate = owed > 0 && uniform < Math.min(0.8, profile.lateness * Math.exp(-0.4 * state.satisfaction));
  recordPayment(member, served, owed, isLate ? 3 + details.integer(18) : 0, 0, log);
  remember(state.lateBills, isLate ? 1 : 0);
}

/** @param daysBefore how long the bill had been overdue on the due day of this month. */
function recordPayment(
  { profile, details }: Member,
  served: ServedDays,
  amount: number,
  delay: number,
  daysBefore: number,
  log: FactLog | undefined,
): void {
  const day = firstDayOf(served.month) + DUE_DAY + delay;
  if (log === undefined || amount <= 0 || day < served.from || day >= served.to) return;
  log.payments.add(profile.position, day, knownAt(day, details), amount, daysBefore + delay, 0);
}

/** Tops up a card whenever its balance has run down. Takes one random number. */
function topUp(
  { profile, state, random, details }: Member,
  served: ServedDays,
  revenue: number,
  log: FactLog | undefined,
): void {
  const thrift = 0.6 + random.next();
  const amount = TOP_UPS.find((fitting) => fitting >= revenue * thrift) ?? TOP_UPS[TOP_UPS.length - 1];
  const days = served.to - served.from;
  while (state.balance < revenue) {
    // The day on which the balance has run down, if it falls evenly.
    const day = served.from + Math.min(days - 1, Math.floor((state.balance / revenue) * days));
    state.balance = roundTo(state.balance + amount, 2);
    if (log === undefined || days <= 0) continue;
    const left = roundTo(state.balance - (revenue * (day - served.from)) / days, 2);
    log.payments.add(profile.position, day, knownAt(day, details), amount, Number.NaN, left);
  }
  state.balance = roundTo(state.balance - revenue, 2);
  remember(state.lateBills, 0);
}
