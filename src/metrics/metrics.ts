import { defaultAcceptances, empc, empcOf } from "./decision/empc.js";
import { defaultCampaign } from "./decision/profit.js";
import {
  runningAuc,
  runningBrier,
  runningCalibrationError,
  runningGini,
  runningKs,
  runningLogLoss,
} from "./evaluation/running-metrics.js";
import type { BuiltInMetric, ComputedValues, MetricComputation, MetricDefinition } from "./metric.js";
import { brierScore, brierScoreOf } from "./probability/brier-score.js";
import { calibrationErrorInterval } from "./probability/calibration-error-interval.js";
import {
  calibrationIntercept,
  calibrationLineOver,
  calibrationSlope,
} from "./probability/calibration-line.js";
import {
  defaultBins,
  expectedCalibrationError,
  massBinnedErrorOf,
} from "./probability/expected-calibration-error.js";
import { logLoss, logLossOver } from "./probability/log-loss.js";
import { averagePrecision, averagePrecisionOf } from "./ranking/average-precision.js";
import { hMeasure, hMeasureOf } from "./ranking/h-measure.js";
import { ks, ksOf } from "./ranking/kolmogorov-smirnov.js";
import { liftOf, topDecileLift } from "./ranking/lift.js";
import { gini, rocAuc, rocAucOf } from "./ranking/roc-auc.js";
import { rocAucInterval } from "./ranking/roc-auc-interval.js";
import { separatedRocAucInterval } from "./ranking/roc-auc-score-interval.js";
import type { Tally } from "./sample/tally.js";

const calibrationLine: MetricComputation = {
  size: 2,
  prepare(tally) {
    const fit = calibrationLineOver(tally);
    return (positives, negatives, into, at) => {
      const isTallyItself = positives === tally.positives && negatives === tally.negatives;
      const line = isTallyItself ? fit.line : fit.refit(positives, negatives);
      into[at] = line?.slope ?? Number.NaN;
      into[at + 1] = line?.intercept ?? Number.NaN;
    };
  },
};

const maximumProfit: MetricComputation = {
  size: 2,
  prepare() {
    return (positives, negatives, into, at) => {
      const { value, fraction } = empcOf(positives, negatives, defaultCampaign, defaultAcceptances);
      into[at] = value;
      into[at + 1] = fraction;
    };
  },
};

/**
 * The metrics of one number that need no argument, in the order in which they are listed. A new one is its function and
 * an entry here: intervals, tables, leaderboard, comparison and the form of model files derive from it.
 */
export const METRICS = [
  {
    name: "rocAuc",
    label: "ROC AUC",
    better: "higher",
    value: rocAuc,
    needs: "scores",
    range: [0, 1],
    computation: alone(() => rocAucOf),
    separatedInterval: separatedRocAucInterval,
    running: runningAuc,
    leaderboard: { place: 2, heading: "ROC AUC", digits: 4, interval: rocAucInterval },
  },
  {
    name: "gini",
    label: "Gini",
    better: "higher",
    value: gini,
    needs: "scores",
    isLater: true,
    computation: alone(() => (positives, negatives) => 2 * rocAucOf(positives, negatives) - 1),
    separatedInterval: (...sample) => {
      const { low, high } = separatedRocAucInterval(...sample);
      return { low: 2 * low - 1, high: 2 * high - 1 };
    },
    running: runningGini,
  },
  {
    name: "averagePrecision",
    label: "average precision",
    better: "higher",
    value: averagePrecision,
    needs: "scores",
    computation: alone(() => averagePrecisionOf),
    comparison: 3,
  },
  {
    name: "logLoss",
    label: "log loss",
    better: "lower",
    value: logLoss,
    needs: "probabilities",
    computation: alone(({ scores }) => logLossOver(scores)),
    running: runningLogLoss,
    comparison: 1,
    leaderboard: { place: 1, heading: "log loss", digits: 4 },
  },
  {
    name: "brierScore",
    label: "Brier score",
    better: "lower",
    value: brierScore,
    needs: "probabilities",
    computation: alone(
      ({ scores }) =>
        (positives, negatives) =>
          brierScoreOf(scores, positives, negatives),
    ),
    running: runningBrier,
    comparison: 2,
  },
  {
    name: "expectedCalibrationError",
    label: "expected calibration error",
    better: "lower",
    value: expectedCalibrationError,
    needs: "probabilities",
    range: [0, 1],
    computation: alone(({ scores, isWhole }, rows) => {
      return (positives, negatives) =>
        massBinnedErrorOf(scores, positives, negatives, defaultBins(rows), isWhole);
    }),
    interval: { by: "formula", of: calibrationErrorInterval },
    running: runningCalibrationError,
    comparison: 4,
    leaderboard: { place: 3, heading: "ECE", digits: 4 },
  },
  {
    name: "calibrationSlope",
    label: "calibration slope (1 is right)",
    better: 1,
    value: calibrationSlope,
    needs: "probabilities",
    mayNotExist: true,
    computation: calibrationLine,
  },
  {
    name: "calibrationIntercept",
    label: "calibration intercept (0 is right)",
    better: 0,
    value: calibrationIntercept,
    needs: "probabilities",
    mayNotExist: true,
    computation: calibrationLine,
    at: 1,
  },
  {
    name: "ks",
    label: "Kolmogorov–Smirnov",
    better: "higher",
    value: ks,
    needs: "scores",
    computation: alone(() => ksOf),
    // By simulation 1.6 to 1.9 for 500 to 3000 rows, reduced a little for what the bias adds to the width.
    interval: { by: "less bias", ratio: 1.5 },
    running: runningKs,
  },
  {
    name: "hMeasure",
    label: "H-measure",
    better: "higher",
    value: hMeasure,
    needs: "scores",
    isLater: true,
    computation: alone(() => (positives, negatives) => hMeasureOf(positives, negatives, undefined)),
    // Likewise 1.8 by simulation.
    interval: { by: "less bias", ratio: 1 },
  },
  {
    name: "empc",
    label: "expected maximum profit per customer",
    better: "higher",
    value: (...sample) => empc(...sample).value,
    needs: "scores",
    isLater: true,
    computation: maximumProfit,
    comparison: 6,
    leaderboard: { place: 4, heading: "EMPC", digits: 3 },
  },
  {
    name: "empcFraction",
    label: "share to contact for it",
    better: null,
    value: (...sample) => empc(...sample).fraction,
    needs: "scores",
    isLater: true,
    computation: maximumProfit,
    at: 1,
  },
  {
    name: "topDecileLift",
    label: "top-decile lift",
    better: "higher",
    value: topDecileLift,
    needs: "scores",
    computation: alone(
      ({ isWhole }) =>
        (positives, negatives) =>
          liftOf(positives, negatives, 0.1, isWhole),
    ),
    comparison: 5,
  },
] as const satisfies readonly BuiltInMetric[];

/** The metrics that are one number and need no argument, so that they can be asked for by name. */
export type MetricName = (typeof METRICS)[number]["name"];

export const METRIC_NAMES: readonly MetricName[] = METRICS.map(({ name }) => name);

/** The metrics of the leaderboard, from left to right. */
export const LEADERBOARD_METRICS: readonly BuiltInMetric[] = (METRICS as readonly BuiltInMetric[])
  .filter(({ leaderboard }) => leaderboard !== undefined)
  .sort((a, b) => (a.leaderboard?.place ?? 0) - (b.leaderboard?.place ?? 0));

/** The definition of a metric. */
export function metricNamed(name: MetricName): BuiltInMetric {
  return METRICS.find((metric) => metric.name === name) as BuiltInMetric;
}

/** The label of a metric. @param own metrics of the caller; any other unknown metric is labelled by its name. */
export function metricLabel(name: string, own: readonly MetricDefinition[] = []): string {
  return [...METRICS, ...own].find((metric) => metric.name === name)?.label ?? name;
}

/** Several metrics of one ranked tally, on the tally itself and on any other weights of its scores. */
export interface PreparedMetrics {
  /** The metrics that are computed, in the order of their values: those asked for and those that come with them. */
  readonly names: readonly MetricName[];
  readonly measure: ComputedValues;
}

/** Prepares metrics, each computation once. @param rows what the sample counts for. */
export function computationsOf(metrics: readonly MetricName[], tally: Tally, rows: number): PreparedMetrics {
  const asked = METRICS.filter(({ name }) => metrics.includes(name));
  const computations = [...new Set(asked.map(({ computation }) => computation))];
  const names = computations.flatMap((computation) =>
    METRICS.filter((metric) => metric.computation === computation).map(({ name }) => name),
  );
  let size = 0;
  const prepared = computations.map((computation) => {
    const at = size;
    size += computation.size;
    return { at, values: computation.prepare(tally, rows) };
  });
  return {
    names,
    measure: (positives, negatives, into, from) => {
      for (const { at, values } of prepared) values(positives, negatives, into, from + at);
    },
  };
}

/** A computation of one value. */
function alone(
  prepare: (tally: Tally, rows: number) => (positives: Float64Array, negatives: Float64Array) => number,
): MetricComputation {
  return {
    size: 1,
    prepare(tally, rows) {
      const compute = prepare(tally, rows);
      return (positives, negatives, into, at) => {
        into[at] = compute(positives, negatives);
      };
    },
  };
}
