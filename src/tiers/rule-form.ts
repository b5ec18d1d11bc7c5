import { type OptionNames, optionProblems } from "../arguments.js";
import { argumentProblem, type Problem } from "../errors.js";
import { didYouMean } from "../nearest-name.js";

/** What rules are like: their members, their kinds, and what kinds may be called elsewhere. */
interface RuleForm {
  readonly functionName: string;
  readonly example: string;
  readonly members: Readonly<Record<string, "optional">>;
  readonly kinds: readonly string[];
  readonly otherNames: Readonly<Record<string, string>>;
}

const MEMBERS: OptionNames<{ by?: unknown; tiers?: unknown; max?: unknown }> = {
  by: "optional",
  tiers: "optional",
  max: "optional",
};

export const TIER_RULE_FORM: RuleForm = {
  functionName: "riskTiers",
  example: `{ by: "capacity", tiers: [{ name: "high", share: 0.1 }, { name: "low" }] }`,
  members: MEMBERS,
  kinds: ["probability", "capacity", "expectedLoss", "auto"],
  otherNames: {
    threshold: "probability",
    score: "probability",
    share: "capacity",
    top: "capacity",
    quantile: "capacity",
    percent: "capacity",
    money: "expectedLoss",
    value: "expectedLoss",
  },
};

export const BAND_RULE_FORM: RuleForm = {
  functionName: "valueBands",
  example: `{ by: "share", bands: [{ name: "gold", share: 0.1 }, { name: "others" }] }`,
  members: { by: "optional", bands: "optional" },
  kinds: ["share", "value"],
  otherNames: { quantile: "share", percent: "share", capacity: "share", limit: "value", threshold: "value" },
};

/** What is wrong with a rule as an object: something else in its place, unknown members, an unknown kind. */
export function ruleFormProblems(
  { functionName, example, members, kinds, otherNames }: RuleForm,
  rule: unknown,
): Problem[] {
  if (typeof rule !== "object" || rule === null || Array.isArray(rule)) {
    return [argumentProblem(functionName, "rule", `must be a rule such as ${example}`, rule)];
  }
  const { by } = rule as { readonly by?: unknown };
  const unknown = optionProblems(functionName, rule, members);
  if (typeof by === "string" && kinds.includes(by)) return unknown;
  const quoted = kinds.map((kind) => JSON.stringify(kind));
  const expected = `must be ${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
  const here = otherNames[String(by)];
  const hint =
    here === undefined ? didYouMean(String(by ?? ""), kinds) : `did you mean ${JSON.stringify(here)}?`;
  return [argumentProblem(functionName, "by", expected, by, hint), ...unknown];
}
