import { createRandom } from "../random.js";
import { weightedChoice } from "./draws.js";
import type { GroupKind } from "./groups.js";
import { TARIFFS, type TariffName } from "./tariffs.js";

export type PaymentKind = "prepaid" | "direct debit" | "invoice";
export type Region = "north" | "east" | "south" | "west" | "capital";

/** What does not change in the life of a subscriber. */
export interface SubscriberProfile {
  /** `S000001`, `S000002`, … */
  readonly id: string;
  /** The month of the first day; may lie years before the first simulated month. */
  readonly activationMonth: number;
  readonly region: Region;
  readonly tariff: TariffName;
  /** The tariff's fee less the subscriber's discount. */
  readonly monthlyFee: number;
  readonly paymentKind: PaymentKind;
  readonly groupKind: GroupKind;
  /** Position of the group in the operator's groups. */
  readonly group: number;
  /** The first contract ends before the first day of this month; undefined without a contract. */
  readonly contractEnd: number | undefined;
  readonly traits: SubscriberTraits;
}

/** What an operator would never see. */
export interface SubscriberTraits {
  /** The level that satisfaction returns to. */
  readonly usualSatisfaction: number;
  /** Minutes and gigabytes in a usual month of a content subscriber. */
  readonly usualMinutes: number;
  readonly usualDataGb: number;
  /** Probability of paying late in a usual month. */
  readonly lateness: number;
}

const REGIONS = { north: 0.18, east: 0.2, south: 0.24, west: 0.13, capital: 0.25 } as const;
const TARIFFS_PRIVATE = { basic: 0.22, smart: 0.3, plus: 0.2, unlimited: 0.11, youth: 0.17 } as const;
const PAYMENT_BASIC = { prepaid: 0.65, "direct debit": 0.2, invoice: 0.15 } as const;
const PAYMENT_PRIVATE = { prepaid: 0.22, "direct debit": 0.56, invoice: 0.22 } as const;
const DISCOUNTS = { "0": 0.6, "0.1": 0.25, "0.2": 0.15 } as const;

/** Share of the subscribers who were there when the simulation begins. */
const SHARE_PRESENT = 0.7;
const MEAN_TENURE = 34;
const MAXIMUM_TENURE = 180;

/**
 * Draws what a subscriber is from a stream of their own.
 * @param group the group they belong to and its position
 * @param months first simulated month, and the month after the last
 */
export function drawProfile(
  position: number,
  group: { readonly kind: GroupKind; readonly position: number },
  months: { readonly first: number; readonly end: number },
  seed: number,
): SubscriberProfile {
  const random = createRandom(seed, "profile", position);
  const isPresent = random.next() < SHARE_PRESENT;
  const tenure = 1 + Math.min(MAXIMUM_TENURE, Math.floor(-Math.log(1 - random.next()) * MEAN_TENURE));
  const joined = months.first + random.integer(months.end - months.first);
  const activationMonth = isPresent ? months.first - tenure : joined;

  const tariff = group.kind === "corporate" ? "business" : weightedChoice(TARIFFS_PRIVATE, random);
  const { fee, typicalMinutes, typicalDataGb } = TARIFFS[tariff];
  const paymentKind =
    group.kind === "corporate"
      ? "invoice"
      : weightedChoice(tariff === "basic" || tariff === "youth" ? PAYMENT_BASIC : PAYMENT_PRIVATE, random);
  const discount = Number(weightedChoice(DISCOUNTS, random));
  const term = random.next() < 0.6 ? 24 : 12;
  const isUnderContract = paymentKind !== "prepaid" && random.next() < (isPresent ? 0.6 : 0.85);
  const remaining = 1 + random.integer(term);
  const contractEnd = isPresent ? months.first + remaining : activationMonth + term;

  return {
    id: `S${String(position + 1).padStart(6, "0")}`,
    activationMonth,
    region: weightedChoice(REGIONS, random),
    tariff,
    monthlyFee: Math.round(fee * (1 - discount) * 100) / 100,
    paymentKind,
    groupKind: group.kind,
    group: group.position,
    contractEnd: isUnderContract ? contractEnd : undefined,
    traits: {
      usualSatisfaction: 0.25 * random.normal(),
      usualMinutes: typicalMinutes * Math.exp(0.45 * random.normal()),
      usualDataGb: typicalDataGb * Math.exp(0.5 * random.normal()),
      lateness: LATENESS[paymentKind] * Math.exp(0.6 * random.normal()),
    },
  };
}

const LATENESS: Readonly<Record<PaymentKind, number>> = { prepaid: 0, "direct debit": 0.015, invoice: 0.08 };
