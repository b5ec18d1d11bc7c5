import type { TableDescription } from "../../describe/description.js";
import type { Explanation } from "../../explain/explanation.js";
import type { ContactProfit } from "../../metrics/decision/contact-profit.js";
import type { SegmentEvaluation } from "../../metrics/evaluation/evaluate-segments.js";
import type { ColumnFairness } from "../../metrics/evaluation/fairness/group-fairness.js";
import type { ModelDrift } from "../../predict/drift/model-drift.js";
import type { GlobalExplanation } from "../../predict/explaining/explain-globally.js";
import type { ModelEvaluation } from "../../predict/model-evaluation.js";
import type { ValueGridCell } from "../../tiers/summary/value-grid.js";
import type { Backtest } from "../../training/backtest/result.js";
import type { LearningCurve } from "../../training/learning-curve/curve.js";
import type { TrainingSummary } from "../training-summary.js";

/** The model of a report. */
export interface ReportedModel {
  /** Such as its path. */
  readonly name: string;
  /** SHA-256 of its content. */
  readonly contentHash: string;
  /** The version of holdfast that trained it. */
  readonly holdfast: string;
  /** What was trained, in words. */
  readonly classifier: string;
  /** Columns that it reads. */
  readonly inputs: readonly {
    readonly name: string;
    readonly kind: string;
    readonly family: string | null;
  }[];
  readonly label: { readonly column: string; readonly positive: string; readonly negative: string };
  readonly id: string | null;
  readonly value: string | null;
  readonly weights: string | null;
  /** SHA-256 of the training table. */
  readonly dataFingerprint: string;
  /** Columns that reasons never name. */
  readonly sensitive: readonly string[];
}

/** The data of a report. */
export interface ReportedData {
  /** What they were read from; null where that is not known. */
  readonly source: string | null;
  /** Rows, of weight above 0 where there are weights. */
  readonly rows: number;
  readonly columns: number;
  /** Rows that churned; null without labels. */
  readonly churners: number | null;
  readonly churnRate: number | null;
  /** What counts as churn, in the words of the caller; null: the label column says it. */
  readonly definition: string | null;
  /** The days of snapshots and the windows in which leaving counted, as far as the table has those columns. */
  readonly windows: readonly SnapshotWindow[];
}

/** The cutoff of snapshots and the window of their label. */
export interface SnapshotWindow {
  readonly cutoff: string;
  readonly labelFrom: string | null;
  readonly labelTo: string | null;
  readonly rows: number;
}

/** A tier on this data, whether or not there are labels. */
export interface ScoredTier {
  readonly tier: string;
  readonly from: number;
  readonly by?: "expectedLoss";
  readonly rows: number;
  readonly share: number;
  readonly meanProbability: number | null;
  readonly value: number | null;
  readonly expectedLoss: number | null;
}

/** What the model predicts for this data. */
export interface ReportedScores {
  readonly meanProbability: number;
  readonly tiers: readonly ScoredTier[];
  /** Rows by probability: `from ≤ probability < to`, the last with its end. */
  readonly histogram: {
    readonly from: readonly number[];
    readonly to: readonly number[];
    readonly rows: readonly number[];
  };
}

/** What a campaign would earn on this data, under its assumptions. */
export interface ReportedWorth {
  readonly campaign: ReportedCampaign;
  /** Contacting those whose expected profit is positive by the model's probability; null without labels. */
  readonly contacted: ContactProfit | null;
  /** Profit by the number of contacts, the largest expected profit first; null without labels. */
  readonly curve: {
    readonly share: readonly number[];
    readonly contacted: readonly number[];
    readonly profit: readonly number[];
    readonly best: { readonly share: number; readonly contacted: number; readonly profit: number };
  } | null;
  /** What the model expects: how many to contact, and the profit of that. */
  readonly expected: { readonly contacted: number; readonly profit: number };
}

/** The assumptions behind profits. */
export interface ReportedCampaign {
  /** For all; null where it is `months` times the value of each subscriber. */
  readonly lifetimeValue: number | null;
  /** The column of those values; null where there is none. */
  readonly column: string | null;
  readonly months: number | null;
  readonly offerCost: number;
  readonly contactCost: number;
  readonly acceptance: number;
}

/** Stability over time: a row for each period, in its order. */
export interface ReportedPeriods {
  readonly column: string;
  readonly periods: readonly SegmentEvaluation[];
}

/** Why a subscriber is shown. */
export type ExampleKind = "riskiest" | "typical" | "missed" | "false-alarm";

/** A subscriber with the reasons for the probability. */
export interface ReportedExample {
  readonly is: ExampleKind;
  /** From 1. */
  readonly row: number;
  /** Null without labels. */
  readonly churned: boolean | null;
  readonly explanation: Explanation;
}

/** How many rows parts were computed on. */
export interface ReportedSample {
  readonly part: "profile" | "explanation" | "contributions" | "curves";
  readonly rows: number;
  readonly of: number;
}

/** Parts of a report that may be missing. */
export type ReportPart =
  | "evaluation"
  | "worth"
  | "grid"
  | "segments"
  | "periods"
  | "profile"
  | "explanation"
  | "examples"
  | "drift"
  | "fairness";

/** A part, or something in it, that could not be computed. */
export interface MissingReportPart {
  readonly part: ReportPart;
  readonly reason: string;
}

/** All that a report says, as plain data that goes to JSON: pages in any language are written from it. */
export interface ChurnReport {
  /** The version of holdfast that measured. */
  readonly holdfast: string;
  readonly model: ReportedModel;
  readonly data: ReportedData;
  /** What training did and found; all of its metrics are out of fold. */
  readonly training: TrainingSummary;
  readonly scores: ReportedScores;
  /** What the data hold; null where it could not be described. */
  readonly profile: TableDescription | null;
  /** Metrics with intervals, calibration, tiers, segments and curves on this data; null without labels of both classes. */
  readonly evaluation: ModelEvaluation | null;
  /** Risk tiers by value bands; null without values. */
  readonly grid: readonly ValueGridCell[] | null;
  readonly worth: ReportedWorth | null;
  readonly periods: ReportedPeriods | null;
  readonly backtest: Backtest | null;
  /** What matters overall. */
  readonly explanation: GlobalExplanation | null;
  readonly examples: readonly ReportedExample[];
  /** How this data differ from the training rows; null for models that keep no distribution of them. */
  readonly drift: ModelDrift | null;
  /** How the model treats groups of people; null where no column is marked. */
  readonly fairness: readonly ColumnFairness[] | null;
  readonly learningCurve: LearningCurve | null;
  /** What the model is for, in the words of the caller; null: what such models are for. */
  readonly intendedUse: string | null;
  /** What could not be computed, and why. */
  readonly missing: readonly MissingReportPart[];
  readonly samples: readonly ReportedSample[];
  readonly seed: number;
  readonly replicates: number;
  /** How many bands probabilities were rounded to for bootstrap samples of large data; null: none. */
  readonly bands: number | null;
  /** The command that made it; null where it was not given. */
  readonly command: string | null;
}
