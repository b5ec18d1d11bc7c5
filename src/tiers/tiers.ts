/** A risk tier: the subscribers whose probability is at least `from` and below the `from` of the tier above. */
export interface RiskTier {
  readonly name: string;
  /** 0 for the lowest tier. */
  readonly from: number;
}

/** Risk tiers, the highest first; the last one starts at 0. */
export type RiskTiers = readonly RiskTier[];

/** The tier of a probability in [0, 1]. */
export function tierOf(tiers: RiskTiers, probability: number): RiskTier {
  for (const tier of tiers) if (probability >= tier.from) return tier;
  return tiers[tiers.length - 1];
}
