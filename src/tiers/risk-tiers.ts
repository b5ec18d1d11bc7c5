import { Problems } from "../errors.js";
import type { RiskTiers } from "./tiers.js";

/** How tiers are drawn, the highest first. The last tier takes the rest. */
export type TierRule = ProbabilityTierRule | CapacityTierRule;

/** Fixed limits: `{ by: "probability", tiers: [{ name: "high", from: 0.5 }, { name: "low", from: 0 }] }`. */
export interface ProbabilityTierRule {
  readonly by: "probability";
  /** `from` falls from tier to tier; the last is 0. */
  readonly tiers: readonly { readonly name: string; readonly from: number }[];
}

/** As many subscribers as can be looked after: `{ by: "capacity", tiers: [{ name: "call", top: 500 }, { name: "rest" }] }`. */
export interface CapacityTierRule {
  readonly by: "capacity";
  /** Every tier but the last has `top`, a number of subscribers, or `share`, a share of all of them. */
  readonly tiers: readonly { readonly name: string; readonly top?: number; readonly share?: number }[];
}

/** The riskiest tenth, the next fifth, and the rest. */
export const DEFAULT_TIER_RULE: CapacityTierRule = {
  by: "capacity",
  tiers: [{ name: "high", share: 0.1 }, { name: "medium", share: 0.2 }, { name: "low" }],
};

/**
 * Turns a rule into tiers with limits on the probability. A capacity is never exceeded on `probabilities`: where ties
 * stand across its limit, all of them fall into the tier below, as far as that has room. Shares are of
 * `probabilities.length`, rounded down.
 * @throws HoldfastError with all problems of the rule.
 */
export function riskTiers(rule: TierRule, probabilities: Float64Array): RiskTiers {
  checkRule(rule);
  if (rule.by === "probability") return rule.tiers.map(({ name, from }) => ({ name, from }));
  const falling = probabilities.slice().sort().reverse();
  let reached = 0;
  return rule.tiers.map(({ name, top, share }, position) => {
    if (position === rule.tiers.length - 1) return { name, from: 0 };
    const capacity = top ?? wholePart((share ?? 0) * falling.length);
    const from = limitOf(falling, Math.min(reached + capacity, falling.length));
    while (reached < falling.length && falling[reached] >= from) reached++;
    return { name, from };
  });
}

/** @throws HoldfastError with all problems of the rule. */
export function checkRule(rule: TierRule): void {
  const problems = new Problems();
  const add = (argument: string, expected: string, received: unknown) =>
    problems.add({ code: "argument.invalid", path: { function: "riskTiers", argument }, expected, received });
  const { by, tiers } = (rule ?? {}) as { by?: unknown; tiers?: unknown };
  if (by !== "probability" && by !== "capacity") add("by", 'must be "probability" or "capacity"', by);
  if (!Array.isArray(tiers)) add("tiers", "must be a list of tiers", tiers);
  problems.throwIfAny();
  if (rule.tiers.length < 2) add("tiers", "must be two or more", rule.tiers.length);
  const names = new Set<string>();
  rule.tiers.forEach(({ name }, position) => {
    if (typeof name !== "string" || name === "" || names.has(name))
      add(`tiers[${position}].name`, "must be a name of its own", name);
    names.add(name);
  });
  if (rule.by === "probability") checkLimits(rule, add);
  else checkCapacities(rule, add);
  problems.throwIfAny();
}

/** A rule of its own, with nothing in it but what a rule has: it goes into the model file. */
export function copyOfRule(rule: TierRule): TierRule {
  if (rule.by === "probability") {
    return { by: rule.by, tiers: rule.tiers.map(({ name, from }) => ({ name, from })) };
  }
  return {
    by: rule.by,
    tiers: rule.tiers.map(({ name, top, share }) => ({
      name,
      ...(top === undefined ? {} : { top }),
      ...(share === undefined ? {} : { share }),
    })),
  };
}

type Add = (argument: string, expected: string, received: unknown) => void;

function checkLimits({ tiers }: ProbabilityTierRule, add: Add): void {
  tiers.forEach(({ from }, position) => {
    const above = position === 0 ? 1 : tiers[position - 1].from;
    const isLast = position === tiers.length - 1;
    if (isLast ? from !== 0 : !(from > 0 && (position === 0 ? from <= above : from < above))) {
      const expected = isLast
        ? "must be 0: the last tier takes the rest"
        : `must be above 0 and ${position === 0 ? "at most 1" : `below ${above}`}`;
      add(`tiers[${position}].from`, expected, from);
    }
  });
}

function checkCapacities({ tiers }: CapacityTierRule, add: Add): void {
  const shares = tiers.reduce((sum, { share }) => sum + (share ?? 0), 0);
  if (shares > 1 + 1e-9) add("tiers", "must have shares that add up to at most 1", shares);
  tiers.forEach(({ top, share }, position) => {
    const argument = `tiers[${position}]`;
    if (position === tiers.length - 1) {
      if (top !== undefined || share !== undefined)
        add(argument, "must have no capacity: the last tier takes the rest", { top, share });
    } else if ((top === undefined) === (share === undefined)) {
      add(argument, "must have either top or share", { top, share });
    } else if (top !== undefined && !(Number.isInteger(top) && top > 0)) {
      add(`${argument}.top`, "must be a whole number above 0", top);
    } else if (share !== undefined && !(share > 0 && share < 1)) {
      add(`${argument}.share`, "must be above 0 and below 1", share);
    }
  });
}

/** The lowest limit that at most `count` of the falling probabilities reach. */
function limitOf(falling: Float64Array, count: number): number {
  if (count === falling.length) return falling[count - 1];
  let from = count;
  while (from > 0 && falling[from - 1] === falling[count]) from--;
  // When one tie is larger than the capacity, nobody is in the tier: the limit is the next number above the tie.
  return from > 0 ? falling[from - 1] : nextAbove(falling[0]);
}

/** Rounded down, but not for an error in the last digit: 0.29 × 100 is 29. */
function wholePart(value: number): number {
  return Math.floor(value * (1 + 4 * Number.EPSILON));
}

function nextAbove(value: number): number {
  return value + Math.max(Number.MIN_VALUE, value * Number.EPSILON);
}
