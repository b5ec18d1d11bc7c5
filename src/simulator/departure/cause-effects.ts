import type { GroupKind } from "../life/group-sequence.js";
import { type PaymentKind, TARIFF_TERMS, type TariffName } from "../market/catalogue.js";
import type { BulkCards } from "../market/dealers.js";
import { AT } from "./causes.js";

/** All that a subscriber's log-odds of leaving in a month depend on, without triggers, as known when the month begins. */
export interface HazardFacts {
  /** 1 in the month of activation. */
  readonly monthOfLife: number;
  readonly tariff: TariffName;
  readonly paymentKind: PaymentKind;
  /** Of a card that was activated for the bonus. */
  readonly bulk: BulkCards | undefined;
  /** Of the dealer. */
  readonly dealerEffect: number;
  /** Full years. */
  readonly age: number;
  readonly groupKind: GroupKind;
  /** Other members of the group who left in the three months before. */
  readonly groupDepartures: number;
  /** Months until the contract ends, 0 or negative after it ended; undefined without any contract. */
  readonly monthsToContractEnd: number | undefined;
  /** Satisfaction compared with the usual: 0 is unchanged, −1.5 is very dissatisfied. Not recorded, but use falls with it. */
  readonly satisfaction: number;
  /** Number in the three months before. */
  readonly complaints: number;
  /** Number in the six months before. */
  readonly lateBills: number;
  readonly monthsInArrears: number;
  /** Sum over the three months before. */
  readonly faultHours: number;
  /** What was charged beyond the fee in the two months before, as a share of the fee. */
  readonly overageShare: number;
  /** What the cheapest tariff would save, as a share of the cost of the present one. */
  readonly savingShare: number;
  /** The quality of the network where the subscriber lives, standard normal. */
  readonly coverage: number;
  readonly services: number;
  /** Number in the three months before. */
  readonly droppedServices: number;
  /** Of competitors in the region. */
  readonly competition: number;
  /** Of the last rise of fees. */
  readonly resentment: number;
}

/** Log-odds of leaving in a month for a subscriber without any of the effects. */
export const BASELINE = -5.95;
const SATISFACTION = -1.9;
const COMPLAINT = 0.65;
const LATE_BILL = 0.55;
const MONTH_IN_ARREARS = 0.35;
const FAULT_HOUR = 0.085;
const COVERAGE = -0.7;
const OVERAGE_SHARE = 1.3;
const SAVING_SHARE = 2.2;
const SERVICE = -0.25;
const DROPPED_SERVICE = 0.6;
const PAYMENT: Readonly<Record<PaymentKind, number>> = { prepaid: 0.45, "direct debit": -0.3, invoice: 0 };
const GROUP: Readonly<Record<GroupKind, number>> = { none: 0, family: -0.25, corporate: -0.4 };
const GROUP_DEPARTURE: Readonly<Record<GroupKind, number>> = { none: 0, family: 1.5, corporate: 0.4 };

/**
 * Fills in the effects on the log-odds that an active subscriber decides to leave in a month, one per cause, and returns
 * their sum with the baseline: a discrete-time proportional-odds hazard (Cox 1972, section 6). Triggers come on top.
 */
export function fillEffects(facts: HazardFacts, effects: number[]): number {
  effects[AT.life] = lifeEffect(facts.monthOfLife, facts.bulk !== undefined) + (facts.age < 25 ? 0.25 : 0);
  effects[AT.contract] = contractEffect(facts.monthsToContractEnd) + PAYMENT[facts.paymentKind];
  effects[AT.price] =
    TARIFF_TERMS[facts.tariff].hazardEffect +
    OVERAGE_SHARE * Math.min(1.5, facts.overageShare) +
    SAVING_SHARE * Math.min(0.6, facts.savingShare) +
    facts.resentment;
  effects[AT.care] = COMPLAINT * Math.min(3, facts.complaints);
  effects[AT.faults] = FAULT_HOUR * Math.min(24, facts.faultHours);
  effects[AT.network] = COVERAGE * Math.max(-2.5, Math.min(1.2, facts.coverage));
  effects[AT.group] =
    GROUP[facts.groupKind] + GROUP_DEPARTURE[facts.groupKind] * Math.min(2, facts.groupDepartures);
  effects[AT.arrears] =
    LATE_BILL * Math.min(3, facts.lateBills) + MONTH_IN_ARREARS * Math.min(3, facts.monthsInArrears);
  // Adding 0 makes 0 of -0.
  effects[AT.usage] = SATISFACTION * Math.max(-1.5, Math.min(0, facts.satisfaction)) + 0;
  effects[AT.services] = SERVICE * facts.services + DROPPED_SERVICE * Math.min(1, facts.droppedServices);
  effects[AT.competition] = facts.competition;
  effects[AT.dealer] = dealerEffect(facts);
  effects[AT.intent] = 0;
  effects[AT.offer] = 0;
  let sum = BASELINE;
  for (let i = 0; i < effects.length; i++) sum += effects[i];
  return sum;
}

/** Churn peaks in months 4 to 6, when the welcome is over, and falls later. */
function lifeEffect(monthOfLife: number, isBulkCard: boolean): number {
  if (monthOfLife <= 3) return -0.2;
  if (isBulkCard) return 0;
  if (monthOfLife <= 6) return 1.6;
  if (monthOfLife <= 12) return 0.3;
  return -0.9 * Math.min(1, (monthOfLife - 12) / 48);
}

/** Customers who were sold what does not suit them go in the first year; cards that were activated for the bonus, when it is paid. */
function dealerEffect({ monthOfLife, bulk, dealerEffect: effect }: HazardFacts): number {
  if (bulk === undefined) return monthOfLife <= 12 ? effect : effect / 2;
  const [from, to] = bulk.ends;
  if (monthOfLife < from) return -1;
  return monthOfLife <= to ? 4 : 2.5;
}

/** A contract reduces the risk until its last month; without a renewal the risk is raised for three months. */
export function contractEffect(monthsToContractEnd: number | undefined): number {
  if (monthsToContractEnd === undefined) return 0;
  if (monthsToContractEnd > 1) return -0.95;
  return monthsToContractEnd >= -2 ? 0.95 : 0;
}

/** The probability that at least one of two independent events happens. */
export function eitherOf(first: number, second: number): number {
  return 1 - (1 - first) * (1 - second);
}
