import type { CalibratorJson, VennAbersJson } from "../../calibration/calibrator.js";
import type { CalibrationCandidate } from "../../calibration/choose.js";
import type { Spread } from "../../calibration/spread.js";
import type { ClassifierJson } from "../../classifiers/classifier.js";
import type { ExplanationFacts } from "../../explain/facts/feature-facts.js";
import type { Evaluation } from "../../metrics/evaluation/evaluate-scores.js";
import type { METRICS } from "../../metrics/metrics.js";
import type { CellFormat } from "../../table/grammar/cell-format.js";
import type { TierSummary } from "../../tiers/summary/tier-summary.js";
import type { ValueGridCell } from "../../tiers/summary/value-grid.js";
import type { TierRule } from "../../tiers/tier-rule.js";
import type { RiskTiers } from "../../tiers/tiers.js";
import type { ValueBands } from "../../tiers/value-bands.js";
import type { LeftOutColumn } from "../../vectors/column-roles/features.js";
import type { LabelSpec } from "../../vectors/column-roles/labels.js";
import type { TrainingFingerprints } from "../../vectors/fingerprints/training-fingerprints.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";
import type { Total } from "../../vectors/totals.js";
import type { InputColumn } from "../../vectors/vectorizer.js";
import type { TrainingNote } from "./training-note.js";

/** The complete churn model as plain data: the content of its file. */
export interface ModelContent {
  /** The version of holdfast that trained it. */
  readonly holdfast: string;
  readonly label: LabelSpec;
  /** The column that names a row, if there is one. */
  readonly id: string | null;
  /** By name; in the order of the training table in models of older versions. */
  readonly inputs: readonly InputColumn[];
  /** The names of inputs in the order of the training table, in which rows without a header come; null: as `inputs`. */
  readonly columnOrder: readonly string[] | null;
  /** Features after the inputs: sums of some of them. None in models of the first versions. */
  readonly totals: readonly Total[];
  readonly classifier: ClassifierJson;
  /** The spread that is applied to margins before calibration; null in models of the first versions, which had none. */
  readonly spread: Spread | null;
  readonly calibrator: CalibratorJson;
  readonly tiers: RiskTiers;
  /** The value column, if there is one. */
  readonly value: string | null;
  /** The weight column, by which later rows are measured too; null where rows had no weights, and in models of older versions. */
  readonly weights: string | null;
  /** How the cells of the value column and of the weight column are written, where they are not plain and it is no input. */
  readonly readings: Readonly<Record<string, CellFormat>>;
  /** Bands of that value; null without it. */
  readonly valueBands: ValueBands | null;
  /** Gives the interval of the probability of a margin; null in models of the first versions. */
  readonly vennAbers: VennAbersJson | null;
  /** The distribution of training rows, to detect drift; null in models of the first versions. */
  readonly reference: ReferenceDistribution | null;
  /** Synthetic rows and their predictions, by which a loaded model is checked; none in models of the first versions. */
  readonly parity: readonly ParityRow[];
  /**
   * By what evaluation recognises rows that the model was trained on; null where training was told to keep none, and in
   * models of older versions.
   */
  readonly fingerprints: TrainingFingerprints | null;
  /** What reasons are told by: families, descriptions, noise; null in models of format version 1. */
  readonly explanation: ExplanationFacts | null;
  readonly training: TrainingReport;
}

/** A synthetic row, made from the levels and deciles of the inputs, with the model's prediction when it was trained. */
export interface ParityRow {
  readonly row: Readonly<Record<string, number | string | null>>;
  readonly probability: number;
}

/**
 * The results of training. All metrics are of out-of-fold predictions: no row was scored by a model that saw it, nor by a
 * choice or a calibrator that did.
 */
export interface TrainingReport {
  /** Of weight above 0. */
  readonly rows: number;
  readonly positives: number;
  /** Of the population, where rows have weights. */
  readonly churnRate: number;
  readonly seed: number;
  readonly folds: number;
  /** Whether rows of one id or group were kept in one fold, because they repeat. */
  readonly foldsKeepIdsTogether: boolean;
  /** SHA-256 of the training table. */
  readonly dataFingerprint: string;
  /** How often cross-fitting was repeated, each time on newly assigned folds. */
  readonly repeats: number;
  readonly leftOut: readonly LeftOutColumn[];
  /** What is unusual about the data, and which candidates were not trained. */
  readonly notes: readonly TrainingNote[];
  /** The candidates that were trained, the best first. */
  readonly leaderboard: readonly LeaderboardEntry[];
  readonly calibration: CalibrationReport;
  readonly tierRule: TierRule;
  readonly tierTable: readonly TierSummary[];
  /** Risk tiers by value bands; null without a value column. */
  readonly valueGrid: readonly ValueGridCell[] | null;
  readonly evaluation: Evaluation;
}

/**
 * One candidate, measured on out-of-fold margins and probabilities; weights of an ensemble and calibrators are those that
 * other folds find. `constant` is the churn rate itself (not in models of older versions).
 */
export interface LeaderboardEntry extends LeaderboardMetrics {
  readonly name: string;
  readonly summary: string;
  /** The 95% interval by DeLong's variance; null in models of older versions. */
  readonly rocAucInterval: readonly [low: number, high: number] | null;
  /** Size of the classifier in a model file, before compression; null in models of older versions. */
  readonly kilobytes: number | null;
  /** Metrics of the caller, where any were given; null where one does not exist. */
  readonly metrics?: Readonly<Record<string, number | null>>;
  readonly chosen: boolean;
}

/** The metrics of the leaderboard by their names; null in models that are older than a metric. */
export type LeaderboardMetrics = {
  readonly [Each in Extract<(typeof METRICS)[number], { readonly leaderboard: object }> as Each["name"]]:
    | number
    | (Each extends { readonly isLater: true } ? null : never);
};

/** How a model was calibrated, and what that did to its ranking. */
export interface CalibrationReport {
  /** The name of the calibrator. */
  readonly method: string;
  /** Of the raw out-of-fold margins, and after calibration: an increasing calibrator keeps it up to ties. */
  readonly rocAucBefore: number;
  readonly rocAucAfter: number;
  readonly logLossBefore: number;
  readonly logLossAfter: number;
  /** What `"auto"` chose from, the simplest first; absent where a method was given. */
  readonly candidates?: readonly CalibrationCandidate[];
}
