export { type CalibrationMethod, calibrate } from "./calibration/calibrate.js";
export type { Calibrator, FittedCalibrator } from "./calibration/calibrator.js";
export { isotonic } from "./calibration/isotonic.js";
export { platt } from "./calibration/platt.js";
export { gradientBoosting, gradientBoostingFromChunks } from "./classifiers/boosting/boosting.js";
export type { FittedRegression } from "./classifiers/boosting/fitted-regression.js";
export type { BoostingOptions } from "./classifiers/boosting/options.js";
export { gradientBoostingRegression, type RegressionOptions } from "./classifiers/boosting/regression.js";
export type { Regression, RegressionCrossFit } from "./classifiers/boosting/regression-contract.js";
export type { TrainingChunk, TrainingChunks } from "./classifiers/boosting/training-chunks.js";
export type { Classifier, CrossFit, FitOptions, FittedClassifier } from "./classifiers/classifier.js";
export { type LogisticOptions, logisticRegression } from "./classifiers/logistic/logistic.js";
export { HoldfastError, type Problem, type ProblemCode, type ProblemPath } from "./errors.js";
export { type SplitByTimeOptions, splitByTime, type TimeSplit } from "./history/split-by-time.js";
export { averagePrecision } from "./metrics/average-precision.js";
export {
  type BootstrapOptions,
  bootstrapIntervals,
  type MetricInterval,
} from "./metrics/bootstrap-intervals.js";
export { brierScore } from "./metrics/brier-score.js";
export {
  calibrationIntercept,
  calibrationSlope,
  calibrationSlopeAndIntercept,
} from "./metrics/calibration-line.js";
export { type Confusion, confusionAt } from "./metrics/confusion.js";
export { type Evaluation, type EvaluationOptions, evaluateScores } from "./metrics/evaluate-scores.js";
export {
  type CalibrationErrorOptions,
  expectedCalibrationError,
} from "./metrics/expected-calibration-error.js";
export { gainCurve } from "./metrics/gain-curve.js";
export type { MetricOptions } from "./metrics/input.js";
export { ks } from "./metrics/kolmogorov-smirnov.js";
export { liftAt, topDecileLift } from "./metrics/lift.js";
export { type LiftGroup, liftTable } from "./metrics/lift-table.js";
export { logLoss } from "./metrics/log-loss.js";
export type { MetricName } from "./metrics/metric-families.js";
export { gini, rocAuc } from "./metrics/roc-auc.js";
export type { ClassifierChoice } from "./model/candidates.js";
export {
  ChurnModel,
  type EvaluateOptions,
  type ModelEvaluation,
  type Prediction,
} from "./model/churn-model.js";
export type { LeaderboardEntry, TrainingReport } from "./model/content.js";
export { loadChurnModel } from "./model/load.js";
export type { Row } from "./model/row-reader.js";
export { type TrainOptions, trainChurnModel } from "./model/train.js";
export type { LongWork, ProgressEvent } from "./progress.js";
export { type ScoreFileOptions, type ScoreSummary, scoreFile, scoreTable } from "./scoring/score-file.js";
export { type ReadChunksOptions, readTableChunks, type TableChunks } from "./table/read-chunks.js";
export { type ReadTableOptions, readTable } from "./table/read-table.js";
export { type RowsOptions, rowsOf, tableFromRows } from "./table/rows.js";
export {
  type CategoricalColumn,
  type Column,
  type ColumnKind,
  cellOf,
  createTable,
  dropColumns,
  findColumn,
  type NumericColumn,
  type Table,
  type TextColumn,
  takeRows,
} from "./table/table.js";
export { type WriteTableOptions, writeTable } from "./table/write-table.js";
export { riskTiers, type TierRule } from "./tiers/risk-tiers.js";
export { type TierSummary, tierTable } from "./tiers/tier-table.js";
export { type RiskTier, type RiskTiers, tierOf } from "./tiers/tiers.js";
export { stratifiedFolds } from "./vectors/folds.js";
export { type UnseenCategories, Vectorizer } from "./vectors/vectorizer.js";
export type { Vectors } from "./vectors/vectors.js";
