import type { MetricInterval } from "./bootstrap/bootstrap-options.js";
import type { BootstrapSample } from "./bootstrap/bootstrap-sample.js";
import type { ClassRows } from "./sample/effective-rows.js";
import type { MetricOptions } from "./sample/input.js";
import type { Ranking } from "./sample/ranking.js";
import type { Separation } from "./sample/separation.js";
import type { Tally } from "./sample/tally.js";

/**
 * A number that says how well scores predict labels: any metric of one number, or your own. It must respect weights.
 */
export type Metric = (labels: ArrayLike<number>, scores: ArrayLike<number>, options: MetricOptions) => number;

/**
 * The complete description of a metric. Pass your own as `metrics: [myMetric]` to `evaluateScores`, `trainChurnModel`
 * or `model.evaluate`: it is then listed with the others, with its bootstrap interval.
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
  /** The name of its function, which is its key in evaluations. */
  readonly name: string;
  /** Its name in tables. */
  readonly label: string;
  /** Which direction is better; a number: the nearer to it the better; null: neither. */
  readonly better: "higher" | "lower" | number | null;
  /** Where this, or a limit of its interval, is not finite, evaluations hold null. */
  readonly value: Metric;
}

/** Metrics of one sample that are computed together. */
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

/** How an interval is made from the sample and the values of bootstrap samples. */
export type IntervalMethod =
  | { readonly by: "percentiles" }
  /**
   * A normal interval around the value minus a bias, for metrics that noise can only raise, as they take the best of
   * many thresholds. `ratio`: what noise has added in the sample, relative to what a bootstrap sample adds on top.
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

/** Consumes the rows of one score after the other, in ascending score order: for many millions of rows. */
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
  /** Its interval where the classes are perfectly separated; default: down to the least favourable masses. */
  readonly separatedInterval?: (
    separation: Separation,
    rows: ClassRows,
    level: number,
  ) => { readonly low: number; readonly high: number };
  /** Its computation without weights; default: it is computed from a tally. */
  readonly running?: (classes: Classes) => RunningMetric;
  /** Least and greatest value that a model file may hold. */
  readonly range?: readonly [least: number, most: number];
  /** Whether it was added after the first models were saved, which hold null instead. */
  readonly isLater?: true;
  /** Whether some samples do not determine it, such as perfectly separated ones. */
  readonly mayNotExist?: true;
  /** Its place among the metrics by which two models are compared; default: not among them. */
  readonly comparison?: number;
  /** Its column of the leaderboard; default: none. */
  readonly leaderboard?: {
    readonly place: number;
    readonly heading: string;
    readonly digits: number;
    /** An interval that is shown with it. */
    readonly interval?: (
      labels: ArrayLike<number>,
      scores: ArrayLike<number>,
      options: MetricOptions,
    ) => { readonly low: number; readonly high: number };
  };
}
