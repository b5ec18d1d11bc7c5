/**
 * Charts of churn as functions that return SVG text.
 *
 * They take what the other entry points return (curves, evaluations, explanations) and give a picture that is readable in
 * black and white, on dark screens and in print, with a title and a description for those who do not see it. No browser is needed.
 *
 * @example
 * import { rocCurve } from "holdfast/metrics";
 * import { rocPlot } from "holdfast/plots";
 *
 * const svg = rocPlot(rocCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]));
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { calibrationPlot } from "./charts/curves/calibration.js";
export { gainPlot } from "./charts/curves/gain.js";
export { liftPlot } from "./charts/curves/lift.js";
export { precisionRecallPlot } from "./charts/curves/precision-recall.js";
export { profitPlot } from "./charts/curves/profit.js";
export { rocPlot } from "./charts/curves/roc.js";
export { dependencePlot } from "./charts/dependence/dependence.js";
export { heatPlot } from "./charts/heat.js";
export { pointsPlot } from "./charts/points.js";
export { contributionsPlot } from "./charts/rows/contributions.js";
export { driftPlot } from "./charts/rows/drift.js";
export { importancePlot } from "./charts/rows/importance.js";
export { segmentsPlot } from "./charts/rows/segments.js";
export { tierPlot } from "./charts/rows/tiers.js";
export { waterfallPlot } from "./charts/rows/waterfall.js";
export { scoresPlot } from "./charts/scores.js";
export { learningCurvePlot } from "./charts/series/learning-curve.js";
export { survivalPlot } from "./charts/series/survival.js";
export { timePlot } from "./charts/series/time.js";
export { plotVariables } from "./drawing/palette.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type {
  Change,
  ChangeStep,
  Contribution,
  Explanation,
  FamilyContribution,
  FoundChange,
  NoChange,
  Reason,
  ShownValue,
} from "../explain/explanation.js";
export type {
  ContributionBand,
  ContributionQuantiles,
  ContributionSummary,
  CurvePoint,
  DependenceCurve,
  FamilyContributions,
  FeatureContributions,
  InputImportance,
  LossOfPermutation,
  PermutationImportance,
} from "../explain/global/explanation.js";
export type { LocaleName } from "../explain/reasons/locales.js";
export type { EvaluationCurves } from "../metrics/evaluation/curves.js";
export type { ObservedRate } from "../tiers/summary/cell-sums.js";
export type { CalibrationPoints } from "./charts/curves/calibration.js";
export type { GainPoints } from "./charts/curves/gain.js";
export type { LiftPoints } from "./charts/curves/lift.js";
export type { PrecisionRecallPoints } from "./charts/curves/precision-recall.js";
export type { ProfitPlotOptions, ProfitPoints } from "./charts/curves/profit.js";
export type { RocPoints } from "./charts/curves/roc.js";
export type { CurveSource, EvaluatedCurves, PlottedMetric } from "./charts/curves/source.js";
export type { HeatCell, HeatPlotOptions } from "./charts/heat.js";
export type { PlottedPoint, PointsPlotOptions } from "./charts/points.js";
export type { DriftBin } from "./charts/rows/drift.js";
export type { ImportancePlotOptions, NamedImportance } from "./charts/rows/importance.js";
export type { PlottedSegment } from "./charts/rows/segments.js";
export type { PlottedTier } from "./charts/rows/tiers.js";
export type { ScoreHistogram, ScoresPlotOptions, TierLimit } from "./charts/scores.js";
export type { PlottedLearningCurve, PlottedLoss } from "./charts/series/learning-curve.js";
export type { SeriesSource } from "./charts/series/named-series.js";
export type { SurvivalPlotOptions, SurvivalStep } from "./charts/series/survival.js";
export type { TimePlotOptions, TimePoint } from "./charts/series/time.js";
export type { RowPlotOptions } from "./drawing/most.js";
export type { PlotOptions } from "./plot-options.js";
