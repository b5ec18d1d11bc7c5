import type { AbnormalActivation, ActivationEvidence } from "./activation-result.js";

/** A dealer whose activations are abnormal, in short. */
export interface NamedDealer {
  readonly dealer: string;
  readonly activations: number;
  /** Cards that were hardly used, and ended or fell silent in their first year. */
  readonly silent: number;
  /** How many silent cards peers would have. */
  readonly expected: number;
  readonly q: number;
  readonly evidence: ActivationEvidence | null;
}

/**
 * The dealers that `abnormalActivation` names, for the JSON of the analysis.
 * @example abnormalDealers(await abnormalActivation(history)); // [{ dealer: "D17", activations: 120, silent: 41, q: 2e-9, … }]
 */
export function abnormalDealers({ dealers }: AbnormalActivation): readonly NamedDealer[] {
  return dealers.flatMap(({ dealer, activations, silent, q, evidence, isNamed }) =>
    isNamed ? [{ dealer, activations, silent: silent.cards, expected: silent.expected, q, evidence }] : [],
  );
}
