import { checkOptions, type OptionNames } from "../arguments.js";
import { invalidArgument } from "../errors.js";
import type { Reason } from "../explain/explanation.js";
import type { LocaleName } from "../explain/reasons/locales.js";
import type { ReasonTemplates } from "../explain/reasons/templates.js";
import { isUncertain } from "../tiers/is-uncertain.js";
import { bandOf } from "../tiers/value-bands.js";
import type { PredictionDetails } from "../vectors/prediction-details.js";
import { checkReasonOptions } from "./explaining/explain-options.js";
import { idOf } from "./rows-of-table.js";
import type { ScoreColumns, Scorer } from "./scorer.js";

/** The prediction for one subscriber. */
export interface Prediction {
  /** From the id column the model was trained with; null without one. */
  readonly id: string | null;
  /** Calibrated probability of churn, above 0 and below 1. */
  readonly probability: number;
  /** Name of the risk tier. */
  readonly tier: string;
  /** Where requested: the interval of the probability by Venn-Abers prediction, `[low, high]`. */
  readonly interval?: readonly [low: number, high: number];
  /** Where intervals are requested: whether the interval is wide ({@link isUncertain}). */
  readonly uncertain?: boolean;
  /** The value of the subscriber, where the model has a value column. */
  readonly value?: number;
  readonly valueBand?: string;
  /** Probability × value. */
  readonly expectedLoss?: number;
  /** Where requested: what raises the risk, the most important first. */
  readonly reasons?: readonly Reason[];
  /** Where requested: what the row holds that training did not see, and what is missing. */
  readonly details?: PredictionDetails;
}

/** Options of `ChurnModel.predict`, `predictOne` and `predictMany`. */
export interface PredictOptions {
  /** Whether predictions contain `interval` and `uncertain`. Default false. */
  readonly intervals?: boolean | undefined;
  /** Whether predictions contain `details`: unseen categories, missing values, numbers and dates out of range. Default false. */
  readonly details?: boolean | undefined;
  /** The most reasons that each prediction contains. Default 0: none. */
  readonly reasons?: number | undefined;
  /** The language of reasons, `"en"` or `"zh"`. Default `"en"`. */
  readonly locale?: LocaleName | undefined;
  /** Your own sentences of reasons by column. Default: none. */
  readonly templates?: ReasonTemplates | undefined;
}

/** The names of {@link PredictOptions}. */
export const PREDICT_OPTIONS: OptionNames<PredictOptions> = {
  intervals: "optional",
  details: "optional",
  reasons: "optional",
  locale: "optional",
  templates: "optional",
};
/** Options that are not flags. */
const OF_REASONS: ReadonlySet<string> = new Set(["reasons", "locale", "templates"]);

/** The names of the options of functions that give predictions as columns. */
export const COLUMN_OPTIONS: OptionNames<Pick<PredictOptions, "intervals">> = { intervals: "optional" };

/** @throws HoldfastError for unknown options, and for values other than true and false. */
export function checkPredictOptions(
  functionName: string,
  options: PredictOptions,
  names: Readonly<Record<string, "optional" | "required">>,
): void {
  if (areKnownFlags(options, names)) return;
  checkOptions(functionName, options, names);
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (OF_REASONS.has(name)) continue;
    if (value === undefined || typeof value === "boolean") continue;
    invalidArgument(functionName, name, "must be true or false", value);
  }
  checkReasonOptions(functionName, options);
}

/** Whether nothing is wrong with options, found without allocating memory: a service asks for every request. */
function areKnownFlags(
  options: PredictOptions,
  names: Readonly<Record<string, "optional" | "required">>,
): boolean {
  if (typeof options !== "object" || options === null) return false;
  if (Object.getPrototypeOf(options) !== Object.prototype) return false;
  for (const name in options) {
    const value: unknown = options[name as keyof PredictOptions];
    if (!Object.hasOwn(names, name) || (value !== undefined && typeof value !== "boolean")) return false;
  }
  return true;
}

/** Whether predictions contain reasons. */
export function areAsked({ reasons = 0 }: PredictOptions): boolean {
  return reasons > 0;
}

/** Predictions of many rows, column by column. */
export interface PredictedColumns extends ScoreColumns {
  readonly ids: readonly (string | null)[] | null;
}

/** The time that training a candidate and predicting with it took, on this machine at this time. */
export interface CandidateTiming {
  readonly name: string;
  /** Of cross-fitting, wall-clock time. */
  readonly fitSeconds: number;
  /** For the margin of one row at a time. */
  readonly microsecondsPerRow: number;
}

/** A prediction that is being made. */
export type OpenPrediction = { -readonly [Key in keyof Prediction]: Prediction[Key] };

/**
 * The prediction of a row, to which its details may be added. Properties are set one by one: spreading an object into another costs a
 * microsecond, and memory that only a full garbage collection gives back.
 * @param margin as {@link Scorer.spread} returns it
 * @param value where the model has a value column
 * @param row from 1, for errors
 */
export function predictionOf(
  scorer: Scorer,
  id: unknown,
  margin: number,
  value: number | undefined,
  options: PredictOptions | undefined,
  row?: number,
): OpenPrediction {
  const probability = scorer.probabilityOf(margin, row);
  const { tiers, valueBands } = scorer.content;
  const prediction: OpenPrediction = {
    id: idOf(id) ?? null,
    probability,
    tier: tiers[scorer.tierAt(probability, value ?? 0)].name,
  };
  if (options?.intervals === true) {
    prediction.interval = scorer.intervalOf(margin, probability);
    prediction.uncertain = isUncertain(prediction.interval);
  }
  if (value !== undefined) {
    prediction.value = value;
    if (valueBands !== null) prediction.valueBand = bandOf(valueBands, value).name;
    prediction.expectedLoss = probability * value;
  }
  return prediction;
}
