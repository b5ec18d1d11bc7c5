import type { MetricInterval } from "./bootstrap/bootstrap-options.js";
import type { BootstrapSample } from "./bootstrap/bootstrap-sample.js";
import type { MetricOptions } from "./sample/input.js";
import type { Ranking } from "./sample/ranking.js";
import type { Tally } from "./sample/tally.js";

/** A number that says how well scores predict labels: any metric of one number, or one of your own. It must heed weights. */
export type Metric = (labels: ArrayLike<number>, scores: ArrayLike<number>, options: MetricOptions) => number;

/**
 * A metric, described whole. One of your own is given to what measures (`metrics: [myMetric]` of `evaluateScores`,
 * `trainChurnModel`, `model.evaluate`) and then stands beside the others, with its bootstrap interval.
 *
 * ```ts
 * const hitRate: MetricDefinition = {
 *   name: "hitRate",
 *   label: "hit rate at ½",
 *   better: "higher",
 *   value: (labels, scores, options) => precisionAt(labels, scores, 0.5, options),
 * };
 * ```
 */
export interface MetricDefinition {
  /** The name of its function, by which evaluations hold it. */
  readonly name: string;
  /** What people call it, in tables. */
  readonly label: string;
  /** Which side is the better one; a number: the nearer to it; null: neither. */
  readonly better: "higher" | "lower" | number | null;
  /** Where this, or a limit of its interval, is not finite, evaluations hold null. */
  readonly value: Metric;
}

/** Metrics of one sample that come out of one computation. */
export interface MetricComputation {
  /** How many values it gives. */
  readonly size: number;
  /**
   * Does once, for the scores of a ranked tally, what does not depend on weights.
   * @param rows what the sample counts for.
   */
  prepare(tally: Tally, rows: number): ComputedValues;
}

/** Writes the values into `into`, from index `at`; NaN where the weights do not determine one. */
export type ComputedValues = (
  positives: Float64Array,
  negatives: Float64Array,
  into: Float64Array,
  at: number,
) => void;

/** How an interval is made of the sample and the values of bootstrap samples. */
export type IntervalMethod =
  | { readonly by: "percentiles" }
  /**
   * A normal interval around the value less a bias, for metrics that noise can only raise, as they take the best of many
   * thresholds. `ratio`: what noise has added in the sample over what it adds in a bootstrap sample once more.
   */
  | { readonly by: "less bias"; readonly ratio: number }
  /** One that needs no bootstrap samples. */
  | {
      readonly by: "formula";
      of(
        sample: BootstrapSample & { readonly ranking: Ranking; readonly tally: Tally },
        level: number,
      ): MetricInterval;
    };

/** Takes in the rows of one score after the other, by rising score: for many millions of rows. */
export interface RunningMetric {
  add(score: number, positives: number, negatives: number): void;
  value(): number;
}

/** How many churners and others there are. */
export interface Classes {
  readonly positives: number;
  readonly negatives: number;
}

/** A metric of this package: what it needs, how it is computed on many samples, and where it is shown. */
export interface BuiltInMetric extends MetricDefinition {
  readonly needs: "scores" | "probabilities";
  readonly computation: MetricComputation;
  /** Its place among the values of its computation. Default 0. */
  readonly at?: number;
  /** Default: percentiles. */
  readonly interval?: IntervalMethod;
  /** Without weights; default: it is computed of a tally. */
  readonly running?: (classes: Classes) => RunningMetric;
  /** Least and greatest value, where a model file must keep to them. */
  readonly range?: readonly [least: number, most: number];
  /** Whether it came after the first models were saved, which hold null instead. */
  readonly isLater?: true;
  /** Whether samples may not determine it, such as perfectly separated ones. */
  readonly mayNotExist?: true;
  /** Its place among those that two models are compared by; default: they are not. */
  readonly comparison?: number;
  /** Its column of the leaderboard; default: none. */
  readonly leaderboard?: {
    readonly place: number;
    readonly heading: string;
    readonly digits: number;
    /** An interval that stands beside it. */
    readonly interval?: (
      labels: ArrayLike<number>,
      scores: ArrayLike<number>,
      options: MetricOptions,
    ) => { readonly low: number; readonly high: number };
  };
}
