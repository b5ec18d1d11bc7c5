/** What a retention offer costs, and how long it works. */
export interface OfferTerms {
  /** Of one offer that reaches the subscriber, with the contact; in the operator's currency. */
  readonly cost: number;
  /** Months after the contact in which it changes the log-odds of leaving. */
  readonly months: number;
  readonly about: string;
}

/** The retention offers. */
export const OFFERS = {
  discount: { cost: 14, months: 3, about: "a discount for three months" },
  data_pack: { cost: 9, months: 6, about: "more data for half a year" },
  care_call: { cost: 5, months: 2, about: "a call of a senior agent who settles complaints and faults" },
  new_contract: { cost: 36, months: 12, about: "a subsidised handset with a new contract" },
} as const satisfies Readonly<Record<string, OfferTerms>>;

/** The name of a retention offer. */
export type OfferName = keyof typeof OFFERS;
export const OFFER_NAMES = Object.keys(OFFERS) as OfferName[];

/** How a subscriber is contacted. */
export type Channel = "call" | "sms" | "email";
export const CHANNELS: readonly Channel[] = ["call", "sms", "email"];
