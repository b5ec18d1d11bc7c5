/**
 * holdfast: from subscriber history to calibrated probabilities of churn, risk tiers and an evaluation of both.
 *
 * This entry point holds the main walk; the others hold the rest:
 *
 * | import from             | to                                                                             |
 * | ----------------------- | ------------------------------------------------------------------------------ |
 * | `holdfast`              | read, describe, make snapshots, train, compare, evaluate, score, serve          |
 * | `holdfast/table`        | build and change tables                                                        |
 * | `holdfast/frames`       | data frames in and out: danfojs, Arrow, Polars, arquero, DuckDB                  |
 * | `holdfast/history`      | every feature family and churn definition, SQL for databases, online vectors   |
 * | `holdfast/metrics`      | metrics, curves and intervals over labels and scores of any model               |
 * | `holdfast/classifiers`  | the classifiers with their options, odds ratios, shape tables                   |
 * | `holdfast/calibration`  | calibrators, corrections of the base rate                                       |
 * | `holdfast/tiers`        | risk tiers, value bands, the risk × value grid                                  |
 * | `holdfast/training`     | training, cross-validation, learning curves, tuning                             |
 * | `holdfast/describe`     | what a table holds, what it says about churn, and what to do next               |
 * | `holdfast/predict`      | load a model and run it, and nothing else: for services                         |
 * | `holdfast/scoring`      | batch jobs                                                                      |
 * | `holdfast/service`      | the HTTP service and its client                                                 |
 * | `holdfast/simulator`    | a simulated operator whose true probabilities of churn are known                |
 *
 * @example
 * import { readTable, splitRandom, trainChurnModel } from "holdfast";
 *
 * const { train, test } = splitRandom(await readTable("customers.csv"), { test: 0.2, stratify: "churn" });
 * const model = await trainChurnModel(train, { label: "churn", id: "customer_id" });
 * console.log(model.evaluate(test).metrics.rocAuc);
 * console.log(model.predict(test)[0]); // { id, probability, tier }
 * await model.save("churn.model.json");
 * @packageDocumentation
 */

export { additiveModel } from "./classifiers/additive/additive.js";
export { gradientBoosting } from "./classifiers/boosting/boosting.js";
export { randomForest } from "./classifiers/forest/forest.js";
export { logisticRegression } from "./classifiers/logistic/logistic.js";
export { describeTable } from "./describe/describe-table.js";
export { HoldfastError } from "./errors.js";
export { readTableChunks } from "./formats/read-chunks.js";
export { readTable } from "./formats/read-table.js";
export { writeTable } from "./formats/write-table.js";
export { tableFrom } from "./frames/table-from.js";
export { anyOf } from "./history/churn/any-of.js";
export { disconnected, involuntary } from "./history/churn/disconnected.js";
export { inactive } from "./history/churn/inactive.js";
export { noPurchase } from "./history/churn/no-purchase.js";
export { partialChurn } from "./history/churn/partial-churn.js";
export { serviceChurn } from "./history/churn/service-churn.js";
export { defaultFeatures } from "./history/families/default-features.js";
export { featuresFrom } from "./history/families/features-from.js";
export { openHistory } from "./history/history.js";
export { snapshotSql } from "./history/snapshot-sql.js";
export { snapshots, writeSnapshots } from "./history/snapshots.js";
export { splitByTime } from "./history/split-by-time.js";
export { monthly } from "./history/windows/windows.js";
export { evaluateScores } from "./metrics/evaluation/evaluate-scores.js";
export { ChurnModel } from "./predict/churn-model.js";
export { compareModels } from "./predict/compare-models.js";
export { explainGlobally } from "./predict/explaining/explain-globally.js";
export { loadChurnModel } from "./predict/load.js";
export { evaluationMarkdown } from "./report/evaluation-markdown.js";
export { globalExplanationMarkdown, globalExplanationText } from "./report/global-explanation.js";
export { leaderboard, leaderboardMarkdown } from "./report/leaderboard.js";
export { trainingMarkdown } from "./report/training-markdown.js";
export { trainingSummary } from "./report/training-summary.js";
export { scoreFile } from "./scoring/score-file.js";
export { scoreTable } from "./scoring/scores-table.js";
export { createClient } from "./scoring/service/client/client.js";
export { createServer } from "./scoring/service/create-server.js";
export { rowsOf, tableFromRows } from "./table/rows.js";
export { findColumn } from "./table/table.js";
export { concatTables } from "./table/verbs/concat-tables.js";
export { filterRows } from "./table/verbs/filter-rows.js";
export { selectColumns } from "./table/verbs/select-columns.js";
export { sortRows } from "./table/verbs/sort-rows.js";
export { splitRandom } from "./table/verbs/split-random.js";
export { withColumn } from "./table/verbs/with-column.js";
export { crossValidate } from "./training/cross-validate.js";
export { trainChurnModel } from "./training/train.js";
export { tune } from "./training/tuning/tune.js";
export { Vectorizer } from "./vectors/vectorizer.js";

// The types of their arguments and results.

export type {
  Calibrator,
  CalibratorForm,
  CalibratorJson,
  FittedCalibrator,
  VennAbersJson,
} from "./calibration/calibrator.js";
export type { CalibrationMethod } from "./calibration/calibrators.js";
export type { CalibrationCandidate } from "./calibration/choose.js";
export type { Spread } from "./calibration/spread.js";
export type { Axis, CategoricalAxis, NumericAxis } from "./classifiers/additive/axis.js";
export type {
  AdditiveJson,
  FittedAdditive,
  PairTerm,
  ShapeTerm,
} from "./classifiers/additive/fitted-additive.js";
export type { AdditiveOptions } from "./classifiers/additive/options.js";
export type {
  BoostingJson,
  FittedBoosting,
  ParallelOptions,
} from "./classifiers/boosting/fitted-boosting.js";
export type { BoostingOptions } from "./classifiers/boosting/options.js";
export type {
  Classifier,
  ClassifierJson,
  CrossFit,
  FitOptions,
  FittedClassifier,
} from "./classifiers/classifier.js";
export type { BackgroundRows, Explainer, MakeExplainer } from "./classifiers/explainer.js";
export type { BuiltInFamily, BuiltInFamilyName } from "./classifiers/families.js";
export type { ClassifierFamily, FamilyRules } from "./classifiers/family.js";
export type { FittedForest, ForestJson } from "./classifiers/forest/fitted-forest.js";
export type { ForestKind, ForestOptions } from "./classifiers/forest/options.js";
export type { FittedLogistic, LogisticJson } from "./classifiers/logistic/fitted-logistic.js";
export type { LogisticOptions } from "./classifiers/logistic/options.js";
export type { DatabaseInput, DatabaseOutput } from "./database/databases.js";
export type {
  PostgresClient,
  PostgresConfig,
  PostgresConnection,
  PostgresPool,
} from "./database/postgres/connection.js";
export type * from "./describe/description.js";
export type { Problem, ProblemCode, ProblemPath, Problems } from "./errors.js";
export type * from "./explain/types.js";
export type { FileForm, Report, Schema } from "./file-form.js";
export type { OpenedChunks, RowOptions, WriteOptions } from "./formats/format.js";
export type { StreamFormat, TableFormat } from "./formats/formats.js";
export type { ReadChunksOptions, TableChunks } from "./formats/read-chunks.js";
export type { ReadSource, ReadTableOptions } from "./formats/read-table.js";
export type { StreamInput } from "./formats/row-inputs.js";
export type { WriteTableOptions } from "./formats/write-table.js";
export type { TableFromOptions } from "./frames/options.js";
export type { ProblemPolicy } from "./history/checks/check-facts.js";
export type * from "./history/churn/types.js";
export type { FeatureExpression, FeaturesFromOptions } from "./history/families/features-from.js";
export type { History } from "./history/history.js";
export type { OpenSourcesOptions } from "./history/open-sources.js";
export type { SqlDialect } from "./history/query/dialect.js";
export type { FeatureFamily } from "./history/query/feature.js";
export type { PopulationFigures, PopulationRows } from "./history/query/population.js";
export type * from "./history/report/history-report.js";
export type { SnapshotOptions, VectorOptions } from "./history/snapshot-options.js";
export type { SnapshotSql, SnapshotSqlOptions } from "./history/snapshot-sql.js";
export type { SnapshotSummary } from "./history/snapshots.js";
export type { DatabaseLimits } from "./history/sources/fact-database.js";
export type {
  AbsentMonths,
  DuckDBSource,
  FactSource,
  HistorySources,
  MappedSource,
  NamedColumn,
  PostgresSource,
} from "./history/sources/fact-source.js";
export type { HistoryFormats } from "./history/sources/source-mapping.js";
export type { SplitByTimeOptions, TimeSplit } from "./history/split-by-time.js";
export type { FactColumn, FactKind, FactTableName, HistorySchema } from "./history/standard-tables.js";
export type { VectorFromFactsOptions } from "./history/vector-from-facts.js";
export type { Span } from "./history/windows/span.js";
export type { WindowOptions } from "./history/windows/windows.js";
export type { BootstrapOptions, MetricInterval } from "./metrics/bootstrap/bootstrap-options.js";
export type { Confusion } from "./metrics/decision/confusion.js";
export type { PairedDifference, PairedMetric, ScoreComparison } from "./metrics/evaluation/compare-scores.js";
export type { EvaluationCurves } from "./metrics/evaluation/curves.js";
export type {
  CalibrationChecks,
  Evaluation,
  EvaluationMetrics,
  EvaluationOptions,
} from "./metrics/evaluation/evaluate-scores.js";
export type { SegmentEvaluation } from "./metrics/evaluation/evaluate-segments.js";
export type { Metric, MetricDefinition } from "./metrics/metric.js";
export type { BrierDecomposition } from "./metrics/probability/brier-decomposition.js";
export type { SpiegelhalterTest } from "./metrics/probability/spiegelhalter.js";
export type { SquaredCalibrationError } from "./metrics/probability/squared-calibration-error.js";
export type { LiftGroup } from "./metrics/ranking/lift-table.js";
export type { RocAucInterval } from "./metrics/ranking/roc-auc-interval.js";
export type { MetricOptions } from "./metrics/sample/input.js";
export type { Tally } from "./metrics/sample/tally.js";
export type {
  CalibrationReport,
  LeaderboardEntry,
  LeaderboardMetrics,
  ModelContent,
  ParityRow,
  TrainingReport,
} from "./model-file/churn/content.js";
export type { TrainingNote } from "./model-file/churn/training-note.js";
export type { Extensions } from "./model-file/extensions.js";
export type { CompareModelsOptions, ModelComparison } from "./predict/compare-models.js";
export type { GlobalExplanation } from "./predict/explaining/explain-globally.js";
export type { ExplainOptions } from "./predict/explaining/explain-options.js";
export type { MeasuredWeights } from "./predict/measured-rows.js";
export type {
  EvaluateInWorkersOptions,
  EvaluateOptions,
  ModelEvaluation,
} from "./predict/model-evaluation.js";
export type { CandidateTiming, PredictedColumns, Prediction, PredictOptions } from "./predict/prediction.js";
export type { Row } from "./predict/row-reader.js";
export type { ScoreColumns } from "./predict/scorer.js";
export type { TierDrift } from "./predict/tier-drift.js";
export type { KnownSubscribers, TrainedOn } from "./predict/trained-on.js";
export type { LoadOptions, WatchedModel, WatchOptions } from "./predict/watching/watched-model.js";
export type { LongWork, ProgressEvent } from "./progress.js";
export type { EvaluationMarkdownOptions, EvaluationReport } from "./report/evaluation-markdown.js";
export type { CandidateRow, LeaderboardRow } from "./report/leaderboard.js";
export type { TrainingMarkdownOptions } from "./report/training-markdown.js";
export type { TrainingSummary } from "./report/training-summary.js";
export type * from "./scoring/parts-of-jobs.js";
export type { PartSummary, ScoreFileOptions, ScoreSummary } from "./scoring/score-options.js";
export type { ScoreColumnOptions, ScoresTable } from "./scoring/scores-table.js";
export type {
  ModelsResponse,
  ServicePrediction,
  ServiceRow,
  VectorRequest,
  VectorResponse,
} from "./scoring/service/api/contract.js";
export type { AskOptions, ClientOptions, ClientRow, ScoringClient } from "./scoring/service/client/client.js";
export type { ServedModels } from "./scoring/service/models.js";
export type { ListenOptions, ScoringServer, ServerOptions } from "./scoring/service/server-options.js";
export type { ServiceToken } from "./scoring/service/tokens.js";
export type { ColumnSchema } from "./table/chunk-column.js";
export type {
  CategoricalColumn,
  Column,
  ColumnKind,
  NumericColumn,
  Table,
  TextColumn,
} from "./table/column.js";
export type * from "./table/grammar/types.js";
export type { RowsOptions } from "./table/rows.js";
export type { RowMask, RowPredicate } from "./table/verbs/filter-rows.js";
export type { TableRow } from "./table/verbs/row-view.js";
export type { SortKey, SortRowsOptions } from "./table/verbs/sort-rows.js";
export type { RandomSplit, SplitRandomOptions } from "./table/verbs/split-random.js";
export type { ColumnValues, WithColumnOptions } from "./table/verbs/with-column.js";
export type { ObservedRate } from "./tiers/summary/cell-sums.js";
export type { TierSummary } from "./tiers/summary/tier-summary.js";
export type { ValueGridCell } from "./tiers/summary/value-grid.js";
export type {
  AutoTierRule,
  CapacityTierRule,
  ExpectedLossTierRule,
  ProbabilityTierRule,
  TierRule,
} from "./tiers/tier-rule.js";
export type { TierSpec } from "./tiers/tier-spec.js";
export type { CutEvidence, RiskTier, RiskTiers } from "./tiers/tiers.js";
export type {
  LimitBandRule,
  ShareBandRule,
  ValueBand,
  ValueBandRule,
  ValueBands,
} from "./tiers/value-bands.js";
export type * from "./training/backtest/result.js";
export type {
  CrossValidateOptions,
  CrossValidation,
  RowSplit,
  SplitResult,
} from "./training/cross-validate.js";
export type { ClassifierChoice, FamilyName } from "./training/families.js";
export type * from "./training/learning-curve/curve.js";
export type { Preference, TrainOptions } from "./training/train-options.js";
export type { Configuration, TunableFamily } from "./training/tuning/configuration.js";
export type { TrialResult } from "./training/tuning/search.js";
export type { TunedFamily, TuneOptions, Tuning } from "./training/tuning/tune.js";
export type { Tree } from "./trees/tree.js";
export type { LeftOutColumn } from "./vectors/column-roles/features.js";
export type { LabelSpec } from "./vectors/column-roles/labels.js";
export type { FingerprintSet } from "./vectors/fingerprints/fingerprint-set.js";
export type { TrainingFingerprints } from "./vectors/fingerprints/training-fingerprints.js";
export type { Folds } from "./vectors/folds.js";
export type { LinearEncoding, LinearTerm, TermKind } from "./vectors/linear-design.js";
export type * from "./vectors/prediction-details.js";
export type { CategoryBins, NumberBins, ReferenceDistribution } from "./vectors/reference-distribution.js";
export type { BasisKind, SplineBasis } from "./vectors/spline-basis.js";
export type { Total } from "./vectors/totals.js";
export type {
  CategoricalInput,
  FitVectorizerOptions,
  InputColumn,
  NumericInput,
  UnseenCategories,
} from "./vectors/vectorizer.js";
export type { CategoricalFeature, Feature, NumericFeature, RowVector, Vectors } from "./vectors/vectors.js";
