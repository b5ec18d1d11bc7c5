/**
 * Training: from a table with a label to a `ChurnModel`.
 *
 * `trainChurnModel` finds the features, cross-fits every family of classifiers on the same folds, chooses by
 * out-of-fold log loss, calibrates, draws risk tiers and evaluates, all on predictions for rows that the model did not
 * see. `crossValidate` measures any training on splits of the rows; `backtest` measures it over time, on months that
 * came after; `learningCurve` says what more rows would buy; `tune` searches options by successive halving.
 *
 * @example
 * import { crossValidate, trainChurnModel } from "holdfast/training";
 * import { readTable } from "holdfast";
 *
 * const table = await readTable("customers.csv");
 * const options = { label: "churn", id: "customer_id", tiers: "call=500,rest" } as const;
 * const model = await trainChurnModel(table, options);
 * const { mean } = await crossValidate(table, options); // log loss and ROC AUC, each with its range
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { backtest } from "./backtest/backtest.js";
export { crossValidate } from "./cross-validate.js";
export { learningCurve } from "./learning-curve/learning-curve.js";
export { trainChurnModel } from "./train.js";
export { tune } from "./tuning/tune.js";

// The types of their arguments and results.

export type {
  Calibrator,
  CalibratorForm,
  CalibratorJson,
  FittedCalibrator,
  VennAbersJson,
} from "../calibration/calibrator.js";
export type { CalibrationMethod } from "../calibration/calibrators.js";
export type { CalibrationCandidate } from "../calibration/choose.js";
export type { Spread } from "../calibration/spread.js";
export type {
  Classifier,
  ClassifierJson,
  CrossFit,
  FitOptions,
  FittedClassifier,
} from "../classifiers/classifier.js";
export type { BackgroundRows, Explainer, MakeExplainer } from "../classifiers/explainer.js";
export type { BuiltInFamily, BuiltInFamilyName } from "../classifiers/families.js";
export type { ClassifierFamily, FamilyRules } from "../classifiers/family.js";
export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type * from "../explain/types.js";
export type { FileForm, Report, Schema } from "../file-form.js";
export type { ChurnDefinition } from "../history/churn/churn-definition.js";
export type { History } from "../history/history.js";
export type { FeatureFamily } from "../history/query/feature.js";
export type * from "../history/report/history-report.js";
export type { SnapshotOptions, VectorOptions } from "../history/snapshot-options.js";
export type { FactColumn, FactKind, FactTableName, HistorySchema } from "../history/standard-tables.js";
export type { Span } from "../history/windows/span.js";
export type { WindowOptions } from "../history/windows/windows.js";
export type { MetricInterval } from "../metrics/bootstrap/bootstrap-options.js";
export type { Confusion } from "../metrics/decision/confusion.js";
export type { EvaluationCurves } from "../metrics/evaluation/curves.js";
export type {
  CalibrationChecks,
  Evaluation,
  EvaluationMetrics,
} from "../metrics/evaluation/evaluate-scores.js";
export type { SegmentEvaluation } from "../metrics/evaluation/evaluate-segments.js";
export type { Metric, MetricDefinition } from "../metrics/metric.js";
export type { BrierDecomposition } from "../metrics/probability/brier-decomposition.js";
export type { SpiegelhalterTest } from "../metrics/probability/spiegelhalter.js";
export type { SquaredCalibrationError } from "../metrics/probability/squared-calibration-error.js";
export type { LiftGroup } from "../metrics/ranking/lift-table.js";
export type { RocAucInterval } from "../metrics/ranking/roc-auc-interval.js";
export type { MetricOptions } from "../metrics/sample/input.js";
export type { Tally } from "../metrics/sample/tally.js";
export type {
  CalibrationReport,
  LeaderboardEntry,
  LeaderboardMetrics,
  ModelContent,
  ParityRow,
  TrainingReport,
} from "../model-file/churn/content.js";
export type { TrainingNote } from "../model-file/churn/training-note.js";
export type { Extensions } from "../model-file/extensions.js";
export type { ChurnModel } from "../predict/churn-model.js";
export type { ExplainOptions } from "../predict/explaining/explain-options.js";
export type { MeasuredWeights } from "../predict/measured-rows.js";
export type {
  EvaluateInWorkersOptions,
  EvaluateOptions,
  ModelEvaluation,
} from "../predict/model-evaluation.js";
export type { CandidateTiming, PredictedColumns, Prediction, PredictOptions } from "../predict/prediction.js";
export type { Row } from "../predict/row-reader.js";
export type { ScoreColumns } from "../predict/scorer.js";
export type { TierDrift } from "../predict/tier-drift.js";
export type { KnownSubscribers, TrainedOn } from "../predict/trained-on.js";
export type { LongWork, ProgressEvent } from "../progress.js";
export type {
  CategoricalColumn,
  Column,
  ColumnKind,
  NumericColumn,
  Table,
  TextColumn,
} from "../table/column.js";
export type * from "../table/grammar/types.js";
export type { ObservedRate } from "../tiers/summary/cell-sums.js";
export type { TierSummary } from "../tiers/summary/tier-summary.js";
export type { ValueGridCell } from "../tiers/summary/value-grid.js";
export type {
  AutoTierRule,
  CapacityTierRule,
  ExpectedLossTierRule,
  ProbabilityTierRule,
  TierRule,
} from "../tiers/tier-rule.js";
export type { TierSpec } from "../tiers/tier-spec.js";
export type { CutEvidence, RiskTier, RiskTiers } from "../tiers/tiers.js";
export type {
  LimitBandRule,
  ShareBandRule,
  ValueBand,
  ValueBandRule,
  ValueBands,
} from "../tiers/value-bands.js";
export type { LeftOutColumn } from "../vectors/column-roles/features.js";
export type { LabelSpec } from "../vectors/column-roles/labels.js";
export type { FingerprintSet } from "../vectors/fingerprints/fingerprint-set.js";
export type { TrainingFingerprints } from "../vectors/fingerprints/training-fingerprints.js";
export type { Folds } from "../vectors/folds.js";
export type * from "../vectors/prediction-details.js";
export type { CategoryBins, NumberBins, ReferenceDistribution } from "../vectors/reference-distribution.js";
export type { Total } from "../vectors/totals.js";
export type { CategoricalInput, InputColumn, NumericInput, UnseenCategories } from "../vectors/vectorizer.js";
export type { CategoricalFeature, Feature, NumericFeature, RowVector, Vectors } from "../vectors/vectors.js";
export type { BacktestOptions } from "./backtest/options.js";
export type {
  Backtest,
  BacktestMonth,
  BacktestOverall,
  BacktestResult,
  BacktestTier,
  BacktestTraining,
  LeftOutMonth,
  MetricAgainstTraining,
  PooledTier,
} from "./backtest/result.js";
export type { CrossValidateOptions, CrossValidation, RowSplit, SplitResult } from "./cross-validate.js";
export type { ClassifierChoice, FamilyName } from "./families.js";
export type {
  ExpectedLogLoss,
  LearningCurve,
  LearningCurvePoint,
  SkippedShare,
} from "./learning-curve/curve.js";
export type { LearningCurveOptions } from "./learning-curve/learning-curve.js";
export type { Preference, TrainOptions } from "./train-options.js";
export type { Configuration, TunableFamily } from "./tuning/configuration.js";
export type { TrialResult } from "./tuning/search.js";
export type { TunedFamily, TuneOptions, Tuning } from "./tuning/tune.js";
