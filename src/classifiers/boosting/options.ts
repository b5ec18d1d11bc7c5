import { invalidArgument } from "../../errors.js";
import type { GrowingSettings, ObjectiveName } from "../../trees/growing/settings.js";

/** What a person can set about gradient boosting. */
export interface BoostingOptions {
  /** Most trees; early stopping usually ends before. Default 2000. */
  readonly rounds?: number;
  /** How much of each tree's step is taken. Default 0.05. */
  readonly learningRate?: number;
  /** Leaves of a tree, 2 to 255. Default 16. */
  readonly maxLeaves?: number;
  /** Levels of a tree below its root. Default: no limit. */
  readonly maxDepth?: number;
  /** Bins of a numeric feature, 2 to 255; missing values have one more. Default 255. */
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
   * What becomes of categories of more than `nativeLevels` levels: `"native"` divides them at every node, `"statistics"`
   * puts them in the order of their shrunk mean label, taken without a row's own part, `"auto"` (default) takes what has
   * the lower held-out loss; without folds that is `"native"`.
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
   * Groups of features, by name, that may stand on one path from root to leaf. Features named in no group form one
   * group more. Default: all may meet all.
   */
  readonly interactions?: readonly (readonly string[])[];
  /** Margin before the first tree. Default: the best constant for the training rows. */
  readonly baseMargin?: number;
}

/** All options with their values; `baseMargin` stays undefined where it is found from the rows. */
export interface BoostingSettings extends GrowingSettings, Required<Omit<BoostingOptions, "baseMargin">> {
  readonly baseMargin: number | undefined;
}

type NumberOption = Exclude<keyof BoostingOptions, "monotone" | "interactions" | "baseMargin" | "manyLevels">;

const DEFAULTS = {
  rounds: 2000,
  learningRate: 0.05,
  maxLeaves: 16,
  maxDepth: Number.POSITIVE_INFINITY,
  maxBins: 255,
  minChildWeight: 0.001,
  minChildRows: 10,
  l1: 0,
  l2: 1,
  rowFraction: 0.8,
  columnFraction: 1,
  patience: 50,
  manyLevels: "auto",
  nativeLevels: 16,
  categoricalSmoothing: 10,
  categoricalL2: 10,
  minCategoryGroupRows: 50,
  monotone: {},
  interactions: [],
} as const;

const wholeFrom =
  (least: number, most = Number.POSITIVE_INFINITY) =>
  (value: number) =>
    Number.isInteger(value) && value >= least && value <= most;
const isShare = (value: number) => value > 0 && value <= 1;
const isNotNegative = (value: number) => value >= 0 && value < Number.POSITIVE_INFINITY;

const COUNT = [wholeFrom(1), "must be a whole number ≥ 1"] as const;
const SHARE = [isShare, "must be above 0 and at most 1"] as const;
const NOT_NEGATIVE = [isNotNegative, "must be a finite number ≥ 0"] as const;

const RULES: Readonly<Record<NumberOption, readonly [(value: number) => boolean, string]>> = {
  rounds: COUNT,
  patience: COUNT,
  maxLeaves: [wholeFrom(2, 255), "must be a whole number from 2 to 255"],
  maxDepth: [(value) => value === Number.POSITIVE_INFINITY || wholeFrom(1)(value), COUNT[1]],
  maxBins: [wholeFrom(2, 255), "must be a whole number from 2 to 255"],
  minChildRows: COUNT,
  minCategoryGroupRows: COUNT,
  nativeLevels: COUNT,
  learningRate: SHARE,
  rowFraction: SHARE,
  columnFraction: SHARE,
  minChildWeight: NOT_NEGATIVE,
  l1: NOT_NEGATIVE,
  l2: NOT_NEGATIVE,
  categoricalSmoothing: NOT_NEGATIVE,
  categoricalL2: NOT_NEGATIVE,
};

/** The options with defaults filled in. @throws HoldfastError when one is out of range. */
export function boostingSettings(
  options: BoostingOptions,
  objective: ObjectiveName = "logLoss",
  functionName = "gradientBoosting",
): BoostingSettings {
  const settings = { ...DEFAULTS, baseMargin: undefined, ...options, objective };
  for (const [name, [isFine, expected]] of Object.entries(RULES)) {
    const value = settings[name as NumberOption];
    if (!isFine(value)) invalidArgument(functionName, name, expected, value);
  }
  const { baseMargin, monotone, manyLevels } = settings;
  if (!["auto", "native", "statistics"].includes(manyLevels)) {
    invalidArgument(functionName, "manyLevels", 'must be "auto", "native" or "statistics"', manyLevels);
  }
  if (baseMargin !== undefined && !Number.isFinite(baseMargin)) {
    invalidArgument(functionName, "baseMargin", "must be a finite number", baseMargin);
  }
  for (const [feature, sign] of Object.entries(monotone)) {
    if (sign !== 1 && sign !== -1)
      invalidArgument(functionName, `monotone[${JSON.stringify(feature)}]`, "must be 1 or -1", sign);
  }
  return settings;
}
