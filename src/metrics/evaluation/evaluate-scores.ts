import type { OptionNames } from "../../arguments.js";
import { argumentProblem, type Problems } from "../../errors.js";
import { printAsText } from "../../printing/print-as-text.js";
import type { ProgressEvent } from "../../progress.js";
import { addBandsProblem, bandedSample } from "../bootstrap/banded-intervals.js";
import {
  addThreadsProblem,
  intervalsInWorkers,
  PARALLEL_BOOTSTRAP_OPTIONS,
  type ParallelBootstrapOptions,
} from "../bootstrap/bootstrap-in-workers.js";
import { intervalsOf } from "../bootstrap/bootstrap-intervals.js";
import { bootstrapMetric } from "../bootstrap/bootstrap-metric.js";
import {
  addBootstrapProblems,
  BOOTSTRAP_OPTIONS,
  type BootstrapOptions,
  type MetricInterval,
} from "../bootstrap/bootstrap-options.js";
import { type Confusion, confusionAt } from "../decision/confusion.js";
import type { BuiltInMetric, MetricDefinition } from "../metric.js";
import { METRIC_NAMES, METRICS, type MetricName } from "../metrics.js";
import { ownMetricProblems } from "../own-metrics.js";
import { type LiftGroup, liftTable } from "../ranking/lift-table.js";
import { countedTally } from "../sample/effective-rows.js";
import { countedRows, sampleProblems } from "../sample/input.js";
import { addRowProblems, listProblem } from "../sample/number-list.js";
import { type CalibrationChecks, calibrationChecks } from "./calibration-checks.js";
import type { EvaluationCurves } from "./curves.js";
import { evaluationCurvesOf } from "./evaluation-curves.js";
import { PRINTED_EVALUATION } from "./evaluation-lines.js";

export type { CalibrationChecks } from "./calibration-checks.js";

/** Options of {@link evaluateScores}. */
export interface EvaluationOptions extends BootstrapOptions {
  /** How many bootstrap samples. Default 500. */
  readonly replicates?: number | undefined;
  /**
   * Where the confusion matrix decides, `probability ≥ threshold`. Default: the churn rate of the sample, so that
   * "positive" reads "riskier than average" (at 0.5 a good model of a rare event flags almost no one).
   */
  readonly threshold?: number | undefined;
  /** Your own metrics, measured in addition to those of this package. Default: none. */
  readonly metrics?: readonly MetricDefinition[] | undefined;
  /**
   * What rows are ranked by, one finite number each: the margins behind the probabilities. Where folds are calibrated
   * separately, only margins compare rows of different folds. Metrics of the ranking alone (ROC AUC, KS, lift, …) use it.
   * Default: the probabilities.
   */
  readonly ranking?: ArrayLike<number> | undefined;
  /**
   * For large samples: bootstrap samples are measured on scores that are rounded to so many bands of equal weight, at least 100,
   * and the intervals moved to the values of the scores themselves. Of a million rows 4,096 bands are several times as fast, and change
   * intervals no more than another seed does. Values do not change, and nothing does where there are no more distinct scores
   * than bands. Default: no bands.
   */
  readonly bands?: number | undefined;
  /** Whether the result has `curves`, of the probabilities. Default false. */
  readonly curves?: boolean | undefined;
}

/**
 * The metrics of an evaluation by the names of their functions, and the caller's own metrics by their names. Null where
 * a metric does not exist, such as the calibration line of perfectly separated rows, and for metrics that are newer
 * than the version that saved the model.
 */
export type EvaluationMetrics = {
  readonly [Each in (typeof METRICS)[number] as Each["name"]]:
    | MetricInterval
    | (Each extends { readonly mayNotExist: true } | { readonly isLater: true } ? null : never);
} & { readonly [own: string]: MetricInterval | null };

/** How well probabilities predict labels, as plain data that goes to JSON. */
export interface Evaluation {
  readonly rows: number;
  /** Rows of label 1. */
  readonly positives: number;
  /** The churn rate, weighted where weights are given. */
  readonly baseRate: number;
  readonly metrics: EvaluationMetrics;
  /** Null in a model that an older version saved. */
  readonly calibration: CalibrationChecks | null;
  readonly confusion: Confusion;
  /** The lift and gain table: ten groups by falling probability, fewer where there are fewer rows. */
  readonly deciles: readonly LiftGroup[];
  readonly replicates: number;
  readonly level: number;
  readonly seed: number;
  /** Where they were asked for. */
  readonly curves?: EvaluationCurves;
}

const EVALUATION_OPTIONS: OptionNames<EvaluationOptions> = {
  ...BOOTSTRAP_OPTIONS,
  threshold: "optional",
  metrics: "optional",
  ranking: "optional",
  bands: "optional",
  curves: "optional",
};
const IN_WORKERS_OPTIONS: OptionNames<EvaluationOptions & ParallelBootstrapOptions> = {
  ...EVALUATION_OPTIONS,
  ...PARALLEL_BOOTSTRAP_OPTIONS,
};

type Measured = Record<MetricName, MetricInterval>;

/**
 * The full evaluation of probabilities on labelled rows: the metrics with bootstrap intervals, tests of calibration,
 * the confusion matrix at a threshold, the lift and gain table.
 * @example evaluateScores(labels, probabilities, { seed: 7 }).metrics.rocAuc // { value, low, high }
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, probabilities outside
 * [0, 1], options out of their ranges.
 */
export function evaluateScores(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: EvaluationOptions = {},
): Evaluation {
  checkEvaluation("evaluateScores", labels, probabilities, options);
  const given = { ...options, ...filledIn(options) };
  const parts = partsOf(labels, probabilities, options).map(({ scores, names, banded }) => {
    const drawing = { ...given, byCounts: banded !== undefined };
    const intervals = intervalsOf(labels, banded?.scores ?? scores, names, drawing);
    return banded?.moved(intervals) ?? intervals;
  });
  const measured: Measured = Object.assign({}, ...parts);
  return evaluationOf(labels, probabilities, options, measured);
}

/**
 * {@link evaluateScores} on several threads, with progress events and an abort signal; the same to the last bit.
 * @throws HoldfastError as `evaluateScores`, and with code `aborted` when `signal` was aborted.
 */
export async function evaluateScoresInWorkers(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: EvaluationOptions & ParallelBootstrapOptions = {},
): Promise<Evaluation> {
  checkEvaluation("evaluateScoresInWorkers", labels, probabilities, options, IN_WORKERS_OPTIONS);
  const given = { ...options, ...filledIn(options) };
  const parts = [];
  const toMeasure = partsOf(labels, probabilities, options);
  for (const [part, { scores, names, banded }] of toMeasure.entries()) {
    const onProgress = ({ done, total, ...event }: ProgressEvent) =>
      options.onProgress?.({ ...event, done: part * total + done, total: toMeasure.length * total });
    const drawn = { ...given, onProgress, byCounts: banded !== undefined };
    const intervals = await intervalsInWorkers(labels, banded?.scores ?? scores, names, drawn);
    parts.push(banded?.moved(intervals) ?? intervals);
  }
  const measured: Measured = Object.assign({}, ...parts);
  return evaluationOf(labels, probabilities, options, measured);
}

/** Which metrics are measured on which scores. */
function partsOf(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { ranking, bands, ...options }: EvaluationOptions,
) {
  const part = (scores: ArrayLike<number>, names: readonly MetricName[]) => {
    return { scores, names, banded: bandedSample(labels, scores, bands, options) };
  };
  if (ranking === undefined) return [part(probabilities, METRIC_NAMES)];
  const namesOf = (what: BuiltInMetric["needs"]) =>
    METRICS.filter(({ needs }) => needs === what).map(({ name }) => name);
  return [part(probabilities, namesOf("probabilities")), part(ranking, namesOf("scores"))];
}

function checkEvaluation(
  functionName: string,
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: EvaluationOptions & ParallelBootstrapOptions,
  optionNames: OptionNames<EvaluationOptions> = EVALUATION_OPTIONS,
): void {
  const problems = sampleProblems(functionName, labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: true,
    optionNames,
  });
  addThreadsProblem(problems, functionName, options.threads);
  addBootstrapProblems(problems, functionName, labels.length, options);
  if (options.threshold !== undefined && !Number.isFinite(options.threshold)) {
    problems.add(argumentProblem(functionName, "threshold", "must be finite", options.threshold));
  }
  if (options.curves !== undefined && typeof options.curves !== "boolean") {
    problems.add(argumentProblem(functionName, "curves", "must be true or false", options.curves));
  }
  addBandsProblem(problems, functionName, options.bands);
  problems.add(...ownMetricProblems(functionName, options.metrics));
  addRankingProblems(problems, functionName, options.ranking, labels.length);
  problems.throwIfAny();
}

function addRankingProblems(
  problems: Problems,
  functionName: string,
  ranking: ArrayLike<number> | undefined,
  rows: number,
): void {
  if (ranking === undefined) return;
  const wrong = listProblem(functionName, "ranking", ranking);
  if (wrong !== undefined) problems.add(wrong);
  else if (ranking.length !== rows) {
    problems.add(
      argumentProblem(functionName, "ranking", `must have one number per row, ${rows}`, ranking.length),
    );
  } else {
    addRowProblems(problems, functionName, "ranking", ranking, {
      expected: "must be finite",
      isRight: (value) => Number.isFinite(value),
    });
  }
}

function filledIn({ replicates = 500, level = 0.95, seed = 0 }: EvaluationOptions) {
  return { replicates, level, seed };
}

function evaluationOf(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: EvaluationOptions,
  metrics: Measured,
): Evaluation {
  const { weights } = options;
  const { replicates, level, seed } = filledIn(options);
  const { positives, baseRate } = countPositives(labels, weights);
  const tally = countedTally(labels, probabilities, weights);
  const evaluation: Evaluation = {
    rows: labels.length,
    positives,
    baseRate,
    metrics: {
      ...withoutNonexistent(metrics),
      ...ownMetrics(labels, probabilities, options),
    },
    calibration: calibrationChecks(labels, probabilities, weights, tally),
    confusion: confusionAt(labels, probabilities, options.threshold ?? baseRate, { weights }),
    deciles: liftTable(labels, probabilities, { weights, level }),
    replicates,
    level,
    seed,
    ...(options.curves === true
      ? { curves: evaluationCurvesOf(tally, countedRows(labels.length, weights)) }
      : {}),
  };
  return printAsText(evaluation, PRINTED_EVALUATION);
}

function withoutNonexistent(measured: Measured): EvaluationMetrics {
  const entries = METRICS.map((metric) => {
    const interval = measured[metric.name];
    return [metric.name, "mayNotExist" in metric ? existing(interval) : interval];
  });
  return Object.fromEntries(entries) as EvaluationMetrics;
}

/** Metrics of the caller, in this thread: functions can't be handed to another. */
function ownMetrics(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { metrics = [], weights, groups, stratified, drawnShare, ...options }: EvaluationOptions,
): Record<string, MetricInterval | null> {
  const given = { weights, groups, stratified, drawnShare, ...filledIn(options) };
  return Object.fromEntries(
    metrics.map(({ name, value }) => [name, existing(bootstrapMetric(labels, probabilities, value, given))]),
  );
}

/** JSON has neither NaN nor infinity. */
function existing(interval: MetricInterval): MetricInterval | null {
  return [interval.value, interval.low, interval.high].every(Number.isFinite) ? interval : null;
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
