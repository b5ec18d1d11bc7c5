// Every name that the package gives.
// Longer than 300 lines: it is one list.

export { betaCalibration } from "./calibration/beta.js";
export { type Calibration, calibrate } from "./calibration/calibrate.js";
export type {
  Calibrator,
  CalibratorForm,
  CalibratorJson,
  FittedCalibrator,
  IntervalCalibrator,
} from "./calibration/calibrator.js";
export { CALIBRATION_METHODS, type CalibrationMethod } from "./calibration/calibrators.js";
export type { CalibrationCandidate } from "./calibration/choose.js";
export { crossVennAbers } from "./calibration/cross-venn-abers.js";
export { isotonic } from "./calibration/isotonic.js";
export { platt } from "./calibration/platt.js";
export { type RebaseTarget, rebase, type SamplingRates, undoSampling } from "./calibration/prior-shift.js";
export { temperature } from "./calibration/temperature.js";
export { vennAbers } from "./calibration/venn-abers.js";
export { additiveModel } from "./classifiers/additive/additive.js";
export { FittedAdditive } from "./classifiers/additive/fitted-additive.js";
export type { AdditiveOptions } from "./classifiers/additive/options.js";
export { type ShapeRow, type ShapeTable, shapeTables } from "./classifiers/additive/shape-tables.js";
export { gradientBoosting, gradientBoostingFromChunks } from "./classifiers/boosting/boosting.js";
export type { FittedBoosting } from "./classifiers/boosting/fitted-boosting.js";
export type { FittedRegression } from "./classifiers/boosting/fitted-regression.js";
export type { BoostingOptions } from "./classifiers/boosting/options.js";
export { gradientBoostingRegression, type RegressionOptions } from "./classifiers/boosting/regression.js";
export type { Regression, RegressionCrossFit } from "./classifiers/boosting/regression-contract.js";
export type {
  Classifier,
  ClassifierJson,
  CrossFit,
  FitOptions,
  FittedClassifier,
} from "./classifiers/classifier.js";
export { greedyWeights, type SelectionOptions } from "./classifiers/ensemble/greedy-selection.js";
export type { ClassifierFamily, FamilyRules } from "./classifiers/family.js";
export { FittedForest } from "./classifiers/forest/fitted-forest.js";
export { extraTrees, randomForest } from "./classifiers/forest/forest.js";
export { type ImportedForest, importMlRandomForest } from "./classifiers/forest/import-ml-random-forest.js";
export type { ForestOptions } from "./classifiers/forest/options.js";
export {
  type ElasticNetPath,
  type ElasticNetPathOptions,
  elasticNetPath,
} from "./classifiers/logistic/elastic-net-path.js";
export type { FittedLogistic } from "./classifiers/logistic/fitted-logistic.js";
export { logisticRegression } from "./classifiers/logistic/logistic.js";
export { type OddsRatio, type OddsRatioOptions, oddsRatios } from "./classifiers/logistic/odds-ratios.js";
export type { LogisticOptions } from "./classifiers/logistic/options.js";
export type { FittedNeural } from "./classifiers/neural/fitted-neural.js";
export { neuralNetwork } from "./classifiers/neural/neural.js";
export type { NeuralOptions, NumericEmbedding } from "./classifiers/neural/options.js";
export type { DuckDBInput } from "./database/duckdb/index.js";
export type { PostgresInput, PostgresOutput } from "./database/postgres/index.js";
export { type UpsertOptions, upsertIntoPostgres } from "./database/postgres/upsert-into-postgres.js";
export { HoldfastError, type Problem, type ProblemCode, type ProblemPath } from "./errors.js";
export type { FileForm } from "./file-form.js";
export type { StreamFormat, TableFormat } from "./formats/formats.js";
export { type ReadChunksOptions, readTableChunks, type TableChunks } from "./formats/read-chunks.js";
export { type ReadTableOptions, readTable } from "./formats/read-table.js";
export { type WriteTableOptions, writeTable } from "./formats/write-table.js";
export { anyOf } from "./history/churn/any-of.js";
export type { CauseMap, ChurnCause } from "./history/churn/churn-causes.js";
export type { ChurnDefinition } from "./history/churn/churn-definition.js";
export { type DisconnectedOptions, disconnected, involuntary } from "./history/churn/disconnected.js";
export { type InactiveOptions, inactive } from "./history/churn/inactive.js";
export { type NoPurchaseOptions, noPurchase } from "./history/churn/no-purchase.js";
export { type PartialChurnOptions, partialChurn } from "./history/churn/partial-churn.js";
export { type ServiceChurnOptions, serviceChurn } from "./history/churn/service-churn.js";
export type { FactRow, SubscriberFacts } from "./history/fact-relations.js";
export { arpu } from "./history/families/arpu.js";
export { type CareOptions, care } from "./history/families/care.js";
export { defaultFeatures } from "./history/families/default-features.js";
export {
  type FeatureExpression,
  type FeaturesFromOptions,
  featuresFrom,
} from "./history/families/features-from.js";
export { group } from "./history/families/group.js";
export { payments } from "./history/families/payments.js";
export { profile } from "./history/families/profile.js";
export { season } from "./history/families/season.js";
export { services } from "./history/families/services.js";
export { tariff } from "./history/families/tariff.js";
export { tenure } from "./history/families/tenure.js";
export { usageTrend } from "./history/families/usage-trend.js";
export { type History, openHistory } from "./history/history.js";
export type {
  FactExample,
  FactProblem,
  FactProblemKind,
  FactTableReport,
  HistoryReport,
} from "./history/history-report.js";
export type { OpenSourcesOptions } from "./history/open-sources.js";
export { populationFigures } from "./history/population-figures.js";
export type { SqlDialect } from "./history/query/dialect.js";
export type { FeatureFamily } from "./history/query/feature.js";
export type { PopulationFigures } from "./history/query/population.js";
export type { SnapshotOptions, VectorOptions } from "./history/snapshot-options.js";
export { type SnapshotSql, type SnapshotSqlOptions, snapshotSql } from "./history/snapshot-sql.js";
export {
  describeFeatures,
  type FeatureDescription,
  type SnapshotSummary,
  snapshots,
  writeSnapshots,
} from "./history/snapshots.js";
export type {
  DuckDBSource,
  FactSource,
  HistorySources,
  MappedSource,
  PostgresSource,
} from "./history/sources/fact-source.js";
export { type SplitByTimeOptions, splitByTime, type TimeSplit } from "./history/split-by-time.js";
export type { FactColumn, FactTableName, HistorySchema } from "./history/standard-tables.js";
export { type VectorFromFactsOptions, vectorFromFacts } from "./history/vector-from-facts.js";
export { type SubscriberVector, type VectorOfOptions, vectorOf } from "./history/vector-of.js";
export { monthly, type Span, type WindowOptions } from "./history/windows/windows.js";
export type { BetaParameters } from "./math/beta-distribution.js";
export {
  bootstrapIntervalsInWorkers,
  type ParallelBootstrapOptions,
} from "./metrics/bootstrap/bootstrap-in-workers.js";
export { bootstrapIntervals } from "./metrics/bootstrap/bootstrap-intervals.js";
export { bootstrapMetric } from "./metrics/bootstrap/bootstrap-metric.js";
export type { BootstrapOptions, MetricInterval } from "./metrics/bootstrap/bootstrap-options.js";
export {
  type Confusion,
  confusionAt,
  type FScoreOptions,
  fScoreAt,
  precisionAt,
  recallAt,
} from "./metrics/decision/confusion.js";
export { type EmpcOptions, empc } from "./metrics/decision/empc.js";
export { type MpcOptions, mpc } from "./metrics/decision/mpc.js";
export type { MaximumProfit } from "./metrics/decision/profit.js";
export { type ProfitCurve, type ProfitCurveOptions, profitCurve } from "./metrics/decision/profit-curve.js";
export {
  type CompareOptions,
  compareScores,
  type PairedDifference,
  type ScoreComparison,
} from "./metrics/evaluation/compare-scores.js";
export {
  type CalibrationChecks,
  type Evaluation,
  type EvaluationMetrics,
  type EvaluationOptions,
  evaluateScores,
  evaluateScoresInWorkers,
} from "./metrics/evaluation/evaluate-scores.js";
export {
  evaluateSegments,
  type Segmentation,
  type SegmentEvaluation,
  type SegmentOptions,
} from "./metrics/evaluation/evaluate-segments.js";
export { metricValues } from "./metrics/evaluation/metric-values.js";
export type { Metric, MetricDefinition } from "./metrics/metric.js";
export type { MetricName } from "./metrics/metrics.js";
export {
  type BrierDecomposition,
  type BrierDecompositionOptions,
  brierDecomposition,
} from "./metrics/probability/brier-decomposition.js";
export { brierScore } from "./metrics/probability/brier-score.js";
export {
  type CalibrationCurve,
  type CalibrationCurveOptions,
  calibrationCurve,
} from "./metrics/probability/calibration-curve.js";
export { calibrationInTheLarge } from "./metrics/probability/calibration-in-the-large.js";
export {
  calibrationIntercept,
  calibrationSlope,
  calibrationSlopeAndIntercept,
} from "./metrics/probability/calibration-line.js";
export {
  type CalibrationErrorOptions,
  expectedCalibrationError,
} from "./metrics/probability/expected-calibration-error.js";
export { logLoss } from "./metrics/probability/log-loss.js";
export { type SpiegelhalterTest, spiegelhalterZ } from "./metrics/probability/spiegelhalter.js";
export {
  type SquaredCalibrationError,
  squaredCalibrationError,
} from "./metrics/probability/squared-calibration-error.js";
export { averagePrecision } from "./metrics/ranking/average-precision.js";
export { compareRocAuc, type RocAucComparison } from "./metrics/ranking/compare-roc-auc.js";
export { gainCurve } from "./metrics/ranking/gain-curve.js";
export { type HMeasureOptions, hMeasure } from "./metrics/ranking/h-measure.js";
export { ks } from "./metrics/ranking/kolmogorov-smirnov.js";
export { liftAt, topDecileLift } from "./metrics/ranking/lift.js";
export { type LiftCurve, liftCurve } from "./metrics/ranking/lift-curve.js";
export { type LiftGroup, liftTable } from "./metrics/ranking/lift-table.js";
export { type PrecisionRecallCurve, precisionRecallCurve } from "./metrics/ranking/precision-recall-curve.js";
export { gini, rocAuc } from "./metrics/ranking/roc-auc.js";
export {
  type RocAucInterval,
  type RocAucIntervalOptions,
  rocAucInterval,
} from "./metrics/ranking/roc-auc-interval.js";
export { type RocCurve, rocCurve } from "./metrics/ranking/roc-curve.js";
export type { MetricOptions } from "./metrics/sample/input.js";
export type { LeaderboardEntry, TrainingReport } from "./model-file/churn/content.js";
export type { TrainingNote } from "./model-file/churn/training-note.js";
export { ChurnModel } from "./predict/churn-model.js";
export { type CompareModelsOptions, compareModels } from "./predict/compare-models.js";
export { loadChurnModel } from "./predict/load.js";
export type {
  EvaluateInWorkersOptions,
  EvaluateOptions,
  ModelEvaluation,
} from "./predict/model-evaluation.js";
export type { CandidateTiming, PredictedColumns, Prediction, PredictOptions } from "./predict/prediction.js";
export type { Row } from "./predict/row-reader.js";
export type { LoadOptions, WatchedModel, WatchOptions } from "./predict/watched-model.js";
export type { LongWork, ProgressEvent } from "./progress.js";
export {
  type EvaluationMarkdownOptions,
  type EvaluationReport,
  evaluationMarkdown,
} from "./report/evaluation-markdown.js";
export type { Drift, DriftReport } from "./scoring/batch/drift.js";
export type {
  ReadScoreOptions,
  ScoreInput,
  StreamInput,
} from "./scoring/batch/inputs.js";
export type {
  ScoreOutput,
  StreamOutput,
  WriteScoreOptions,
} from "./scoring/batch/outputs.js";
export type { ScoreBin } from "./scoring/batch/tally.js";
export {
  evaluateScoreTable,
  type ScoreTableEvaluation,
  type ScoreTableOptions,
} from "./scoring/evaluate-score-table.js";
export { scoreFile } from "./scoring/score-file.js";
export type { PartSummary, ScoreFileOptions, ScoreSummary } from "./scoring/score-options.js";
export { type ScoresTable, scoreTable } from "./scoring/scores-table.js";
export {
  type AskOptions,
  type ClientOptions,
  createClient,
  type ScoringClient,
  ServiceRequestError,
} from "./scoring/service/client.js";
export type {
  ModelsResponse,
  ServicePrediction,
  ServiceRow,
  VectorResponse,
} from "./scoring/service/contract.js";
export { createServer } from "./scoring/service/create-server.js";
export type { ServedModels } from "./scoring/service/models.js";
export type { ListenOptions, ScoringServer, ServerOptions } from "./scoring/service/server-options.js";
export { readTokens, type ServiceToken } from "./scoring/service/tokens.js";
export { tierTableAsTable } from "./scoring/tier-table-as-table.js";
export { valueGridAsTable } from "./scoring/value-grid-as-table.js";
export type { ChurnQuestions } from "./simulator/churn-questions.js";
export type { OperatorTables } from "./simulator/output/fact-log.js";
export type { WriteOperatorOptions, WrittenTable } from "./simulator/output/write-operator.js";
export type { OperatorOptions } from "./simulator/plan.js";
export { simulateOperator, trueChurnProbabilities, writeOperator } from "./simulator/simulator.js";
export type { TrueChurnOptions } from "./simulator/true-churn.js";
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
export { type AutoTierOptions, autoTiers } from "./tiers/auto-tiers.js";
export { isUncertain, type UncertaintyOptions } from "./tiers/is-uncertain.js";
export { riskTiers, type TierRule, type TierSample } from "./tiers/risk-tiers.js";
export type { TierSpec } from "./tiers/tier-spec.js";
export { type TierSummary, type TierTableOptions, tierTable } from "./tiers/tier-table.js";
export { type CutEvidence, type RiskTier, type RiskTiers, tierOf } from "./tiers/tiers.js";
export {
  bandOf,
  DEFAULT_VALUE_BANDS,
  type ValueBand,
  type ValueBandRule,
  type ValueBands,
  valueBands,
} from "./tiers/value-bands.js";
export { type ValueGridCell, valueGrid } from "./tiers/value-grid.js";
export {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  type RowSplit,
  type SplitResult,
} from "./training/cross-validate.js";
export type { ClassifierChoice, FamilyName } from "./training/families.js";
export { type Preference, type TrainOptions, trainChurnModel } from "./training/train.js";
export type { Configuration, TunableFamily } from "./training/tuning/configuration.js";
export type { TrialResult } from "./training/tuning/search.js";
export { type TunedFamily, type TuneOptions, type Tuning, tune } from "./training/tuning/tune.js";
export type { TrainingChunk, TrainingChunks } from "./trees/binning/training-chunks.js";
export { type Folds, stratifiedFolds } from "./vectors/folds.js";
export { type InputColumn, type UnseenCategories, Vectorizer } from "./vectors/vectorizer.js";
export type { RowVector, Vectors } from "./vectors/vectors.js";
