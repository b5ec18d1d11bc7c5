import { checkTexts } from "../../arguments.js";
import { argumentProblem, invalidArgument, optionText, Problems } from "../../errors.js";
import type { ReasonOptions } from "../../explain/model-explainer.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import type { ReasonTemplates } from "../../explain/reasons/templates.js";
import { didYouMean } from "../../nearest-name.js";
import { checkReasonOptions } from "../../predict/explaining/explain-options.js";

/** Which reasons are written beside scores. */
export interface ScoreReasonOptions {
  /** How many columns of reasons are written, `reason_1` and so on: what raises the risk of a row. Default 0: none. */
  readonly reasons?: number | undefined;
  /** The tiers whose rows get reasons; those of other tiers have none, and cost no time. Default: all. */
  readonly reasonsFor?: readonly string[] | undefined;
  /** The language of reasons, `"en"` or `"zh"`. Default `"en"`. */
  readonly locale?: LocaleName | undefined;
  /** Your own sentences of reasons by column. Default: none. */
  readonly templates?: ReasonTemplates | undefined;
}

/** The names of {@link ScoreReasonOptions}. */
export const SCORE_REASON_OPTIONS = {
  reasons: "optional",
  reasonsFor: "optional",
  locale: "optional",
  templates: "optional",
} as const satisfies Readonly<Record<keyof ScoreReasonOptions, "optional">>;

/** Reasons that were asked for. */
export interface AskedReasons {
  /** The number of columns. */
  readonly columns: number;
  /** For each tier, whether its rows get reasons. */
  readonly ofTier: readonly boolean[];
  readonly options: ReasonOptions;
}

/**
 * The reasons that are asked for; undefined for none.
 * @param tiers the names of the tiers that rows are in, the highest first.
 * @throws HoldfastError for values that are out of range, and for tiers that are none.
 */
export function askedReasons(
  functionName: string,
  { reasons = 0, reasonsFor, locale = "en", templates = {} }: ScoreReasonOptions,
  tiers: readonly string[],
): AskedReasons | undefined {
  const options: ReasonOptions = { reasons, locale, templates };
  checkReasonOptions(functionName, options);
  if (reasonsFor !== undefined) checkTiers(functionName, reasonsFor, reasons, tiers);
  if (reasons === 0) return undefined;
  return { columns: reasons, ofTier: tiers.map((tier) => reasonsFor?.includes(tier) ?? true), options };
}

function checkTiers(
  functionName: string,
  reasonsFor: readonly string[],
  reasons: number,
  tiers: readonly string[],
): void {
  checkTexts(functionName, "reasonsFor", reasonsFor);
  const known = `must be one of the tiers ${tiers.join(", ")}`;
  if (reasonsFor.length === 0) {
    invalidArgument(
      functionName,
      "reasonsFor",
      "must name a tier",
      reasonsFor,
      `leave it out for all of them`,
    );
  }
  const problems = new Problems();
  if (reasons === 0) {
    const expected = "must be given together with reasons, how many of them";
    problems.add(
      argumentProblem(functionName, "reasonsFor", expected, reasonsFor, `add ${optionText("reasons", 3)}`),
    );
  }
  reasonsFor.forEach((tier, at) => {
    if (tiers.includes(tier)) return;
    problems.add(argumentProblem(functionName, `reasonsFor[${at}]`, known, tier, didYouMean(tier, tiers)));
  });
  problems.throwIfAny();
}

/** The part of the settings of a job that says which reasons it writes. @param tiers their names */
export function reasonSettings(
  { columns, ofTier, options }: AskedReasons,
  tiers: readonly string[],
): Readonly<Record<string, unknown>> {
  const { locale, templates } = options;
  return { reasons: columns, for: tiers.filter((_, t) => ofTier[t]), locale, templates };
}
