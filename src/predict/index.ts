/**
 * Load a model and run it, and nothing else: the entry point for services and functions at the edge.
 *
 * It loads no database, no training code and no HTTP framework; the schema library is loaded only while a model file is
 * read. `predictOne` takes microseconds. To exchange a model while a service runs, load it with `watch: true`.
 *
 * @example
 * import { loadChurnModel } from "holdfast/predict";
 *
 * const model = await loadChurnModel("churn.model.json");
 * const { probability, tier } = model.predictOne({ customer_id: "7", tenure: 3, plan: "basic" });
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { tableFromRows } from "../table/rows.js";
export { ChurnModel } from "./churn-model.js";
export { modelDrift } from "./drift/model-drift.js";
export { explainGlobally } from "./explaining/explain-globally.js";
export { loadChurnModel } from "./load.js";

// The types of their arguments and results.

export type {
  CalibratorForm,
  CalibratorJson,
  FittedCalibrator,
  VennAbersJson,
} from "../calibration/calibrator.js";
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
export type { ClassifierFamily, FamilyRules } from "../classifiers/family.js";
export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type * from "../explain/types.js";
export type { FileForm, Report, Schema } from "../file-form.js";
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
export type { MetricOptions } from "../metrics/sample/input.js";
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
export type { RowsOptions } from "../table/rows.js";
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
export type { CutEvidence, RiskTier, RiskTiers } from "../tiers/tiers.js";
export type { ValueBand, ValueBands } from "../tiers/value-bands.js";
export type { LeftOutColumn } from "../vectors/column-roles/features.js";
export type { LabelSpec } from "../vectors/column-roles/labels.js";
export type { DistributionDrift, DriftBin, InputDrift } from "../vectors/drift/distribution-drift.js";
export type { FingerprintSet } from "../vectors/fingerprints/fingerprint-set.js";
export type { TrainingFingerprints } from "../vectors/fingerprints/training-fingerprints.js";
export type { Folds } from "../vectors/folds.js";
export type * from "../vectors/prediction-details.js";
export type { CategoryBins, NumberBins, ReferenceDistribution } from "../vectors/reference-distribution.js";
export type { Total } from "../vectors/totals.js";
export type { CategoricalInput, InputColumn, NumericInput, UnseenCategories } from "../vectors/vectorizer.js";
export type { CategoricalFeature, Feature, NumericFeature, RowVector, Vectors } from "../vectors/vectors.js";
export type { ModelDrift, ModelDriftOptions } from "./drift/model-drift.js";
export type { GlobalExplanation } from "./explaining/explain-globally.js";
export type { ExplainOptions } from "./explaining/explain-options.js";
export type { MeasuredWeights } from "./measured-rows.js";
export type { EvaluateInWorkersOptions, EvaluateOptions, ModelEvaluation } from "./model-evaluation.js";
export type { CandidateTiming, PredictedColumns, Prediction, PredictOptions } from "./prediction.js";
export type { Row } from "./row-reader.js";
export type { ScoreColumns } from "./scorer.js";
export type { TierDrift } from "./tier-drift.js";
export type { KnownSubscribers, TrainedOn } from "./trained-on.js";
export type { LoadOptions, WatchedModel, WatchOptions } from "./watching/watched-model.js";
