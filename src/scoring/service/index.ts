/**
 * The HTTP service, and a client for it.
 *
 * `createServer` serves one or several models (needs `fastify`, and `prom-client` for metrics): predictions, vectors
 * from facts, the models' descriptions, OpenAPI, probes. `readTokens` reads the tokens that callers must show.
 * `createClient` asks such a service; what goes wrong there is a `ServiceRequestError`.
 *
 * @example
 * import { loadChurnModel } from "holdfast/predict";
 * import { createClient, createServer } from "holdfast/service";
 *
 * const server = await createServer({ main: await loadChurnModel("churn.model.json") });
 * const client = createClient(await server.listen({ port: 8080 }));
 * const { probability } = await client.predictOne({ customer_id: "7", tenure: 3, plan: "basic" });
 * await server.close();
 * @packageDocumentation
 */

export { HoldfastError } from "../../errors.js";
export { createClient, ServiceRequestError } from "./client/client.js";
export { createServer } from "./create-server.js";
export { readTokens } from "./tokens.js";

// The types of their arguments and results.

export type {
  CalibratorForm,
  CalibratorJson,
  FittedCalibrator,
  VennAbersJson,
} from "../../calibration/calibrator.js";
export type { CalibrationCandidate } from "../../calibration/choose.js";
export type { Spread } from "../../calibration/spread.js";
export type {
  Classifier,
  ClassifierJson,
  CrossFit,
  FitOptions,
  FittedClassifier,
} from "../../classifiers/classifier.js";
export type { BackgroundRows, Explainer, MakeExplainer } from "../../classifiers/explainer.js";
export type { ClassifierFamily, FamilyRules } from "../../classifiers/family.js";
export type { Problem, ProblemCode, ProblemPath } from "../../errors.js";
export type * from "../../explain/types.js";
export type { FileForm, Report, Schema } from "../../file-form.js";
export type { FeatureFamily } from "../../history/query/feature.js";
export type { PopulationFigures, PopulationRows } from "../../history/query/population.js";
export type { VectorOptions } from "../../history/snapshot-options.js";
export type { FactColumn, FactKind, FactTableName, HistorySchema } from "../../history/standard-tables.js";
export type { VectorFromFactsOptions } from "../../history/vector-from-facts.js";
export type { Span } from "../../history/windows/span.js";
export type { WindowOptions } from "../../history/windows/windows.js";
export type { MetricInterval } from "../../metrics/bootstrap/bootstrap-options.js";
export type { Confusion } from "../../metrics/decision/confusion.js";
export type { EvaluationCurves } from "../../metrics/evaluation/curves.js";
export type {
  CalibrationChecks,
  Evaluation,
  EvaluationMetrics,
} from "../../metrics/evaluation/evaluate-scores.js";
export type { SegmentEvaluation } from "../../metrics/evaluation/evaluate-segments.js";
export type { Metric, MetricDefinition } from "../../metrics/metric.js";
export type { BrierDecomposition } from "../../metrics/probability/brier-decomposition.js";
export type { SpiegelhalterTest } from "../../metrics/probability/spiegelhalter.js";
export type { SquaredCalibrationError } from "../../metrics/probability/squared-calibration-error.js";
export type { LiftGroup } from "../../metrics/ranking/lift-table.js";
export type { MetricOptions } from "../../metrics/sample/input.js";
export type {
  CalibrationReport,
  LeaderboardEntry,
  LeaderboardMetrics,
  ModelContent,
  ParityRow,
  TrainingReport,
} from "../../model-file/churn/content.js";
export type { TrainingNote } from "../../model-file/churn/training-note.js";
export type { Extensions } from "../../model-file/extensions.js";
export type { ChurnModel } from "../../predict/churn-model.js";
export type { ExplainOptions } from "../../predict/explaining/explain-options.js";
export type { MeasuredWeights } from "../../predict/measured-rows.js";
export type {
  EvaluateInWorkersOptions,
  EvaluateOptions,
  ModelEvaluation,
} from "../../predict/model-evaluation.js";
export type {
  CandidateTiming,
  PredictedColumns,
  Prediction,
  PredictOptions,
} from "../../predict/prediction.js";
export type { Row } from "../../predict/row-reader.js";
export type { ScoreColumns } from "../../predict/scorer.js";
export type { TierDrift } from "../../predict/tier-drift.js";
export type { KnownSubscribers, TrainedOn } from "../../predict/trained-on.js";
export type { LoadOptions, WatchedModel, WatchOptions } from "../../predict/watching/watched-model.js";
export type { LongWork, ProgressEvent } from "../../progress.js";
export type {
  CategoricalColumn,
  Column,
  ColumnKind,
  NumericColumn,
  Table,
  TextColumn,
} from "../../table/column.js";
export type * from "../../table/grammar/types.js";
export type { ObservedRate } from "../../tiers/summary/cell-sums.js";
export type { TierSummary } from "../../tiers/summary/tier-summary.js";
export type { ValueGridCell } from "../../tiers/summary/value-grid.js";
export type {
  AutoTierRule,
  CapacityTierRule,
  ExpectedLossTierRule,
  ProbabilityTierRule,
  TierRule,
} from "../../tiers/tier-rule.js";
export type { CutEvidence, RiskTier, RiskTiers } from "../../tiers/tiers.js";
export type { ValueBand, ValueBands } from "../../tiers/value-bands.js";
export type { LeftOutColumn } from "../../vectors/column-roles/features.js";
export type { LabelSpec } from "../../vectors/column-roles/labels.js";
export type { FingerprintSet } from "../../vectors/fingerprints/fingerprint-set.js";
export type { TrainingFingerprints } from "../../vectors/fingerprints/training-fingerprints.js";
export type { Folds } from "../../vectors/folds.js";
export type * from "../../vectors/prediction-details.js";
export type {
  CategoryBins,
  NumberBins,
  ReferenceDistribution,
} from "../../vectors/reference-distribution.js";
export type { Total } from "../../vectors/totals.js";
export type {
  CategoricalInput,
  InputColumn,
  NumericInput,
  UnseenCategories,
} from "../../vectors/vectorizer.js";
export type {
  CategoricalFeature,
  Feature,
  NumericFeature,
  RowVector,
  Vectors,
} from "../../vectors/vectors.js";
export type {
  ErrorResponse,
  ModelsResponse,
  ServicePrediction,
  ServiceRow,
  VectorRequest,
  VectorResponse,
} from "./api/contract.js";
export type { AskOptions, ClientOptions, ClientRow, ScoringClient } from "./client/client.js";
export type { ServedModels } from "./models.js";
export type { ListenOptions, ScoringServer, ServerOptions } from "./server-options.js";
export type { ServiceToken } from "./tokens.js";
