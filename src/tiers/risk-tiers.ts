import { checkOptions, namedErrors, type OptionNames } from "../arguments.js";
import { HoldfastError } from "../errors.js";
import { type AutoTierOptions, autoTiers } from "./auto-tiers.js";
import { capacityLimits } from "./capacity-limits.js";
import { addWeightListProblems, probabilityProblems } from "./row-problems.js";
import type { TierRule } from "./tier-rule.js";
import { type TierSpec, tierRuleFrom } from "./tier-spec.js";
import type { RiskTiers } from "./tiers.js";

export { copyOfRule, DEFAULT_TIER_RULE, type TierRule } from "./tier-rule.js";

/** The rows behind the probabilities. Capacities use the weights, the rule `{ by: "auto" }` all of it. */
export interface TierSample extends Omit<AutoTierOptions, "max"> {
  /** 1 = churned, 0 = stayed, one per probability; needed by the rule `{ by: "auto" }`. */
  readonly labels?: ArrayLike<number> | undefined;
}

const TIER_SAMPLE: OptionNames<TierSample> = {
  labels: "optional",
  seed: "optional",
  replicates: "optional",
  groups: "optional",
  weights: "optional",
};

/**
 * Turns a rule into tiers, the highest first.
 *
 * - By probability: the limits of the rule.
 * - By capacity: limits on the probability. A capacity is never exceeded on `probabilities`: where ties extend over its
 *   limit, all of them fall into the tier below, as far as that has room. Shares are of `probabilities.length`,
 *   rounded down. With `sample.weights` they are of the population, and `top` means so many of a population of as many
 *   subscribers as there are rows.
 * - By expected loss: the limits of the rule, in money. The tier of a subscriber then depends on its value: `tierOf`,
 *   `tierTable` and `valueGrid` require it.
 * - `"auto"`: the number of tiers that `sample.labels` can distinguish ({@link autoTiers}).
 *
 * @param tierRule a rule, or one as text ({@link TierSpec})
 * @param probabilities in [0, 1], those of the rows that the tiers are drawn on, preferably out-of-fold
 * @param sample weights; labels (and groups, seed, replicates) for `{ by: "auto" }`
 * @example riskTiers({ by: "capacity", tiers: [{ name: "call", top: 1 }, { name: "rest" }] }, [0.2, 0.9, 0.4])[0].from // 0.9
 * @example riskTiers("call=1,rest", [0.2, 0.9, 0.4])[0].from // 0.9
 * @throws HoldfastError with all problems of the rule; for probabilities outside [0, 1], or no probabilities where a
 * capacity is to be filled; for `{ by: "auto" }` without labels (`argument.missing`).
 */
export function riskTiers(
  tierRule: TierRule | TierSpec,
  probabilities: ArrayLike<number>,
  sample: TierSample = {},
): RiskTiers {
  const rule = tierRuleFrom("riskTiers", "rule", tierRule);
  checkOptions("riskTiers", sample, TIER_SAMPLE, "sample");
  if (rule.by === "auto") {
    const { labels, ...options } = sample;
    if (labels === undefined) throw missingLabels();
    return namedErrors(
      "riskTiers",
      () => autoTiers(probabilities, labels, { ...options, max: rule.max }),
      ({ argument = "", ...path }) => ({
        ...path,
        argument: /^(?:probabilities|max)\b/u.test(argument) ? argument : `sample.${argument}`,
      }),
    );
  }
  const needsRows = rule.by === "capacity";
  const { weights } = sample;
  const problems = probabilityProblems("riskTiers", probabilities, { mayBeEmpty: !needsRows });
  if (weights !== undefined) {
    addWeightListProblems(problems, "riskTiers", "sample.weights", weights, probabilities.length);
  }
  problems.throwIfAny();
  switch (rule.by) {
    case "probability":
      return rule.tiers.map(({ name, from }) => ({ name, from }));
    case "expectedLoss":
      return rule.tiers.map(({ name, from }) => ({ name, from, by: rule.by }));
    case "capacity": {
      const limits = capacityLimits(probabilities, rule.tiers, weights);
      return rule.tiers.map(({ name }, position) => ({ name, from: limits[position] }));
    }
  }
}

function missingLabels(): HoldfastError {
  return new HoldfastError({
    code: "argument.missing",
    path: { function: "riskTiers", argument: "sample.labels" },
    expected: 'must be given, for with { by: "auto" } the churners decide how many tiers there are',
    received: undefined,
  });
}
