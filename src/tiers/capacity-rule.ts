import { invalidArgument } from "../errors.js";
import { checkRule } from "./check-rule.js";
import type { CapacityTierRule } from "./tier-rule.js";
import { capacityStep, partsOf, type TierSpec } from "./tier-spec.js";

/** The tier of all rows for which the named tiers have no room. */
const REST = "rest";

const EXPECTED = "must read like call=300,watch=20%,others, the last tier with or without its name";

/**
 * The capacities of one list, given as a rule or as text, with the last tier: `"call=300,watch=20%"` is
 * `"call=300,watch=20%,rest"`.
 * @param functionName and `argument`: where the caller wrote it, for errors.
 * @throws HoldfastError with all problems of the rule, and for rules that are not by capacity.
 */
export function capacityRuleFrom(
  functionName: string,
  argument: string,
  rule: CapacityTierRule | TierSpec,
): CapacityTierRule {
  const given = typeof rule === "string" ? parseCapacities(functionName, argument, rule) : rule;
  if (given?.by !== "capacity" || !Array.isArray(given.tiers)) {
    const expected = `must be capacities, such as "call=300,watch=20%" or { by: "capacity", tiers: [{ name: "call", top: 300 }] }`;
    return invalidArgument(functionName, argument, expected, rule);
  }
  const { tiers } = given;
  const last = tiers.at(-1);
  const isOmitted = last?.top !== undefined || last?.share !== undefined;
  if (isOmitted && tiers.some((tier) => tier?.name === REST)) {
    const expected = `must name its last tier, because the name that it has otherwise, ${JSON.stringify(REST)}, is in use`;
    const hint = typeof rule === "string" ? `write ${rule.trim()},others` : 'add { name: "others" }';
    return invalidArgument(functionName, argument, expected, rule, hint);
  }
  const complete = isOmitted ? { ...given, tiers: [...tiers, { name: REST }] } : given;
  checkRule(complete, functionName, argument);
  return complete;
}

function parseCapacities(functionName: string, argument: string, text: string): CapacityTierRule {
  const parts = partsOf(text);
  const steps = parts.map(capacityStep);
  const last = parts.length - 1;
  const tiers = steps.map((step, place) => {
    if (step !== undefined) return step;
    const isName = place === last && last > 0 && parts[place] !== "" && !/[=%]/u.test(parts[place]);
    return isName ? { name: parts[place] } : invalidArgument(functionName, argument, EXPECTED, text);
  });
  return { by: "capacity", tiers };
}
