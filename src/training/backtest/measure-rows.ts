import type { MetricInterval } from "../../metrics/bootstrap/bootstrap-options.js";
import { evaluateScoresInWorkers } from "../../metrics/evaluation/evaluate-scores.js";
import { weightedMean } from "../../metrics/sample/weighted-mean.js";
import type { LongWork } from "../../progress.js";
import type { TrainOptions } from "../train-options.js";
import { againstTraining } from "./against-training.js";
import type { BacktestResult } from "./result.js";

/** Rows with what was predicted for them and what happened. */
export interface MeasuredRows {
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly groups: Int32Array | undefined;
}

/** Measures scored rows, beside what training reported. */
export async function measureRows(
  { labels, probabilities, weights, groups }: MeasuredRows,
  reported: Readonly<Record<string, MetricInterval | null>>,
  { seed, replicates, metrics, threads }: TrainOptions,
  { onProgress, signal }: LongWork,
): Promise<BacktestResult> {
  const given = { seed, replicates, metrics, threads, onProgress, signal };
  const evaluation = hasBothLabels(labels, weights)
    ? await evaluateScoresInWorkers(labels, probabilities, { ...given, weights, groups })
    : null;
  return {
    rows: labels.length,
    churners: labels.reduce((sum, label) => sum + label, 0),
    churnRate: weightedMean(labels, weights),
    meanProbability: weightedMean(probabilities, weights),
    evaluation,
    againstTraining: evaluation === null ? {} : againstTraining(evaluation.metrics, reported, metrics),
  };
}

/** Whether both labels occur among the rows that count. */
function hasBothLabels(labels: Uint8Array, weights: Float64Array | undefined): boolean {
  return new Set(labels.filter((_, row) => weights?.[row] !== 0)).size === 2;
}
