import { Problems } from "../errors.js";
import { adder, checkCapacities, checkLimits, checkNamed } from "./check-steps.js";
import { ruleFormProblems, TIER_RULE_FORM } from "./rule-form.js";
import type { TierRule } from "./tier-rule.js";
import { isTierCount } from "./tier-rule.js";

/**
 * @param functionName and `argument`: where the caller wrote the rule.
 * @throws HoldfastError with all problems of the rule.
 */
export function checkRule(rule: TierRule, functionName: string, argument: string): void {
  const problems = new Problems();
  for (const { path, ...problem } of ruleFormProblems(TIER_RULE_FORM, rule)) {
    const part = path.argument === "rule" ? argument : `${argument}.${path.argument}`;
    problems.add({ ...problem, path: { ...path, function: functionName, argument: part } });
  }
  problems.throwIfAny();
  const note = adder(problems, functionName);
  const add: typeof note = (part, expected, received, hint) =>
    note(`${argument}.${part}`, expected, received, hint);
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
