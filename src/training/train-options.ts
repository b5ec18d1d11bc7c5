import type { Calibrator } from "../calibration/calibrator.js";
import type { CalibrationMethod } from "../calibration/calibrators.js";
import type { MetricDefinition } from "../metrics/metric.js";
import type { LongWork } from "../progress.js";
import type { TierRule } from "../tiers/risk-tiers.js";
import type { TierSpec } from "../tiers/tier-spec.js";
import type { ValueBandRule } from "../tiers/value-bands.js";
import type { ClassifierChoice } from "./families.js";

export const PREFERENCES = ["accuracy", "speed", "readability"] as const;

/** What decides between candidates that are as good. */
export type Preference = (typeof PREFERENCES)[number];

export interface TrainOptions extends LongWork {
  /** The column that says who churned. */
  readonly label: string;
  /** The label value that means churned. Default: the one that says so (1, Yes, True, churned, 是, 流失 …). */
  readonly positive?: string;
  /** The column that names a subscriber: never a feature; rows of one id stay in one fold. Default: none. */
  readonly id?: string;
  /**
   * A column whose rows of one value stay in one fold, beside those of one id: households, corporate accounts. Never a
   * feature. A missing value is a group of its own. Default: none.
   */
  readonly group?: string | undefined;
  /** A numeric column of what each row counts for, ≥ 0: survey or sampling weights. Never a feature. Default: 1 each. */
  readonly weights?: string | undefined;
  /** Columns to leave out. Default: none beyond what training leaves out by itself. */
  readonly exclude?: readonly string[];
  /**
   * Whether parts of one whole, as their names tell (`day`, `eve` and `night` charges, calls `incoming` and `outgoing`), are
   * added up to a feature more; never parts that `monotone` names, never with `interactions`. Default true.
   */
  readonly totals?: boolean | undefined;
  /**
   * What to train: a family by name, or a list of names, of families of your own and of classifiers with options. Default
   * `"auto"`: all families but the neural one, and an ensemble of them; beyond 20 million values (rows × features) the
   * additive model and boosting.
   */
  readonly classifier?: ClassifierChoice;
  /**
   * What is kept: the candidate of the least out-of-fold log loss (`"accuracy"`, default), or of those that are as good up
   * to one standard error of the paired difference the smallest (`"speed"`) or the most readable (`"readability"`).
   */
  readonly prefer?: Preference | undefined;
  /**
   * Seconds after which no further classifier is begun. What is trained then depends on how fast the machine was; without
   * it (default) it depends on the data only.
   */
  readonly timeBudget?: number | undefined;
  /** How often cross-fitting is repeated on folds dealt anew, 1 to 10. Default: 3 to 300,000 values (rows × features), 2 to four million, else 1. */
  readonly repeats?: number | undefined;
  /**
   * Numeric columns whose rise may only raise (1) or only lower (−1) the probability, all else equal. `"auto"` then trains
   * only families that keep to it; other families are refused by name, classifiers with options of their own keep to those.
   * Default: none.
   */
  readonly monotone?: Readonly<Record<string, 1 | -1>> | undefined;
  /**
   * Groups of columns that may act on each other; those in no group form one group more. `"auto"` then trains only
   * families that keep to it. Default: all may.
   */
  readonly interactions?: readonly (readonly string[])[] | undefined;
  /**
   * What churners count for in the training of classifiers, above 0. It is taken back from the margins, so that
   * probabilities stay probabilities. Default 1: weighting gains no ranking.
   */
  readonly positiveWeight?: number | undefined;
  /** Columns that may tell the label of every row; others that do are refused. Default: none. */
  readonly allowLeaks?: readonly string[] | undefined;
  /**
   * By name, or a calibrator of your own. Default `"auto"`: the simplest curve, or a free rising shape, that
   * cross-validation finds as good as the best.
   */
  readonly calibration?: CalibrationMethod | Calibrator;
  /**
   * A rule, or one as text such as `"call=500,rest"`. Default `"high=10%,medium=20%,low"`: the riskiest tenth is high, the
   * next fifth medium, the rest low. Tiers by expected loss need `value`.
   */
  readonly tiers?: TierRule | TierSpec;
  /**
   * The column that says what a subscriber is worth, in money (mean monthly bill, lifetime value): tiers and predictions
   * then tell the expected loss, and where in the risk × value grid a subscriber stands. It stays a feature. Default: none.
   */
  readonly value?: string | undefined;
  /** Default: the most valuable twentieth is important, the next 15% main, the next 30% ordinary, the rest small. */
  readonly valueBands?: ValueBandRule | undefined;
  /** Folds of the cross-fit, 2 to 20. Default 5. */
  readonly folds?: number;
  /** Decides all randomness. Default 0. */
  readonly seed?: number;
  /** Threads of training; default: as many as there are processors, fewer on small data. The model does not depend on it. */
  readonly threads?: number | undefined;
  /** Bootstrap samples behind the intervals. Default 500. */
  readonly replicates?: number;
  /** Metrics of your own, told of every candidate and of the model beside those of this package. Default: none. */
  readonly metrics?: readonly MetricDefinition[] | undefined;
}
