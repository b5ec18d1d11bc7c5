import {
  addBootstrapProblems,
  type BootstrapOptions,
  intervalsOf,
  type MetricInterval,
} from "./bootstrap-intervals.js";
import { type Confusion, confusionAt } from "./confusion.js";
import { argumentProblem, sampleProblems } from "./input.js";
import { type LiftGroup, liftTable } from "./lift-table.js";

export interface EvaluationOptions extends BootstrapOptions {
  /** How many bootstrap samples. Default 500. */
  readonly replicates?: number | undefined;
  /**
   * Where the confusion matrix decides, `probability ≥ threshold`. Default: the churn rate of the sample, so that
   * "positive" reads "riskier than average" (at 0.5 a good model of a rare event flags hardly anybody).
   */
  readonly threshold?: number | undefined;
}

/** The metrics of an evaluation, keyed by the names of their functions. */
export interface EvaluationMetrics {
  readonly rocAuc: MetricInterval;
  readonly averagePrecision: MetricInterval;
  readonly logLoss: MetricInterval;
  readonly brierScore: MetricInterval;
  readonly expectedCalibrationError: MetricInterval;
  /** Null where it does not exist: all probabilities are equal, or one threshold separates the classes. */
  readonly calibrationSlope: MetricInterval | null;
  /** Null where `calibrationSlope` is. */
  readonly calibrationIntercept: MetricInterval | null;
  readonly ks: MetricInterval;
  readonly topDecileLift: MetricInterval;
}

/** How well probabilities foretell labels, as plain data that goes to JSON. */
export interface Evaluation {
  readonly rows: number;
  /** Rows of label 1. */
  readonly positives: number;
  /** The churn rate, weighted where weights are given. */
  readonly baseRate: number;
  readonly metrics: EvaluationMetrics;
  readonly confusion: Confusion;
  /** The lift and gain table: ten groups by falling probability, fewer where there are fewer rows. */
  readonly deciles: readonly LiftGroup[];
  readonly replicates: number;
  readonly level: number;
  readonly seed: number;
}

const METRICS = [
  "rocAuc",
  "averagePrecision",
  "logLoss",
  "brierScore",
  "expectedCalibrationError",
  "calibrationSlope",
  "calibrationIntercept",
  "ks",
  "topDecileLift",
] as const satisfies readonly (keyof EvaluationMetrics)[];

/**
 * Everything there is to say of probabilities on labelled rows: nine metrics with bootstrap intervals, the confusion
 * matrix at a threshold, the lift and gain table.
 * @example evaluateScores(labels, probabilities, { seed: 7 }).metrics.rocAuc // { value, low, high }
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, probabilities outside
 * [0, 1], options out of their ranges.
 */
export function evaluateScores(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: EvaluationOptions = {},
): Evaluation {
  const { weights, groups, replicates = 500, level = 0.95, seed = 0 } = options;
  const problems = sampleProblems("evaluateScores", labels, probabilities, weights, {
    scoresAre: "probabilities",
    bothLabels: true,
  });
  addBootstrapProblems(problems, "evaluateScores", labels.length, options);
  if (options.threshold !== undefined && !Number.isFinite(options.threshold)) {
    problems.add(argumentProblem("evaluateScores", "threshold", "must be finite", options.threshold));
  }
  problems.throwIfAny();

  const { positives, baseRate } = countPositives(labels, weights);
  const metrics = intervalsOf(labels, probabilities, METRICS, { weights, groups, replicates, level, seed });
  return {
    rows: labels.length,
    positives,
    baseRate,
    metrics: {
      ...metrics,
      calibrationSlope: existing(metrics.calibrationSlope),
      calibrationIntercept: existing(metrics.calibrationIntercept),
    },
    confusion: confusionAt(labels, probabilities, options.threshold ?? baseRate, { weights }),
    deciles: liftTable(labels, probabilities, { weights, level }),
    replicates,
    level,
    seed,
  };
}

/** JSON has no NaN. */
function existing(interval: MetricInterval): MetricInterval | null {
  return Number.isFinite(interval.value) && Number.isFinite(interval.low) ? interval : null;
}

function countPositives(
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): { positives: number; baseRate: number } {
  let positives = 0;
  let positiveMass = 0;
  let mass = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    positives += labels[i];
    positiveMass += labels[i] * weight;
    mass += weight;
  }
  return { positives, baseRate: positiveMass / mass };
}
