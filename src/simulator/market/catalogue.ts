/** What the simulated operator sells and where. Money in the operator's currency, per month. */

export interface TariffTerms {
  readonly fee: number;
  readonly includedMinutes: number;
  readonly includedDataGb: number;
  /** Median use of its subscribers. */
  readonly typicalMinutes: number;
  readonly typicalDataGb: number;
  /** Added to the log-odds of leaving. */
  readonly hazardEffect: number;
  /** Whom it is sold to: everybody, those below 28, or corporate accounts. */
  readonly soldTo: "everybody" | "youth" | "accounts";
}

export type TariffName = "basic" | "smart" | "plus" | "unlimited" | "youth" | "business";
export type Region = "north" | "east" | "south" | "west" | "capital";
export type PaymentKind = "prepaid" | "direct debit" | "invoice";
export type ServiceName = "internet" | "tv" | "roaming";

/** Price of a minute and of a gigabyte beyond what the tariff includes. */
export const BEYOND = { perMinute: 0.06, perGb: 1.5 } as const;

export const TARIFF_TERMS: Readonly<Record<TariffName, TariffTerms>> = {
  basic: {
    fee: 9.9,
    includedMinutes: 100,
    includedDataGb: 1,
    typicalMinutes: 85,
    typicalDataGb: 0.7,
    hazardEffect: 0.3,
    soldTo: "everybody",
  },
  smart: {
    fee: 17.9,
    includedMinutes: 300,
    includedDataGb: 6,
    typicalMinutes: 190,
    typicalDataGb: 3.8,
    hazardEffect: 0,
    soldTo: "everybody",
  },
  plus: {
    fee: 26.9,
    includedMinutes: 600,
    includedDataGb: 18,
    typicalMinutes: 310,
    typicalDataGb: 10,
    hazardEffect: -0.1,
    soldTo: "everybody",
  },
  unlimited: {
    fee: 39.9,
    includedMinutes: Number.POSITIVE_INFINITY,
    includedDataGb: Number.POSITIVE_INFINITY,
    typicalMinutes: 420,
    typicalDataGb: 28,
    hazardEffect: -0.3,
    soldTo: "everybody",
  },
  youth: {
    fee: 14.9,
    includedMinutes: 150,
    includedDataGb: 12,
    typicalMinutes: 70,
    typicalDataGb: 8.5,
    hazardEffect: 0.35,
    soldTo: "youth",
  },
  business: {
    fee: 34.9,
    includedMinutes: 1500,
    includedDataGb: 25,
    typicalMinutes: 560,
    typicalDataGb: 9,
    hazardEffect: -0.1,
    soldTo: "accounts",
  },
};

export const SERVICE_FEES: Readonly<Record<ServiceName, number>> = { internet: 14, tv: 8, roaming: 5 };
export const SERVICE_NAMES = Object.keys(SERVICE_FEES) as ServiceName[];

/** Shares of the subscribers. */
export const REGION_WEIGHTS: Readonly<Record<Region, number>> = {
  north: 0.18,
  east: 0.2,
  south: 0.24,
  west: 0.13,
  capital: 0.25,
};

/** Calls by month of the year: fewer in the holidays, more in December. */
export const USE_BY_SEASON = [0.99, 0.98, 1, 1, 1.01, 1.01, 0.98, 0.97, 1.01, 1.01, 1.01, 1.03] as const;
