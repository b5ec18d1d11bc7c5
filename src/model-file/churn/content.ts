import type { CalibratorJson, VennAbersJson } from "../../calibration/calibrator.js";
import type { CalibrationCandidate } from "../../calibration/choose.js";
import type { Spread } from "../../calibration/spread.js";
import type { ClassifierJson } from "../../classifiers/classifier.js";
import type { Evaluation } from "../../metrics/evaluation/evaluate-scores.js";
import type { METRICS } from "../../metrics/metrics.js";
import type { TierRule } from "../../tiers/tier-rule.js";
import type { TierSummary } from "../../tiers/tier-table.js";
import type { RiskTiers } from "../../tiers/tiers.js";
import type { ValueBands } from "../../tiers/value-bands.js";
import type { ValueGridCell } from "../../tiers/value-grid.js";
import type { LeftOutColumn } from "../../vectors/column-roles/features.js";
import type { LabelSpec } from "../../vectors/column-roles/labels.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";
import type { Total } from "../../vectors/totals.js";
import type { InputColumn } from "../../vectors/vectorizer.js";
import type { TrainingNote } from "./training-note.js";

/** Everything a churn model is, as plain data: what its file holds. */
export interface ModelContent {
  /** The version of holdfast that trained it. */
  readonly holdfast: string;
  readonly label: LabelSpec;
  /** The column that names a row, if there is one. */
  readonly id: string | null;
  readonly inputs: readonly InputColumn[];
  /** Features behind those of the inputs: sums of some of them. None in models of the first versions. */
  readonly totals: readonly Total[];
  readonly classifier: ClassifierJson;
  /** What margins go through before they are calibrated; null in models of the first versions, which left them as they are. */
  readonly spread: Spread | null;
  readonly calibrator: CalibratorJson;
  readonly tiers: RiskTiers;
  /** The column that says what a subscriber is worth, if there is one. */
  readonly value: string | null;
  /** Bands of that worth; null without it. */
  readonly valueBands: ValueBands | null;
  /** Says how far the probability of a margin can be told; null in models of the first versions. */
  readonly vennAbers: VennAbersJson | null;
  /** How training rows were distributed, to tell drift by; null in models of the first versions. */
  readonly reference: ReferenceDistribution | null;
  /** Made-up rows and their predictions, by which a loaded model is checked; none in models of the first versions. */
  readonly parity: readonly ParityRow[];
  readonly training: TrainingReport;
}

/** A row made up from what the model knows of its inputs, nobody's own, and what the model said of it when it was trained. */
export interface ParityRow {
  readonly row: Readonly<Record<string, number | string | null>>;
  readonly probability: number;
}

/** What training found. All metrics are of out-of-fold predictions: no row was scored by a model that saw it. */
export interface TrainingReport {
  readonly rows: number;
  readonly positives: number;
  readonly churnRate: number;
  readonly seed: number;
  readonly folds: number;
  /** Whether rows of one id or group were kept in one fold, because they repeat. */
  readonly foldsKeepIdsTogether: boolean;
  /** SHA-256 of the training table. */
  readonly dataFingerprint: string;
  /** How often cross-fitting was repeated on folds dealt anew. */
  readonly repeats: number;
  readonly leftOut: readonly LeftOutColumn[];
  /** What is odd about the data, and what was not trained. */
  readonly notes: readonly TrainingNote[];
  /** What was trained, the best first. */
  readonly leaderboard: readonly LeaderboardEntry[];
  readonly calibration: CalibrationReport;
  readonly tierRule: TierRule;
  readonly tierTable: readonly TierSummary[];
  /** Risk tiers by value bands; null without a value column. */
  readonly valueGrid: readonly ValueGridCell[] | null;
  readonly evaluation: Evaluation;
}

/** One candidate, measured on out-of-fold probabilities after cross-fitted calibration. */
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
  /** Of the raw out-of-fold margins, and after calibration: a rising calibrator keeps it up to ties. */
  readonly rocAucBefore: number;
  readonly rocAucAfter: number;
  readonly logLossBefore: number;
  readonly logLossAfter: number;
  /** What `"auto"` chose from, the simplest first; absent where a method was asked for. */
  readonly candidates?: readonly CalibrationCandidate[];
}
