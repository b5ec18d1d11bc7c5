import type { OptionNames } from "../arguments.js";
import type { Calibrator } from "../calibration/calibrator.js";
import type { CalibrationMethod } from "../calibration/calibrators.js";
import type { ProblemPath } from "../errors.js";
import type { FeatureNote } from "../explain/facts/feature-facts.js";
import type { MetricDefinition } from "../metrics/metric.js";
import type { LongWork } from "../progress.js";
import type { TierRule } from "../tiers/risk-tiers.js";
import type { TierSpec } from "../tiers/tier-spec.js";
import type { ValueBandRule } from "../tiers/value-bands.js";
import type { ClassifierChoice } from "./families.js";

/** The names of {@link TrainOptions}. */
export const TRAIN_OPTIONS: OptionNames<TrainOptions> = {
  label: "optional",
  positive: "optional",
  id: "optional",
  group: "optional",
  weights: "optional",
  exclude: "optional",
  include: "optional",
  totals: "optional",
  classifier: "optional",
  prefer: "optional",
  timeBudget: "optional",
  repeats: "optional",
  monotone: "optional",
  interactions: "optional",
  extrapolate: "optional",
  positiveWeight: "optional",
  allowLeaks: "optional",
  calibration: "optional",
  tiers: "optional",
  value: "optional",
  valueBands: "optional",
  folds: "optional",
  seed: "optional",
  threads: "optional",
  replicates: "optional",
  metrics: "optional",
  fingerprints: "optional",
  featureNotes: "optional",
  actionable: "optional",
  sensitive: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** Options by which a user gave what a problem of an inner step is about. */
export function placeInOptions(options: TrainOptions): (path: ProblemPath) => ProblemPath {
  const { label, id, group, weights, value } = options;
  const columns = new Map<string | undefined, string>(
    Object.entries({ value, weights, group, id, label }).flatMap(([name, column]) =>
      column === undefined ? [] : [[column, name] as const],
    ),
  );
  return ({ function: inner, argument, ...path }) => {
    if (inner === "riskTiers" && argument !== undefined) {
      if (argument === "rule") return { ...path, argument: "tiers" };
      return { ...path, argument: argument.startsWith("tiers") ? argument : `tiers.${argument}` };
    }
    if (inner === "valueBands" && argument !== undefined)
      return { ...path, argument: argument === "rule" ? "valueBands" : `valueBands.${argument}` };
    const given = argument ?? columns.get(path.column);
    return given === undefined ? path : { ...path, argument: given };
  };
}

export const PREFERENCES = ["accuracy", "speed", "readability"] as const;

/** What decides between equally good candidates. */
export type Preference = (typeof PREFERENCES)[number];

/** {@link TrainOptions} where it is known which column is the label. */
export interface KnownRoles extends TrainOptions {
  readonly label: string;
}

/** Options of {@link trainChurnModel}; only `label` is required, except of a table that `snapshots` made. */
export interface TrainOptions extends LongWork {
  /** The label column: which rows churned. Default: `churn` of a table that `snapshots` made; else it must be given. */
  readonly label?: string | undefined;
  /**
   * The label value that means churned. Default: as the two values and the name of the column say it: `churned`, `流失`; yes,
   * 是, true or 1, and no where the column is named for staying, such as `retained`. Needed where that is not certain.
   */
  readonly positive?: string;
  /**
   * The column that names a subscriber: never a feature; rows of one id stay in one fold. Default: `subscriber_id` of a table
   * that `snapshots` made, else none.
   */
  readonly id?: string | undefined;
  /**
   * A column whose rows of one value stay in one fold, like those of one id: households, corporate accounts. Never a
   * feature. A missing value is a separate group in every row. Default: where no id is known, a column that clearly names
   * subscribers and repeats, such as a `customer_id` of five rows each, which a note says; else none.
   */
  readonly group?: string | undefined;
  /**
   * A numeric column with the weight of each row, ≥ 0: how many rows of the population it stands for (survey or sampling
   * weights). Never a feature. Only their ratios matter; a row of weight 0 is as if absent; everything that is counted,
   * shared out or measured is of the population. The model remembers the column for `evaluate`. Default: 1 each.
   */
  readonly weights?: string | undefined;
  /** Columns to leave out. Default: none beyond what training leaves out by itself. */
  readonly exclude?: readonly string[] | undefined;
  /**
   * Columns to use as features though training would leave them out: the cutoff of snapshots, what looks like an id, and
   * what would be taken as the group. Default: none.
   */
  readonly include?: readonly string[] | undefined;
  /**
   * Whether parts of one whole, recognised by their names (`day`, `eve` and `night` charges, calls `incoming` and
   * `outgoing`), are added up to an additional feature; never parts that `monotone` names, never with `interactions`.
   * Default true.
   */
  readonly totals?: boolean | undefined;
  /**
   * What to train: a family by name, or a list of names, your own families and classifiers with options. Default
   * `"auto"`: all families except the neural one, and an ensemble of them; beyond 20 million values (rows × features)
   * the additive model and boosting.
   */
  readonly classifier?: ClassifierChoice;
  /**
   * What is kept: the ensemble where it is within one standard error (of the paired difference in log loss) of the best
   * candidate, else the best (`"accuracy"`, default); or, among all within one standard error, the smallest (`"speed"`)
   * or the most readable (`"readability"`).
   */
  readonly prefer?: Preference | undefined;
  /**
   * Seconds after which no further classifier is started; the choice and its measurement train nothing, and are always
   * made. What is trained then depends on the speed of the machine;
   * without it (default) it depends on the data only.
   */
  readonly timeBudget?: number | undefined;
  /**
   * How often cross-fitting is repeated, each time on newly assigned folds, 1 to 10. Default: 3 up to 300,000 values
   * (rows × features), 2 up to four million, else 1.
   */
  readonly repeats?: number | undefined;
  /**
   * Numeric columns whose rise may only raise (1) or only lower (−1) the probability, all else equal. `"auto"` then
   * trains only families that keep this rule; naming another family is an error, classifiers with explicit options keep
   * theirs. Default: none.
   */
  readonly monotone?: Readonly<Record<string, 1 | -1>> | undefined;
  /**
   * Groups of columns that may interact; columns in no group form an additional group. `"auto"` then trains only
   * families that keep this rule. Default: all may.
   */
  readonly interactions?: readonly (readonly string[])[] | undefined;
  /**
   * Whether lines and curves of the linear and the neural family go on beyond the least and the greatest training value.
   * Default false: a number outside counts as the nearest that training saw, as it does in trees, so that no probability
   * becomes certain because one value has two digits more. Classifiers with explicit options keep theirs.
   */
  readonly extrapolate?: boolean | undefined;
  /**
   * The weight of churners in the training of classifiers, above 0. The margins are corrected for it, so that
   * probabilities stay probabilities. Default 1: weighting does not improve the ranking.
   */
  readonly positiveWeight?: number | undefined;
  /** Columns that may determine the label of every row; other such columns are refused as leaks. Default: none. */
  readonly allowLeaks?: readonly string[] | undefined;
  /**
   * By name, or your own calibrator. Default `"auto"`: the simplest curve, or a free rising shape, that
   * cross-validation finds as good as the best.
   */
  readonly calibration?: CalibrationMethod | Calibrator;
  /**
   * A rule, or one as text such as `"call=500,rest"`. Default `"high=10%,medium=20%,low"`: the riskiest tenth is high, the
   * next fifth medium, the rest low. Tiers by expected loss need `value`.
   */
  readonly tiers?: TierRule | TierSpec;
  /**
   * The column with the value of a subscriber, in money (mean monthly bill, lifetime value): tiers and predictions then
   * contain the expected loss and the value band. It stays a feature. Default: none.
   */
  readonly value?: string | undefined;
  /** Default: the most valuable twentieth is important, the next 15% main, the next 30% ordinary, the rest small. */
  readonly valueBands?: ValueBandRule | undefined;
  /** Folds of the cross-fit, 2 to 20. Default 5. */
  readonly folds?: number;
  /** Decides all randomness. Default 0. */
  readonly seed?: number;
  /** Threads of training; default: one per processor, fewer on small data. The model does not depend on it. */
  readonly threads?: number | undefined;
  /** Bootstrap samples behind the intervals. Default 500. */
  readonly replicates?: number;
  /**
   * Your own metrics, reported of every candidate and of the model in addition to those of this package. Default: none.
   */
  readonly metrics?: readonly MetricDefinition[] | undefined;
  /**
   * Whether the model keeps fingerprints of up to 8,192 training rows and subscribers, hashes of 32 bits by which
   * `evaluate` says how many rows it was trained on. Default true.
   */
  readonly fingerprints?: boolean | undefined;
  /**
   * What columns are, for the reasons of scores: families, descriptions, units. `describeFeatures` of a history gives a list for
   * your own features. Default: as the names of the columns say, of a table that `snapshots` made.
   */
  readonly featureNotes?: readonly FeatureNote[] | undefined;
  /** Columns that can be acted on, whose reasons come first. Default: those of the notes. */
  readonly actionable?: readonly string[] | undefined;
  /**
   * Columns that are never named as a reason, besides those whose names say so (`gender`, `age`, `性别`). Default: those of
   * the notes.
   */
  readonly sensitive?: readonly string[] | undefined;
}
