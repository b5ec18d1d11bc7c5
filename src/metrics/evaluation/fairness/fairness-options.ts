import type { OptionNames } from "../../../arguments.js";
import { METRIC_OPTIONS, type MetricOptions } from "../../sample/input.js";

/** Options of `groupFairness`. */
export interface FairnessOptions extends MetricOptions {
  /** Rows of one number count as one cluster in the tests: snapshots of one subscriber. Default: each row is its own. */
  readonly groups?: ArrayLike<number> | undefined;
  /**
   * Level of the intervals, in (0, 1); 1 − level is the probability of any false alarm among all tests together.
   * Default 0.95.
   */
  readonly level?: number | undefined;
  /**
   * A rate that is the share of fewer rows is left out of the four measures of parity, which compare the largest with the
   * smallest: with many segments they would be those of the smallest segments. Default 30.
   */
  readonly leastRows?: number | undefined;
}

/** The names of {@link FairnessOptions}. */
export const FAIRNESS_OPTIONS: OptionNames<FairnessOptions> = {
  ...METRIC_OPTIONS,
  groups: "optional",
  level: "optional",
  leastRows: "optional",
};
