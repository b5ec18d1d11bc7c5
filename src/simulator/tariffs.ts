/** What a tariff costs and holds. Money in the operator's currency, per month. */
export interface Tariff {
  readonly fee: number;
  readonly includedMinutes: number;
  readonly includedDataGb: number;
  /** Median use of its subscribers. */
  readonly typicalMinutes: number;
  readonly typicalDataGb: number;
  /** Added to the log-odds of leaving. */
  readonly hazardEffect: number;
}

export type TariffName = "basic" | "smart" | "plus" | "unlimited" | "youth" | "business";

/** Price of a minute and of a gigabyte beyond what the tariff includes. */
export const OVERAGE = { perMinute: 0.06, perGb: 1.5 } as const;

export const TARIFFS: Readonly<Record<TariffName, Tariff>> = {
  basic: {
    fee: 9.9,
    includedMinutes: 100,
    includedDataGb: 1,
    typicalMinutes: 85,
    typicalDataGb: 0.7,
    hazardEffect: 0.45,
  },
  smart: {
    fee: 17.9,
    includedMinutes: 300,
    includedDataGb: 6,
    typicalMinutes: 190,
    typicalDataGb: 3.8,
    hazardEffect: 0,
  },
  plus: {
    fee: 26.9,
    includedMinutes: 600,
    includedDataGb: 18,
    typicalMinutes: 310,
    typicalDataGb: 10,
    hazardEffect: -0.1,
  },
  unlimited: {
    fee: 39.9,
    includedMinutes: Number.POSITIVE_INFINITY,
    includedDataGb: Number.POSITIVE_INFINITY,
    typicalMinutes: 420,
    typicalDataGb: 28,
    hazardEffect: -0.5,
  },
  youth: {
    fee: 14.9,
    includedMinutes: 150,
    includedDataGb: 12,
    typicalMinutes: 70,
    typicalDataGb: 8.5,
    hazardEffect: 0.7,
  },
  business: {
    fee: 34.9,
    includedMinutes: 1500,
    includedDataGb: 25,
    typicalMinutes: 560,
    typicalDataGb: 9,
    hazardEffect: -0.2,
  },
};
