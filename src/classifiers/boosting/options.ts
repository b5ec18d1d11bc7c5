import type { GrowingSettings, ObjectiveName } from "../../trees/growing/settings.js";
import {
  featureGroups,
  monotoneSigns,
  notNegative,
  type OptionSchema,
  oneOf,
  rule,
  settingsOf,
  share,
  whole,
  wholeOrUnlimited,
} from "../option-schema.js";

/** The options of gradient boosting. */
export interface BoostingOptions {
  /** Most trees; early stopping usually ends before. Default 2000. */
  readonly rounds?: number;
  /** Learning rate: the share of each tree's step that is taken. Default 0.05. */
  readonly learningRate?: number;
  /** Leaves of a tree, 2 to 255. Default 16. */
  readonly maxLeaves?: number;
  /** Levels of a tree below its root. Default: no limit. */
  readonly maxDepth?: number;
  /** Bins of a numeric feature, 2 to 255; missing values have an additional bin. Default 255. */
  readonly maxBins?: number;
  /** Least sum of hessians (for the log loss p · (1 − p)) in a leaf. Default 0.001. */
  readonly minChildWeight?: number;
  /** Least training rows in a leaf. Default 10. */
  readonly minChildRows?: number;
  /** L1 penalty on leaf values. Default 0. */
  readonly l1?: number;
  /** L2 penalty on leaf values. Default 1. */
  readonly l2?: number;
  /** Share of rows drawn for each tree, without replacement. Default 0.8. */
  readonly rowFraction?: number;
  /** Share of features drawn for each tree. Default 1. */
  readonly columnFraction?: number;
  /** Trees without a better held-out loss before training stops. Default 50. */
  readonly patience?: number;
  /**
   * How categories of more than `nativeLevels` levels are treated: `"native"` splits them at every node, `"statistics"`
   * replaces them by their shrunk mean label, computed without the row's own part of the rows, `"auto"` (default) takes
   * the one of lower held-out loss; without folds that is `"native"`.
   */
  readonly manyLevels?: "auto" | "native" | "statistics";
  /** Default 16. */
  readonly nativeLevels?: number;
  /** Categories are ordered by their gradient shrunk to the node's mean with this weight. Default 10. */
  readonly categoricalSmoothing?: number;
  /** L2 penalty added where a split divides more than four categories. Default 10. */
  readonly categoricalL2?: number;
  /** Least rows between two candidate divisions of ordered categories. Default 50. */
  readonly minCategoryGroupRows?: number;
  /**
   * Numeric features, by name, whose rise may only raise (1) or only lower (−1) the margin, all else equal.
   * Default: none.
   */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /**
   * Groups of features, by name, that may occur together on a path from root to leaf. Features named in no group form
   * an additional group. Default: no limit.
   */
  readonly interactions?: readonly (readonly string[])[];
  /** Margin before the first tree. Default: the best constant for the training rows. */
  readonly baseMargin?: number;
}

/** All options with their values; `baseMargin` stays undefined where it is found from the rows. */
export interface BoostingSettings extends GrowingSettings, Required<Omit<BoostingOptions, "baseMargin">> {
  readonly baseMargin: number | undefined;
}

export const BOOSTING_OPTIONS: OptionSchema<Omit<BoostingSettings, "objective">> = {
  rounds: whole(2000, 1),
  learningRate: share(0.05),
  maxLeaves: whole(16, 2, 255),
  maxDepth: wholeOrUnlimited,
  maxBins: whole(255, 2, 255),
  minChildWeight: notNegative(0.001),
  minChildRows: whole(10, 1),
  l1: notNegative(0),
  l2: notNegative(1),
  rowFraction: share(0.8),
  columnFraction: share(1),
  patience: whole(50, 1),
  manyLevels: oneOf<BoostingSettings["manyLevels"]>("auto", "native", "statistics"),
  nativeLevels: whole(16, 1),
  categoricalSmoothing: notNegative(10),
  categoricalL2: notNegative(10),
  minCategoryGroupRows: whole(50, 1),
  monotone: monotoneSigns,
  interactions: featureGroups,
  baseMargin: rule<number | undefined>(
    undefined,
    "must be a finite number",
    (given) => given === undefined || Number.isFinite(given),
  ),
};

/** The options with defaults filled in. @throws HoldfastError when one is out of range. */
export function boostingSettings(
  options: BoostingOptions,
  objective: ObjectiveName = "logLoss",
  functionName = "gradientBoosting",
): BoostingSettings {
  return { ...settingsOf(functionName, BOOSTING_OPTIONS, options), objective };
}
