import { invalidArgument } from "../../errors.js";

/** What a person can set about gradient boosting. */
export interface BoostingOptions {
  /** Most trees; early stopping usually ends before. Default 2000. */
  readonly rounds?: number;
  /** How much of each tree's step is taken. Default 0.05. */
  readonly learningRate?: number;
  /** Leaves of a tree. Default 16. */
  readonly maxLeaves?: number;
  /** Levels of a tree below its root. Default: no limit. */
  readonly maxDepth?: number;
  /** Least sum of hessians (p · (1 − p)) in a leaf. Default 0.001. */
  readonly minChildWeight?: number;
  /** Least training rows in a leaf. Default 10. */
  readonly minChildRows?: number;
  /** L2 penalty on leaf values. Default 1. */
  readonly l2?: number;
  /** Share of rows drawn for each tree, without replacement. Default 0.8. */
  readonly rowFraction?: number;
  /** Share of features drawn for each tree. Default 1. */
  readonly columnFraction?: number;
  /** Trees without a better held-out log loss before training stops. Default 50. */
  readonly patience?: number;
  /** Categories are ordered by their gradient shrunk to the node's mean with this weight. Default 10. */
  readonly categoricalSmoothing?: number;
  /** L2 penalty added where a split divides more than four categories. Default 10. */
  readonly categoricalL2?: number;
  /** Least rows between two candidate divisions of ordered categories. Default 50. */
  readonly minCategoryGroupRows?: number;
}

export type BoostingSettings = Required<BoostingOptions>;

const DEFAULTS: BoostingSettings = {
  rounds: 2000,
  learningRate: 0.05,
  maxLeaves: 16,
  maxDepth: Number.POSITIVE_INFINITY,
  minChildWeight: 0.001,
  minChildRows: 10,
  l2: 1,
  rowFraction: 0.8,
  columnFraction: 1,
  patience: 50,
  categoricalSmoothing: 10,
  categoricalL2: 10,
  minCategoryGroupRows: 50,
};

/** The options with defaults filled in. @throws HoldfastError when one is out of range. */
export function boostingSettings(options: BoostingOptions): BoostingSettings {
  const settings = { ...DEFAULTS, ...options };
  const check = (name: keyof BoostingSettings, fine: (value: number) => boolean, expected: string) => {
    if (!fine(settings[name])) invalidArgument("gradientBoosting", name, expected, settings[name]);
  };
  const wholeFrom = (least: number) => (value: number) => Number.isInteger(value) && value >= least;
  const share = (value: number) => value > 0 && value <= 1;
  const notNegative = (value: number) => value >= 0 && value < Number.POSITIVE_INFINITY;
  check("rounds", wholeFrom(1), "must be a whole number ≥ 1");
  check("patience", wholeFrom(1), "must be a whole number ≥ 1");
  check("maxLeaves", wholeFrom(2), "must be a whole number ≥ 2");
  check(
    "maxDepth",
    (value) => value === Number.POSITIVE_INFINITY || wholeFrom(1)(value),
    "must be a whole number ≥ 1",
  );
  check("minChildRows", wholeFrom(1), "must be a whole number ≥ 1");
  check("minCategoryGroupRows", wholeFrom(1), "must be a whole number ≥ 1");
  check("learningRate", share, "must be above 0 and at most 1");
  check("rowFraction", share, "must be above 0 and at most 1");
  check("columnFraction", share, "must be above 0 and at most 1");
  check("minChildWeight", notNegative, "must be a finite number ≥ 0");
  check("l2", notNegative, "must be a finite number ≥ 0");
  check("categoricalSmoothing", notNegative, "must be a finite number ≥ 0");
  check("categoricalL2", notNegative, "must be a finite number ≥ 0");
  return settings;
}
