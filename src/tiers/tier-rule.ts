/** How tiers are drawn. Where tiers are named, the highest comes first and the last one takes the rest. */
export type TierRule = ProbabilityTierRule | CapacityTierRule | ExpectedLossTierRule | AutoTierRule;

/** Fixed limits: `{ by: "probability", tiers: [{ name: "high", from: 0.5 }, { name: "low", from: 0 }] }`. */
export interface ProbabilityTierRule {
  readonly by: "probability";
  /** `from` falls from tier to tier; the last is 0. */
  readonly tiers: readonly { readonly name: string; readonly from: number }[];
}

/**
 * The number of subscribers that can be handled: `{ by: "capacity", tiers: [{ name: "call", top: 500 }, { name: "rest"
 * }] }`.
 */
export interface CapacityTierRule {
  readonly by: "capacity";
  /** Every tier but the last has `top`, a number of subscribers, or `share`, a share of all of them. */
  readonly tiers: readonly { readonly name: string; readonly top?: number; readonly share?: number }[];
}

/**
 * Limits in money, on probability × value of the subscriber:
 * `{ by: "expectedLoss", tiers: [{ name: "call", from: 200 }, { name: "rest", from: 0 }] }`.
 */
export interface ExpectedLossTierRule {
  readonly by: "expectedLoss";
  /** `from` falls from tier to tier; the last is 0. */
  readonly tiers: readonly { readonly name: string; readonly from: number }[];
}

/** The number of tiers that the labelled data can distinguish: see `autoTiers`. */
export interface AutoTierRule {
  readonly by: "auto";
  /** The maximum number of tiers, 2 to 5. Default 5. */
  readonly max?: number;
}

/** The riskiest tenth, the next fifth, and the rest. */
export const DEFAULT_TIER_RULE: CapacityTierRule = {
  by: "capacity",
  tiers: [{ name: "high", share: 0.1 }, { name: "medium", share: 0.2 }, { name: "low" }],
};

/** A copy with only the fields of a rule: it goes into the model file. */
export function copyOfRule(rule: TierRule): TierRule {
  switch (rule.by) {
    case "auto":
      return { by: rule.by, ...(rule.max === undefined ? {} : { max: rule.max }) };
    case "capacity":
      return {
        by: rule.by,
        tiers: rule.tiers.map(({ name, top, share }) => ({
          name,
          ...(top === undefined ? {} : { top }),
          ...(share === undefined ? {} : { share }),
        })),
      };
    default:
      return { by: rule.by, tiers: rule.tiers.map(({ name, from }) => ({ name, from })) };
  }
}

/** The names of tiers that are drawn from the data, by their number; one tier when no difference is found. */
const NAMES: readonly (readonly string[])[] = [
  ["all"],
  ["high", "low"],
  ["high", "medium", "low"],
  ["very high", "high", "medium", "low"],
  ["very high", "high", "medium", "low", "very low"],
];

export function tierNames(count: number): readonly string[] {
  return NAMES[count - 1];
}

/** Whether there are names for this number of tiers, two or more. */
export function isTierCount(count: unknown): count is number {
  return Number.isInteger(count) && (count as number) >= 2 && (count as number) <= NAMES.length;
}
