import type { Evaluation } from "../metrics/evaluation/evaluate-scores.js";
import type { CalibrationReport } from "../model-file/churn/content.js";
import type { TrainingNote } from "../model-file/churn/training-note.js";
import { checkModel } from "../predict/check-model.js";
import type { ChurnModel } from "../predict/churn-model.js";
import type { TierSummary } from "../tiers/summary/tier-summary.js";
import type { ValueGridCell } from "../tiers/summary/value-grid.js";
import { type LeaderboardRow, leaderboardOf } from "./leaderboard.js";

/** What training did and found, from the data to the tiers. All metrics are of out-of-fold predictions. */
export interface TrainingSummary {
  readonly label: {
    readonly column: string;
    /** The value that means churned. */
    readonly positive: string;
  };
  readonly rows: number;
  /** Rows that churned. */
  readonly positives: number;
  readonly churnRate: number;
  /** The weight column; null where all rows count alike. */
  readonly weights: string | null;
  /** How many columns the model reads, by kind. */
  readonly features: {
    readonly count: number;
    readonly numeric: number;
    readonly categorical: number;
    readonly date: number;
  };
  /** Columns that it does not read, and why. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly crossFit: {
    readonly folds: number;
    readonly repeats: number;
    readonly seed: number;
    /** Whether rows of one id or group were kept in one fold. */
    readonly keepsIdsTogether: boolean;
  };
  /** What is odd about the data, and what was not trained. */
  readonly notes: readonly TrainingNote[];
  /** What was trained, the best first. */
  readonly leaderboard: readonly LeaderboardRow[];
  readonly calibration: CalibrationReport;
  /** Metrics with bootstrap intervals, calibration tests, deciles. */
  readonly evaluation: Evaluation;
  readonly tiers: readonly TierSummary[];
  /** Risk tiers by value bands; null without a value column. */
  readonly valueGrid: readonly ValueGridCell[] | null;
}

/**
 * What training did and found as plain data, which is also what `trainingMarkdown` and the command line show.
 * @param model of `trainChurnModel`, or loaded.
 * @example trainingSummary(model).features // { count: 19, numeric: 3, categorical: 16, date: 0 }
 * @throws HoldfastError for something else in the place of a model.
 */
export function trainingSummary(model: ChurnModel): TrainingSummary {
  checkModel("trainingSummary", "model", model);
  return summaryOf(model);
}

/** The same, of what is known to be a model. */
export function summaryOf(model: ChurnModel): TrainingSummary {
  const { training, label, inputs } = model;
  const { rows, positives, churnRate, folds, repeats, seed, foldsKeepIdsTogether } = training;
  const countOf = (kind: string) => inputs.filter((input) => input.kind === kind).length;
  return {
    label: { column: label.column, positive: label.positive },
    rows,
    positives,
    churnRate,
    weights: model.weights,
    features: {
      count: inputs.length,
      numeric: countOf("numeric"),
      categorical: countOf("categorical"),
      date: countOf("date"),
    },
    leftOut: training.leftOut,
    crossFit: { folds, repeats, seed, keepsIdsTogether: foldsKeepIdsTogether },
    notes: training.notes,
    leaderboard: leaderboardOf(model),
    calibration: training.calibration,
    evaluation: training.evaluation,
    tiers: training.tierTable,
    valueGrid: training.valueGrid,
  };
}
