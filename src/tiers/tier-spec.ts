import { invalidArgument } from "../errors.js";
import { checkRule } from "./check-rule.js";
import type { CapacityTierRule, TierRule } from "./tier-rule.js";

/**
 * A tier rule as text, the highest tier first, the last one by its name alone:
 *
 * - `"high=10%,medium=20%,low"`: shares of the subscribers; `"call=500,rest"`: numbers of subscribers;
 * - `"high>=0.6,low"`: limits on the probability;
 * - `"loss:call>=200,rest"`: limits on the expected loss (probability × value), in money;
 * - `"auto"`: the number of tiers that the labelled data can separate; `"auto:3"`: at most three.
 */
export type TierSpec = string;

const LIMIT = /^(.+?)\s*>=\s*([0-9.eE+-]+)$/u;
const SHARE = /^([^=]+?)\s*=\s*([0-9.]+)\s*%$/u;
const TOP = /^([^=]+?)\s*=\s*([0-9]+)$/u;
const AUTO = /^auto(?:\s*[:：]\s*([0-9]+))?$/u;
const LOSS = /^loss\s*[:：](.*)$/u;

/**
 * The rule that was given as a rule or as text, checked.
 * @param functionName and `argument`: where the caller wrote it, for errors.
 * @throws HoldfastError with all problems of the rule, or when the text is not a {@link TierSpec}.
 */
export function tierRuleFrom(functionName: string, argument: string, rule: TierRule | TierSpec): TierRule {
  const parsed = typeof rule === "string" ? parseTierSpec(functionName, argument, rule) : rule;
  checkRule(parsed, functionName, argument);
  return parsed;
}

/**
 * Reads a {@link TierSpec}. Commas and colons may be Chinese ones.
 * @throws HoldfastError when the text is not one, or mixes shares or numbers with limits.
 */
export function parseTierSpec(functionName: string, argument: string, text: TierSpec): TierRule {
  const refuse = (hint?: string): never =>
    invalidArgument(
      functionName,
      argument,
      "must read like high=10%,medium=20%,low or high>=0.6,low or loss:call>=200,rest or auto",
      text,
      hint,
    );
  const auto = AUTO.exec(text.trim());
  if (auto) return { by: "auto", ...(auto[1] === undefined ? {} : { max: Number(auto[1]) }) };
  const loss = LOSS.exec(text.trim());
  const parts = partsOf(loss ? loss[1] : text);
  const last = parts.pop() ?? "";
  if (parts.length === 0 || last === "" || /[=%]/u.test(last)) refuse();
  if (parts.every((part) => LIMIT.test(part))) {
    const limits = parts.map((part) => {
      const [, name, from] = LIMIT.exec(part) as RegExpExecArray;
      return { name, from: Number(from) };
    });
    return { by: loss ? "expectedLoss" : "probability", tiers: [...limits, { name: last, from: 0 }] };
  }
  if (loss) refuse("loss: takes limits in money, as in loss:call>=200,rest");
  if (isThousands(parts.at(-1), last)) refuse(NO_SEPARATORS);
  const tiers = parts.map((part) => capacityStep(part) ?? refuse());
  return { by: "capacity", tiers: [...tiers, { name: last }] };
}

/** `call=500` or `watch=20%`; undefined for another text. */
function capacityStep(part: string): CapacityTierRule["tiers"][number] | undefined {
  const share = SHARE.exec(part);
  if (share) return { name: share[1], share: Number(share[2]) / 100 };
  const top = LIMIT.test(part) ? null : TOP.exec(part);
  return top ? { name: top[1], top: Number(top[2]) } : undefined;
}

/** Whether the comma between two parts was written into a number: `call=1,000`. */
function isThousands(part: string | undefined, next: string): boolean {
  return part !== undefined && TOP.test(part) && /^[0-9]{3}$/u.test(next);
}

const NO_SEPARATORS = "write numbers without separators, such as call=1000";

/** The parts of a spec: commas may be Chinese ones. */
function partsOf(text: string): string[] {
  return text.split(/[,，]/u).map((part) => part.trim());
}

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
    const part = parts[place];
    const hint = isThousands(parts[place - 1], part) ? NO_SEPARATORS : undefined;
    const isName = place === last && last > 0 && part !== "" && !/[=%]/u.test(part) && hint === undefined;
    return isName ? { name: part } : invalidArgument(functionName, argument, EXPECTED, text, hint);
  });
  return { by: "capacity", tiers };
}
