import { createRandom, type Random } from "../../random.js";
import { firstDayOf } from "../../table/calendar.js";
import { ageIn } from "../calendar.js";
import { weightedChoice } from "../draws.js";
import {
  type PaymentKind,
  type Region,
  SERVICE_NAMES,
  type ServiceName,
  TARIFF_TERMS,
  type TariffName,
} from "../market/catalogue.js";
import { BATCH_INTERVAL, type BulkCards, batchDay, type Dealer } from "../market/dealers.js";
import { CHANNELS, type Channel } from "../market/offers.js";
import { YOUTH_AGE } from "../market/prices.js";
import { BURN_IN, type OperatorPlan } from "../plan.js";
import { accountContractEnd, type GroupKind, type SubscriberGroup } from "./group-sequence.js";

/** The properties of a subscriber that do not change. Months counted from January 1970 = 0. */
export interface SubscriberProfile {
  /** `S0000001`, `S0000002`, … */
  readonly id: string;
  /** From 0; all subscribers before it have other ids. */
  readonly position: number;
  readonly activationMonth: number;
  /** Days since 1970-01-01. */
  readonly activatedOn: number;
  readonly region: Region;
  readonly dealer: Dealer;
  /** How the card lives if a dealer activated it for the bonus; undefined for a real subscriber. */
  readonly bulk: BulkCards | undefined;
  readonly paymentKind: PaymentKind;
  readonly groupKind: GroupKind;
  readonly birthYear: number;
  readonly isBirthYearKnown: boolean;
  readonly firstTariff: TariffName;
  /** Share of the fee that is waived. */
  readonly discount: number;
  /** The month before whose first day the first contract ends; undefined without a contract. */
  readonly firstContractEnd: number | undefined;
  /** Length of a contract of this subscriber, in months. */
  readonly contractTerm: 12 | 24;
  readonly firstServices: readonly ServiceName[];
  /** Use in a usual month while the subscriber is satisfied. */
  readonly usualMinutes: number;
  readonly usualDataGb: number;
  readonly usualSms: number;
  /** Probability of paying late in a usual month. */
  readonly lateness: number;
  /** The quality of the network where the subscriber lives, about standard normal; recorded as dropped calls. */
  readonly coverage: number;
  /** Whether the contract came with a handset that the operator pays for. */
  readonly hasHandset: boolean;
  /** The channel on which the subscriber prefers to be contacted. */
  readonly channel: Channel;
  /** Added to the effect of a retention offer on the log-odds; not recorded. */
  readonly receptivity: number;
}

const TARIFFS_PRIVATE = { basic: 0.22, smart: 0.3, plus: 0.2, unlimited: 0.11, youth: 0.17 } as const;
const PAYMENT_BASIC = { prepaid: 0.65, "direct debit": 0.2, invoice: 0.15 } as const;
const PAYMENT_PRIVATE = { prepaid: 0.22, "direct debit": 0.56, invoice: 0.22 } as const;
const PAYMENT_CORPORATE = { "direct debit": 0.4, invoice: 0.6 } as const;
const DISCOUNTS = { "0": 0.6, "0.1": 0.25, "0.2": 0.15 } as const;
const SERVICE_SHARES: Readonly<Record<ServiceName, number>> = { internet: 0.34, tv: 0.24, roaming: 0.18 };
const LATENESS: Readonly<Record<PaymentKind, number>> = { prepaid: 0, "direct debit": 0.015, invoice: 0.08 };

/** Share of the subscribers who are active when the recorded months begin. */
const SHARE_PRESENT = 0.7;
const MEAN_TENURE = 34;
const MAXIMUM_TENURE = 180;
const HANDSET_SHARE = 0.6;
/** How many times likelier customers of a poor dealer are to pay late. */
const POOR_LATENESS = 1.6;
const COVERAGE_SPREAD = 0.85;
const COVERAGE: Readonly<Record<Region, number>> = {
  north: -0.25,
  east: 0,
  south: 0.05,
  west: -0.4,
  capital: 0.35,
};

/** Draws the properties of a subscriber from a separate random stream. */
export function drawProfile(
  position: number,
  group: SubscriberGroup,
  dealers: readonly Dealer[],
  plan: OperatorPlan,
): SubscriberProfile {
  const random = createRandom(plan.seed, "profile", position);
  const dealer = dealers[random.integer(dealers.length)];
  const isBulkCard = random.next() < (group.kind === "none" ? (dealer.bulk?.share ?? 0) : 0);
  const bulk = isBulkCard ? dealer.bulk : undefined;
  const activation = drawActivation(dealer, bulk, plan, random);
  const isPresent = activation.month < plan.firstMonth;

  const birthYear = 1945 + Math.floor(63 * Math.sqrt(random.next()));
  const age = ageIn(plan.firstMonth, birthYear);
  const firstTariff = drawTariff(group.kind, isBulkCard, age, random);
  const paymentKind = drawPaymentKind(group.kind, isBulkCard, firstTariff, random);
  const contractTerm = random.next() < 0.6 ? 24 : 12;
  const isUnderContract = paymentKind !== "prepaid" && random.next() < (isPresent ? 0.6 : 0.85);
  const remaining = 1 + random.integer(contractTerm);
  const contractEnd = isPresent ? plan.firstMonth + remaining : activation.month + contractTerm;
  const { typicalMinutes, typicalDataGb } = TARIFF_TERMS[firstTariff];
  const intensity = (bulk?.use ?? 1) * (isBulkCard ? Math.exp(0.5 * random.normal()) : 1);
  const lateness = LATENESS[paymentKind] * (dealer.kind === "poor" ? POOR_LATENESS : 1);
  return {
    id: subscriberId(position),
    position,
    activationMonth: activation.month,
    activatedOn: activation.day,
    region: group.region,
    dealer,
    bulk,
    paymentKind,
    groupKind: group.kind,
    birthYear,
    isBirthYearKnown: random.next() < 0.93,
    firstTariff,
    discount: Number(weightedChoice(DISCOUNTS, random)),
    firstContractEnd:
      group.kind === "corporate"
        ? accountContractEnd(group, plan.firstMonth, Math.max(activation.month, plan.firstMonth - BURN_IN))
        : isUnderContract
          ? contractEnd
          : undefined,
    contractTerm: group.kind === "corporate" ? 24 : contractTerm,
    firstServices: SERVICE_NAMES.filter(
      (name) => random.next() < SERVICE_SHARES[name] * (isBulkCard ? 0.2 : 1),
    ),
    usualMinutes: intensity * typicalMinutes * Math.exp(0.45 * random.normal()),
    usualDataGb: intensity * typicalDataGb * Math.exp(0.5 * random.normal()),
    usualSms: intensity * 18 * Math.exp(0.8 * random.normal()),
    lateness: lateness * Math.exp(0.6 * random.normal()),
    coverage: COVERAGE[group.region] + COVERAGE_SPREAD * random.normal(),
    hasHandset: random.next() < HANDSET_SHARE,
    channel: CHANNELS[random.integer(CHANNELS.length)],
    receptivity: 0.15 * random.normal(),
  };
}

/** {@link subscriberId} of a position plus one, for `printf`. */
export const SUBSCRIBER_FORMAT = "S%07d";

export function subscriberId(position: number): string {
  return `S${String(position + 1).padStart(7, "0")}`;
}

/** The position of a {@link subscriberId}; undefined for any other text. */
export function positionOf(id: string | null): number | undefined {
  const position = Number(id?.slice(1)) - 1;
  return position >= 0 && id === subscriberId(position) ? position : undefined;
}

/** Cards of a batch are activated on one day, at most one interval before the recorded months or within them. */
function drawActivation(
  dealer: Dealer,
  bulk: BulkCards | undefined,
  { firstMonth, endMonth, seed }: OperatorPlan,
  random: Random,
): { readonly month: number; readonly day: number } {
  const isPresent = random.next() < SHARE_PRESENT;
  const tenure = 1 + Math.min(MAXIMUM_TENURE, Math.floor(-Math.log(1 - random.next()) * MEAN_TENURE));
  const joined = firstMonth + random.integer(endMonth - firstMonth);
  const day = random.integer(28);
  if (bulk !== undefined) {
    const month = bulk.isInBatches ? joined - (joined % BATCH_INTERVAL) : joined;
    return { month, day: firstDayOf(month) + (bulk.isInBatches ? batchDay(seed, dealer, month) : day) };
  }
  const month = isPresent ? firstMonth - tenure : joined;
  return { month, day: firstDayOf(month) + day };
}

function drawTariff(kind: GroupKind, isBulkCard: boolean, age: number, random: Random): TariffName {
  const drawn = weightedChoice(TARIFFS_PRIVATE, random);
  if (kind === "corporate") return "business";
  if (isBulkCard) return "basic";
  return drawn === "youth" && age >= YOUTH_AGE ? "smart" : drawn;
}

function drawPaymentKind(
  kind: GroupKind,
  isBulkCard: boolean,
  tariff: TariffName,
  random: Random,
): PaymentKind {
  if (isBulkCard) return "prepaid";
  if (kind === "corporate") return weightedChoice(PAYMENT_CORPORATE, random);
  return weightedChoice(tariff === "basic" || tariff === "youth" ? PAYMENT_BASIC : PAYMENT_PRIVATE, random);
}
