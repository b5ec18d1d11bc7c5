import { Problems } from "../errors.js";
import { adder, checkCapacities, checkLimits, checkNamed } from "./check-steps.js";
import { ruleFormProblems, TIER_RULE_FORM } from "./rule-form.js";
import { isTierCount } from "./tier-names.js";
import type { TierRule } from "./tier-rule.js";

/** @throws HoldfastError with all problems of the rule. */
export function checkRule(rule: TierRule): void {
  const problems = new Problems();
  const add = adder(problems, "riskTiers");
  problems.add(...ruleFormProblems(TIER_RULE_FORM, rule));
  problems.throwIfAny();
  const { by, tiers, max } = rule as { by: string; tiers?: unknown; max?: unknown };
  if (by === "auto") {
    if (max !== undefined && !isTierCount(max)) add("max", "must be a whole number from 2 to 5", max);
    if (tiers !== undefined) add("tiers", "must not be given: the tiers are drawn from the data", tiers);
  } else if (checkNamed("tiers", tiers, add)) {
    if (rule.by === "probability") checkLimits("tiers", rule.tiers, 1, add);
    else if (rule.by === "expectedLoss") checkLimits("tiers", rule.tiers, Number.POSITIVE_INFINITY, add);
    else if (rule.by === "capacity") checkCapacities("tiers", rule.tiers, add);
  }
  problems.throwIfAny();
}
