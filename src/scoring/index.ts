/**
 * Batch scoring: files, folders, streams and database queries to scores, in bounded memory.
 *
 * `scoreFile` streams rows through a model in worker threads; a folder is scored part by part and continues after a
 * stop. Rows that cannot be scored can go to a file of rejects. `scoreTable` scores a table in memory,
 * `evaluateScoreTable` measures probabilities of any model, `upsertIntoPostgres` writes scores into PostgreSQL,
 * `tierTableAsTable` and `valueGridAsTable` make tables of evaluations, to be written by `writeTable`. `runJob` runs a whole
 * night from one file: snapshots, scores, tiers, summary, once a day; `planJob` only checks it.
 *
 * @example
 * import { loadChurnModel } from "holdfast/predict";
 * import { scoreFile } from "holdfast/scoring";
 *
 * const model = await loadChurnModel("churn.model.json");
 * const { scored, rejected } = await scoreFile(model, "today.csv", "scores.parquet", { rejects: "rejects.ndjson" });
 * @packageDocumentation
 */

export { upsertIntoPostgres } from "../database/postgres/upsert-into-postgres.js";
export { HoldfastError } from "../errors.js";
export { evaluateScoreTable } from "./evaluate-score-table.js";
export { planJob, runJob } from "./nightly/run-job.js";
export { scoreFile } from "./score-file.js";
export { scoreTable } from "./scores-table.js";
export { tierTableAsTable } from "./tier-table-as-table.js";
export { valueGridAsTable } from "./value-grid-as-table.js";

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
export type { DatabaseInput, DatabaseOutput } from "../database/databases.js";
export type { DuckDBInput } from "../database/duckdb/index.js";
export type {
  PostgresClient,
  PostgresConfig,
  PostgresConnection,
  PostgresPool,
} from "../database/postgres/connection.js";
export type { PostgresInput, PostgresOutput } from "../database/postgres/index.js";
export type { UpsertOptions } from "../database/postgres/upsert.js";
export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type * from "../explain/types.js";
export type { FileForm, Report, Schema } from "../file-form.js";
export type { RowOptions, WriteOptions } from "../formats/format.js";
export type { StreamFormat, TableFormat } from "../formats/formats.js";
export type { StreamInput } from "../formats/row-inputs.js";
export type { ProblemPolicy } from "../history/checks/check-facts.js";
export type { OpenSourcesOptions } from "../history/open-sources.js";
export type { DatabaseLimits } from "../history/sources/fact-database.js";
export type {
  AbsentMonths,
  DuckDBSource,
  FactSource,
  MappedSource,
  NamedColumn,
  PostgresSource,
} from "../history/sources/fact-source.js";
export type { HistoryFormats } from "../history/sources/source-mapping.js";
export type { FactTableName } from "../history/standard-tables.js";
export type { Span } from "../history/windows/span.js";
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
export type { ValueBand, ValueBands } from "../tiers/value-bands.js";
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
export type { Drift, DriftReport } from "./batch/drift.js";
export type { ScoredInput } from "./batch/input-rows.js";
export type { ReadScoreOptions, ScoreInput } from "./batch/inputs.js";
export type { ScoreOutput, StreamOutput, WriteScoreOptions } from "./batch/outputs.js";
export type { ScoreBin } from "./batch/tally.js";
export type { ScoreTableEvaluation, ScoreTableOptions } from "./evaluate-score-table.js";
export type { ListSummary, ListTier } from "./list/list-summary.js";
export type * from "./nightly/job-file.js";
export type { JobPlan } from "./nightly/job-plan.js";
export type { TopSubscriber } from "./nightly/list-figures.js";
export type { NightlyBefore, NightlyFiles, NightlySummary, NightlyTier } from "./nightly/nightly-summary.js";
export type { RunJobOptions } from "./nightly/run-job.js";
export type { ScoreReasonOptions } from "./reasons/reason-options.js";
export type { PartSummary, ScoreFileOptions, ScoreSummary } from "./score-options.js";
export type { ScoreColumnOptions, ScoresTable } from "./scores-table.js";
