/**
 * Metrics: pure functions over labels (1 churned, 0 stayed) and scores, of any model.
 *
 * All take `(labels, scores, options)` of equal length, any array of numbers, and `weights` of the rows. Ties share
 * their rank. Ranking: `rocAuc`, `averagePrecision`, `liftAt`, `topDecileLift`, `gini`, `ks`, `hMeasure` and their
 * curves. Probability: `logLoss`, `brierScore`, `expectedCalibrationError`, `calibrationSlope`, `spiegelhalterZ`.
 * Decision: `precisionAt`, `recallAt`, `mpc`, `empc`, `profitCurve`. `evaluateScores` measures all of them with
 * bootstrap intervals, `evaluateSegments` by segment, `compareScores` two models on the same rows; `groupFairness` says how
 * segments are treated, `contactProfit` what acting on probabilities earns, `evaluationCurves` what to draw.
 *
 * @example
 * import { evaluateScores, rocAuc } from "holdfast/metrics";
 *
 * const labels = [0, 0, 1, 1, 0, 1];
 * const scores = [0.1, 0.4, 0.35, 0.8, 0.2, 0.7];
 * console.log(rocAuc(labels, scores)); // 0.8888888888888888
 * console.log(evaluateScores(labels, scores, { replicates: 200 }).metrics.rocAuc); // { value, low, high }
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { bootstrapIntervalsInWorkers } from "./bootstrap/bootstrap-in-workers.js";
export { bootstrapIntervals } from "./bootstrap/bootstrap-intervals.js";
export { bootstrapMetric } from "./bootstrap/bootstrap-metric.js";
export { confusionAt, fScoreAt, precisionAt, recallAt } from "./decision/confusion.js";
export { contactProfit } from "./decision/contact-profit.js";
export { empc } from "./decision/empc.js";
export { mpc } from "./decision/mpc.js";
export { profitCurve, thinnedProfitCurve } from "./decision/profit-curve.js";
export { compareScores } from "./evaluation/compare-scores.js";
export { evaluateScores, evaluateScoresInWorkers } from "./evaluation/evaluate-scores.js";
export { evaluateSegments } from "./evaluation/evaluate-segments.js";
export { evaluationCurves } from "./evaluation/evaluation-curves.js";
export { groupFairness } from "./evaluation/fairness/group-fairness.js";
export { metricValues } from "./evaluation/metric-values.js";
export { brierDecomposition } from "./probability/brier-decomposition.js";
export { brierScore } from "./probability/brier-score.js";
export { calibrationCurve } from "./probability/calibration-curve.js";
export { calibrationInTheLarge } from "./probability/calibration-in-the-large.js";
export {
  calibrationIntercept,
  calibrationSlope,
  calibrationSlopeAndIntercept,
} from "./probability/calibration-line.js";
export { expectedCalibrationError } from "./probability/expected-calibration-error.js";
export { logLoss } from "./probability/log-loss.js";
export { spiegelhalterZ } from "./probability/spiegelhalter.js";
export { squaredCalibrationError } from "./probability/squared-calibration-error.js";
export { averagePrecision } from "./ranking/average-precision.js";
export { compareRocAuc } from "./ranking/compare-roc-auc.js";
export { gainCurve } from "./ranking/gain-curve.js";
export { hMeasure } from "./ranking/h-measure.js";
export { ks } from "./ranking/kolmogorov-smirnov.js";
export { liftAt, topDecileLift } from "./ranking/lift.js";
export { liftCurve } from "./ranking/lift-curve.js";
export { liftTable } from "./ranking/lift-table.js";
export { precisionRecallCurve } from "./ranking/precision-recall-curve.js";
export { gini, rocAuc } from "./ranking/roc-auc.js";
export { rocAucInterval } from "./ranking/roc-auc-interval.js";
export { rocCurve } from "./ranking/roc-curve.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type { BetaParameters } from "../math/beta-distribution.js";
export type { LogisticLine } from "../math/logistic-line.js";
export type { LongWork, ProgressEvent } from "../progress.js";
export type { ParallelBootstrapOptions } from "./bootstrap/bootstrap-in-workers.js";
export type { BootstrapOptions, MetricInterval } from "./bootstrap/bootstrap-options.js";
export type { CampaignOfRows } from "./decision/campaign-of-rows.js";
export type { Confusion, FScoreOptions } from "./decision/confusion.js";
export type { ContactProfit, ContactProfitOptions, ContactResult } from "./decision/contact-profit.js";
export type { EmpcOptions } from "./decision/empc.js";
export type { MpcOptions } from "./decision/mpc.js";
export type { MaximumProfit } from "./decision/profit.js";
export type { Amount, ProfitCurve, ProfitCurveOptions, ThinnedProfitCurve } from "./decision/profit-curve.js";
export type {
  CompareOptions,
  PairedDifference,
  PairedMetric,
  ScoreComparison,
} from "./evaluation/compare-scores.js";
export type { EvaluationCurves } from "./evaluation/curves.js";
export type {
  CalibrationChecks,
  Evaluation,
  EvaluationMetrics,
  EvaluationOptions,
} from "./evaluation/evaluate-scores.js";
export type { SegmentEvaluation, SegmentOptions } from "./evaluation/evaluate-segments.js";
export type {
  ColumnFairness,
  ComparedRate,
  FairnessMeasure,
  FairnessOptions,
  GroupParity,
  RateInterval,
  SegmentTreatment,
} from "./evaluation/fairness/group-fairness.js";
export type { Segmentation } from "./evaluation/segmentation.js";
export type { Metric, MetricDefinition } from "./metric.js";
export type { MetricName } from "./metrics.js";
export type { BrierDecomposition, BrierDecompositionOptions } from "./probability/brier-decomposition.js";
export type { CalibrationCurve, CalibrationCurveOptions } from "./probability/calibration-curve.js";
export type { CalibrationErrorOptions } from "./probability/expected-calibration-error.js";
export type { Binning } from "./probability/probability-bins.js";
export type { SpiegelhalterTest } from "./probability/spiegelhalter.js";
export type { SquaredCalibrationError } from "./probability/squared-calibration-error.js";
export type { RocAucComparison } from "./ranking/compare-roc-auc.js";
export type { GainCurve } from "./ranking/gain-curve.js";
export type { HMeasureOptions } from "./ranking/h-measure.js";
export type { LiftCurve } from "./ranking/lift-curve.js";
export type { LiftGroup, LiftTableOptions } from "./ranking/lift-table.js";
export type { PrecisionRecallCurve } from "./ranking/precision-recall-curve.js";
export type { RocAucInterval, RocAucIntervalOptions } from "./ranking/roc-auc-interval.js";
export type { RocCurve } from "./ranking/roc-curve.js";
export type { MetricOptions } from "./sample/input.js";
