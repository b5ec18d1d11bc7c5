import { monthOfYear } from "./calendar.js";
import type { GroupKind } from "./groups.js";
import type { PaymentKind } from "./profile.js";

/** All that the true hazard of one subscriber in one month depends on. */
export interface HazardCauses {
  readonly month: number;
  /** 1 in the month of activation. */
  readonly monthOfLife: number;
  /** From the tariff, added to the log-odds. */
  readonly tariffEffect: number;
  readonly paymentKind: PaymentKind;
  readonly groupKind: GroupKind;
  /** Other members of the group who left in the three months before. */
  readonly groupDepartures: number;
  /** Months until the contract ends, 0 or negative after it ended; undefined without any contract. */
  readonly monthsToContractEnd: number | undefined;
  /** 0 is content, −2 is fed up. */
  readonly satisfaction: number;
  /** In this month and the two before. */
  readonly complaints: number;
  /** In this month and the five before. */
  readonly latePayments: number;
  /** What was charged beyond the fee, as a share of the fee. */
  readonly overageShare: number;
}

/** Log-odds of leaving in a month for somebody to whom nothing applies. */
const BASELINE = -4.7;
const SATISFACTION = -1.7;
const COMPLAINT = 0.5;
const LATE_PAYMENT = 0.4;
const OVERAGE_SHARE = 0.5;
const CAMPAIGN = 0.35;
const PAYMENT: Readonly<Record<PaymentKind, number>> = { prepaid: 0.6, "direct debit": -0.5, invoice: 0 };
const GROUP: Readonly<Record<GroupKind, number>> = { none: 0, family: -0.35, corporate: -0.45 };
const GROUP_DEPARTURE: Readonly<Record<GroupKind, number>> = { none: 0, family: 1, corporate: 0.4 };

/** March, September, November. */
const CAMPAIGN_MONTHS: readonly number[] = [2, 8, 10];

/**
 * The true probability, in (0, 1), that an active subscriber leaves in a month: a discrete-time proportional-odds
 * hazard (Cox 1972, section 6), the logistic function of the sum of all effects.
 */
export function monthlyHazard(causes: HazardCauses): number {
  const logOdds =
    BASELINE +
    causes.tariffEffect +
    PAYMENT[causes.paymentKind] +
    ageEffect(causes.monthOfLife) +
    contractEffect(causes.monthsToContractEnd) +
    GROUP[causes.groupKind] +
    GROUP_DEPARTURE[causes.groupKind] * Math.min(2, causes.groupDepartures) +
    SATISFACTION * Math.max(-2.5, Math.min(1, causes.satisfaction)) +
    COMPLAINT * Math.min(3, causes.complaints) +
    LATE_PAYMENT * Math.min(3, causes.latePayments) +
    OVERAGE_SHARE * Math.min(1.5, causes.overageShare) +
    (CAMPAIGN_MONTHS.includes(monthOfYear(causes.month)) ? CAMPAIGN : 0);
  return 1 / (1 + Math.exp(-logOdds));
}

/** The first bills are discounted, then the welcome credit ends: leaving peaks in months 4 to 6, and fades later. */
function ageEffect(monthOfLife: number): number {
  if (monthOfLife <= 3) return -0.2;
  if (monthOfLife <= 6) return 1.8;
  if (monthOfLife <= 12) return 0.3;
  return -0.7 * Math.min(1, (monthOfLife - 12) / 48);
}

/** A contract holds until its last month; who has not renewed is open to offers for three months after. */
function contractEffect(monthsToContractEnd: number | undefined): number {
  if (monthsToContractEnd === undefined) return 0;
  if (monthsToContractEnd > 1) return -1.7;
  if (monthsToContractEnd >= -2) return 1.2;
  return 0;
}
