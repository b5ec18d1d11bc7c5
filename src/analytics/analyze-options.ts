import { checkOptions, checkTexts, type OptionNames } from "../arguments.js";
import { argumentProblem, type Problem, Problems } from "../errors.js";
import type { LocaleName } from "../explain/reasons/locales.js";
import { definitionProblem } from "../history/churn/check-definition.js";
import { type CauseMap, CHURN_CAUSES, type ChurnCause } from "../history/churn/churn-causes.js";
import type { ChurnDefinition } from "../history/churn/churn-definition.js";
import { didYouMean } from "../nearest-name.js";
import type { ChurnModel } from "../predict/churn-model.js";
import { LOCALE_NAMES } from "../predict/explaining/explain-options.js";
import type { LongWork } from "../progress.js";
import type { RateBase } from "./months/month-figures.js";
import type { PeriodOptions } from "./period.js";

/** Options of `analyze`. */
export interface AnalyzeOptions extends PeriodOptions, LongWork {
  /** What counts as churn, in every table. Default `disconnected()`: the end of the subscription. */
  readonly churn?: ChurnDefinition | undefined;
  /** By whom churn is divided: `"start"`, those at risk on the first day of a period (default), or `"end"`, on the day after its last. Cuts are always by the start. */
  readonly base?: RateBase | undefined;
  /**
   * The cuts: `tenure`, `tariff`, `arpu`, `groupKind`, `group`, `region`, `dealer`, `usageTrend`, `complaints`, `faults`, or any column of
   * `subscribers`; two crossed as `"tariff*region"`. Default: all but `group` that the history has the facts for.
   */
  readonly by?: readonly string[] | undefined;
  /** The cause of each of the operator's own reasons (`end_reason`), such as `{ 携号转网: "competitor" }`. Default: only the standard reasons. */
  readonly reasons?: CauseMap | undefined;
  /** Upper bounds of tenure bands in months of life, rising. Default 3, 6, 12, 24, 36, 60. */
  readonly tenureBands?: readonly number[] | undefined;
  /** Lower bounds of ARPU bands but the lowest, rising, in money per month. Default 30, 50, 80, 100, 150, 200. */
  readonly arpuBands?: readonly number[] | undefined;
  /** The measure of `usage` whose trend is cut by. Default: the first. */
  readonly measure?: string | undefined;
  /** The fewest leavers of a group that is listed. Default 30. */
  readonly groupLeavers?: number | undefined;
  /** By whose probability subscribers are at risk on the list for Monday. Default: by signs in the history. */
  readonly model?: ChurnModel | undefined;
  /** The language of the reasons on lists. Default `en`. */
  readonly locale?: LocaleName | undefined;
  /** At most this share of the dealers and segments that are named may be false alarms, in expectation. Default 0.1. */
  readonly falseDiscoveryRate?: number | undefined;
}

const OPTIONS: OptionNames<AnalyzeOptions> = {
  from: "optional",
  to: "optional",
  churn: "optional",
  base: "optional",
  by: "optional",
  reasons: "optional",
  tenureBands: "optional",
  arpuBands: "optional",
  measure: "optional",
  groupLeavers: "optional",
  model: "optional",
  locale: "optional",
  falseDiscoveryRate: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** After the operators' own tables: 30, 50, … in the currency of the bills. */
export const USUAL_ARPU_BANDS: readonly number[] = [30, 50, 80, 100, 150, 200];
export const USUAL_GROUP_LEAVERS = 30;
export const USUAL_FALSE_DISCOVERY_RATE = 0.1;

/** @throws HoldfastError with all options that are unknown or out of range; names of cuts are checked against the history later. */
export function checkAnalyzeOptions(options: AnalyzeOptions): void {
  checkOptions("analyze", options, OPTIONS);
  const { churn, base, by, reasons, tenureBands, arpuBands, measure, groupLeavers, model } = options;
  if (by !== undefined) checkTexts("analyze", "by", by);
  const problems = new Problems();
  const add = (argument: keyof AnalyzeOptions, expected: string, received: unknown, hint?: string) =>
    problems.add(argumentProblem("analyze", argument, expected, received, hint));
  const problem = churn === undefined ? undefined : definitionProblem("analyze", "churn", churn);
  if (problem !== undefined) problems.add(problem);
  if (base !== undefined && base !== "start" && base !== "end") add("base", 'must be "start" or "end"', base);
  if (by?.length === 0) add("by", "must name at least one cut", by);
  if (reasons !== undefined) problems.add(...reasonProblems("analyze", "reasons", reasons));
  if (tenureBands !== undefined && !isRising(tenureBands, (each) => Number.isInteger(each) && each >= 1))
    add("tenureBands", "must be rising whole numbers of months, from 1", tenureBands);
  if (arpuBands !== undefined && !isRising(arpuBands, (each) => Number.isFinite(each)))
    add("arpuBands", "must be rising numbers", arpuBands);
  if (measure !== undefined && (typeof measure !== "string" || measure === ""))
    add("measure", "must name a measure of usage", measure);
  if (groupLeavers !== undefined && !(Number.isInteger(groupLeavers) && groupLeavers >= 1))
    add("groupLeavers", "must be a whole number, 1 or more", groupLeavers);
  if (model !== undefined && typeof (model as Partial<ChurnModel> | null)?.predict !== "function")
    add("model", "must be a ChurnModel", model, "await loadChurnModel(path) gives one");
  const share = options.falseDiscoveryRate;
  if (share !== undefined && !(typeof share === "number" && share > 0 && share < 1))
    add("falseDiscoveryRate", "must be above 0 and below 1", share);
  if (options.locale !== undefined && !LOCALE_NAMES.includes(options.locale))
    add("locale", `must be one of ${LOCALE_NAMES.join(", ")}`, options.locale);
  problems.throwIfAny();
}

function isRising(values: unknown, isFine: (value: number) => boolean): boolean {
  return (
    Array.isArray(values) &&
    values.length > 0 &&
    values.every(
      (value, i) => typeof value === "number" && isFine(value) && (i === 0 || value > values[i - 1]),
    )
  );
}

/** What is wrong with a map from reasons to causes. */
export function reasonProblems(functionName: string, argument: string, reasons: unknown): Problem[] {
  if (typeof reasons !== "object" || reasons === null || Array.isArray(reasons)) {
    const expected = 'must be an object of reasons and causes, such as { 携号转网: "competitor" }';
    return [argumentProblem(functionName, argument, expected, reasons)];
  }
  return Object.entries(reasons).flatMap(([reason, cause]) => {
    if (CHURN_CAUSES.includes(cause as ChurnCause)) return [];
    const hint = typeof cause === "string" ? didYouMean(cause, CHURN_CAUSES) : undefined;
    const place = `${argument}[${JSON.stringify(reason)}]`;
    const expected = `must be one of ${CHURN_CAUSES.join(", ")}`;
    return [argumentProblem(functionName, place, expected, cause, hint)];
  });
}
