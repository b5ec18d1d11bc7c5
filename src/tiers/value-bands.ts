import { checkOptions } from "../arguments.js";
import { argumentProblem, HoldfastError, invalidArgument, type Problem, Problems } from "../errors.js";
import { METRIC_OPTIONS, type MetricOptions } from "../metrics/sample/input.js";
import { capacityLimits } from "./capacity-limits.js";
import { adder, checkCapacities, checkLimits, checkNamed } from "./check-steps.js";
import { addValueProblems, addWeightListProblems } from "./row-problems.js";
import { BAND_RULE_FORM, ruleFormProblems } from "./rule-form.js";
import { stepsProblem } from "./steps-problem.js";
import { stepOf } from "./tiers.js";

/** Subscribers whose value is at least `from` and below the `from` of the band above. */
export interface ValueBand {
  readonly name: string;
  /** 0 for the lowest band. */
  readonly from: number;
}

/** Value bands, the highest first; the last one starts at 0. */
export type ValueBands = readonly ValueBand[];

/** How value bands are drawn, the highest first; the last one takes the rest. */
export type ValueBandRule = ShareBandRule | LimitBandRule;

/** Shares of the subscribers: `{ by: "share", bands: [{ name: "gold", share: 0.1 }, { name: "others" }] }`. */
export interface ShareBandRule {
  readonly by: "share";
  /** Every band but the last has a share above 0 and below 1. */
  readonly bands: readonly { readonly name: string; readonly share?: number }[];
}

/** Your own limits: `{ by: "value", bands: [{ name: "gold", from: 300 }, { name: "others", from: 0 }] }`. */
export interface LimitBandRule {
  readonly by: "value";
  /** `from` falls from band to band; the last is 0. */
  readonly bands: readonly { readonly name: string; readonly from: number }[];
}

/**
 * The most valuable twentieth, the next 15%, the next 30%, and the rest. A convention, after operators' division of
 * their customers into important, main, ordinary and small ones; where a company has its own limits, use those.
 */
export const DEFAULT_VALUE_BANDS: ShareBandRule = {
  by: "share",
  bands: [
    { name: "important", share: 0.05 },
    { name: "main", share: 0.15 },
    { name: "ordinary", share: 0.3 },
    { name: "small" },
  ],
};

/**
 * Divides subscribers by their value, into important, main, ordinary and small ones or as the rule says.
 * A share is never exceeded on `values`, rounded down to whole subscribers: where equal values extend over its limit,
 * all of them fall into the band below, as far as that has room.
 * @param values the value of each subscriber (mean monthly revenue, lifetime value, …), not negative
 * @param rule default {@link DEFAULT_VALUE_BANDS}: top 5%, next 15%, next 30%, rest
 * @param options `weights`: how much of the population each subscriber stands for, of which shares then are; default 1 each
 * @example valueBands(monthlyRevenue).map(({ name, from }) => `${name} from ${from}`)
 * @throws HoldfastError with all problems of the rule and the values.
 */
export function valueBands(
  values: ArrayLike<number>,
  rule: ValueBandRule = DEFAULT_VALUE_BANDS,
  options: MetricOptions = {},
): ValueBands {
  checkOptions("valueBands", options, METRIC_OPTIONS);
  const { weights } = options;
  const problems = new Problems();
  checkBandRule(rule, problems);
  addValueProblems(problems, "valueBands", values, undefined);
  if (weights !== undefined) addWeightListProblems(problems, "valueBands", "weights", weights, values.length);
  if (problems.count === 0 && rule.by === "share" && values.length === 0) {
    problems.add(argumentProblem("valueBands", "values", "must not be empty", 0));
  }
  problems.throwIfAny();
  if (rule.by === "value") return rule.bands.map(({ name, from }) => ({ name, from }));
  const limits = capacityLimits(values, rule.bands, weights);
  return rule.bands.map(({ name }, position) => ({ name, from: limits[position] }));
}

/**
 * The value band of one subscriber.
 * @example bandOf([{ name: "gold", from: 300 }, { name: "others", from: 0 }], 120).name // "others"
 * @throws HoldfastError for a value that is negative or not finite.
 */
export function bandOf(bands: ValueBands, value: number): ValueBand {
  if (!(Number.isFinite(value) && value >= 0)) {
    invalidArgument("bandOf", "value", "must be finite and not negative", value);
  }
  // Looked up before it is checked, as predictions ask for every row.
  const band = Array.isArray(bands) ? bands[stepOf(bands, value)] : undefined;
  return typeof band?.from === "number" ? band : refuseBands(bands);
}

function refuseBands(bands: unknown): never {
  throw new HoldfastError(stepsProblem("bandOf", "bands", bands) as Problem);
}

function checkBandRule(rule: ValueBandRule, problems: Problems): void {
  const add = adder(problems, "valueBands");
  const wrongForm = ruleFormProblems(BAND_RULE_FORM, rule);
  problems.add(...wrongForm);
  if (wrongForm.length > 0 || !checkNamed("bands", rule.bands, add)) return;
  if (rule.by === "share") {
    // A band has no `top`, whatever an untyped caller wrote.
    checkCapacities(
      "bands",
      rule.bands.map(({ share }) => (share === undefined ? {} : { share })),
      add,
    );
  } else if (rule.by === "value") checkLimits("bands", rule.bands, Number.POSITIVE_INFINITY, add);
}
