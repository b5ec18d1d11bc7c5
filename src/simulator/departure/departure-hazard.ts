import { logistic } from "../../math/logistic.js";
import {
  campaignEffect,
  type PaymentKind,
  type Region,
  TARIFF_TERMS,
  type TariffName,
} from "../catalogue.js";
import type { GroupKind } from "../life/group-sequence.js";

/** All that a subscriber's log-odds of leaving in a month depend on, as known when the month begins. */
export interface HazardCauses {
  /** January = 0. */
  readonly monthOfYear: number;
  readonly region: Region;
  /** 1 in the month of activation. */
  readonly monthOfLife: number;
  readonly tariff: TariffName;
  readonly paymentKind: PaymentKind;
  readonly isBulkCard: boolean;
  /** The effect of the dealer, added to the log-odds. */
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
  /** Sum over the three months before. */
  readonly faultHours: number;
  /** What was charged beyond the fee in the two months before, as a share of the fee. */
  readonly overageShare: number;
  readonly services: number;
  /** Number in the three months before. */
  readonly droppedServices: number;
}

/** Log-odds of leaving in a month for a subscriber without any of the effects. */
const BASELINE = -4.45;
const SATISFACTION = -2.3;
const COMPLAINT = 0.55;
const LATE_BILL = 0.35;
const FAULT_HOUR = 0.035;
const OVERAGE_SHARE = 0.6;
const SERVICE = -0.25;
const DROPPED_SERVICE = 0.5;
const PAYMENT: Readonly<Record<PaymentKind, number>> = { prepaid: 0.6, "direct debit": -0.5, invoice: 0 };
const GROUP: Readonly<Record<GroupKind, number>> = { none: 0, family: -0.35, corporate: -0.6 };
const GROUP_DEPARTURE: Readonly<Record<GroupKind, number>> = { none: 0, family: 1.3, corporate: 0.3 };

/**
 * The log-odds that an active subscriber decides to leave in a month: a discrete-time proportional-odds hazard
 * (Cox 1972, section 6), the sum of all effects.
 */
export function departureLogOdds(causes: HazardCauses): number {
  return (
    BASELINE +
    TARIFF_TERMS[causes.tariff].hazardEffect +
    PAYMENT[causes.paymentKind] +
    causes.dealerEffect +
    (causes.age < 25 ? 0.25 : 0) +
    lifeEffect(causes.monthOfLife, causes.isBulkCard) +
    contractEffect(causes.monthsToContractEnd) +
    GROUP[causes.groupKind] +
    GROUP_DEPARTURE[causes.groupKind] * Math.min(2, causes.groupDepartures) +
    SATISFACTION * Math.max(-1.5, Math.min(0, causes.satisfaction)) +
    COMPLAINT * Math.min(3, causes.complaints) +
    LATE_BILL * Math.min(3, causes.lateBills) +
    FAULT_HOUR * Math.min(20, causes.faultHours) +
    OVERAGE_SHARE * Math.min(1.5, causes.overageShare) +
    SERVICE * causes.services +
    DROPPED_SERVICE * Math.min(1, causes.droppedServices) +
    campaignEffect(causes.region, causes.monthOfYear)
  );
}

/** The first bills are discounted, then the welcome credit ends: churn peaks in months 4 to 6, and falls later. */
function lifeEffect(monthOfLife: number, isBulkCard: boolean): number {
  if (monthOfLife <= 3) return isBulkCard ? -1 : -0.2;
  if (monthOfLife <= 6) return isBulkCard ? 4 : 1.7;
  if (monthOfLife <= 12) return isBulkCard ? 2.5 : 0.3;
  return -0.9 * Math.min(1, (monthOfLife - 12) / 48);
}

/** A contract reduces the risk until its last month; without a renewal the risk is raised for three months. */
export function contractEffect(monthsToContractEnd: number | undefined): number {
  if (monthsToContractEnd === undefined) return 0;
  if (monthsToContractEnd > 1) return -2.2;
  return monthsToContractEnd >= -2 ? 1.1 : 0;
}

/** The probability of log-odds. */
export function probabilityOf(logOdds: number): number {
  return logistic(logOdds);
}

/** The probability that at least one of two independent events happens. */
export function eitherOf(first: number, second: number): number {
  return 1 - (1 - first) * (1 - second);
}
