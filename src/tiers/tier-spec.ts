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
const SHARE = /^(.+?)\s*=\s*([0-9.]+)\s*%$/u;
const TOP = /^(.+?)\s*=\s*([0-9]+)$/u;
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
  const tiers = parts.map((part) => capacityStep(part) ?? refuse());
  return { by: "capacity", tiers: [...tiers, { name: last }] };
}

/** `call=500` or `watch=20%`; undefined for another text. */
export function capacityStep(part: string): CapacityTierRule["tiers"][number] | undefined {
  const share = SHARE.exec(part);
  if (share) return { name: share[1], share: Number(share[2]) / 100 };
  const top = LIMIT.test(part) ? null : TOP.exec(part);
  return top ? { name: top[1], top: Number(top[2]) } : undefined;
}

/** The parts of a spec: commas may be Chinese ones. */
export function partsOf(text: string): string[] {
  return text.split(/[,，]/u).map((part) => part.trim());
}
