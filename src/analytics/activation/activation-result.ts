import type { MissingActivations } from "./missing-activations.js";

/** How many cards of a dealer or tariff have a mark, against what is expected of peers. */
export interface MarkTest {
  /** Cards with the mark. */
  readonly cards: number;
  /** How many there would be if the cards were like those of peers of the same tariff, kind of payment, month and region. */
  readonly expected: number;
  /** The probability of so many or more where it is a usual dealer: upper tail of the negative binomial distribution. */
  readonly p: number;
}

/** The most unused cards that were activated on one day. */
export interface BatchEvidence {
  readonly cards: number;
  /** The day, such as `2025-02-03`. */
  readonly day: string;
}

/** The most silent cards that ended in a short time. */
export interface EndsEvidence {
  readonly cards: number;
  /** How many of the silent cards ended at all; the others only fell silent. */
  readonly ended: number;
  /** The days from the first of them to the last, both included; at most 30. */
  readonly days: number;
  readonly from: string;
  readonly to: string;
}

/** A share of the silent cards, and the same of the cards of peers that are used as usual. */
export interface ShareEvidence {
  readonly cards: number;
  /** How many cards that is of. */
  readonly of: number;
  /** Of peers; null where there are none. */
  readonly peers: number | null;
}

/** Facts about the silent cards of a dealer or tariff that an auditor can check. */
export interface ActivationEvidence {
  /** Null where no two unused cards were activated on one day. */
  readonly batch: BatchEvidence | null;
  /** Null where no two silent cards ended within 30 days. */
  readonly ends: EndsEvidence | null;
  /** The months of life in which the middle half of the silent cards ended or was last used, from 1. */
  readonly monthsOfLife: { readonly from: number; readonly to: number } | null;
  /** Without a second payment in the first 180 days, of cards that were followed so long. Null without payments. */
  readonly withoutSecondPayment: ShareEvidence | null;
  /** Without any complaint, call or other event in the first 180 days, of cards that were followed so long. Null without events. */
  readonly withoutEvents: ShareEvidence | null;
  /** The silent cards by their ids, in order; at most 100. */
  readonly cards: readonly string[];
}

/** What was tested of a dealer or a tariff. */
export interface TestedActivations {
  /** Activations that were followed for three months or more. */
  readonly activations: number;
  /** Cards that were hardly used in any of their first months. */
  readonly unused: MarkTest;
  /** Those of them that ended or fell silent in their first year. */
  readonly silent: MarkTest;
  /** The larger of both p-values: each mark has to stand out by itself. */
  readonly p: number;
  /** The false-discovery rate at which it would be named (Benjamini and Hochberg 1995). */
  readonly q: number;
  /** Whether it is named: see `abnormalActivation`. */
  readonly isNamed: boolean;
  /** Null for those that are not named. */
  readonly evidence: ActivationEvidence | null;
}

/** The activations of a dealer, compared with those of other dealers. */
export interface DealerActivations extends TestedActivations {
  readonly dealer: string;
}

/** The activations in a tariff, compared with those in other tariffs. */
export interface TariffActivations extends TestedActivations {
  readonly tariff: string;
}

/** What `abnormalActivation` returns. */
export interface AbnormalActivation {
  /** The first and the last month of the activations, such as `2025-02`; null where none can be assessed. */
  readonly from: string | null;
  readonly to: string | null;
  /** The last month of use that is known; null where none is. */
  readonly followedTo: string | null;
  /** How many activations were assessed. */
  readonly activations: number;
  /** The measures by which use is judged, by the names of their columns. */
  readonly measures: readonly string[];
  /** A card is unused where it stays below this share of what is usual. */
  readonly littleUse: number;
  readonly falseDiscoveryRate: number;
  /** All dealers that were tested, the most conspicuous first; the named ones are before the others. */
  readonly dealers: readonly DealerActivations[];
  /** All tariffs that were tested, without the cards of named dealers; ordered in the same way. */
  readonly tariffs: readonly TariffActivations[];
  /** How many have too few activations to be tested. */
  readonly tooFew: { readonly dealers: number; readonly tariffs: number };
  /** Why there is no test, as a sentence; null where there is one. */
  readonly missing: {
    readonly dealers: MissingActivations | null;
    readonly tariffs: MissingActivations | null;
  };
}
