import type { Span } from "../../history/windows/span.js";
import type { MetricInterval } from "../../metrics/bootstrap/bootstrap-options.js";
import type { Evaluation, EvaluationMetrics } from "../../metrics/evaluation/evaluate-scores.js";
import type { TierSummary } from "../../tiers/summary/tier-summary.js";
import type { RiskTier } from "../../tiers/tiers.js";
import type { LabelSpec } from "../../vectors/column-roles/labels.js";

/** A metric of rows that a model scored, beside what its training had reported of itself. */
export interface MetricAgainstTraining {
  /** As the training reported it, out of fold; for several months the mean of their trainings, weighted by rows. */
  readonly reported: MetricInterval;
  /** What happened less what was reported, with its 95% interval. */
  readonly difference: MetricInterval;
  /** Whether the difference may be chance; where it is none, which way it goes. */
  readonly verdict: "within" | "better" | "worse";
}

/** What was predicted for some rows, and what happened. */
export interface BacktestResult {
  readonly rows: number;
  /** Rows that churned. */
  readonly churners: number;
  readonly churnRate: number;
  readonly meanProbability: number;
  /** Metrics with 95% bootstrap intervals, rows of one subscriber or group drawn together. Null where all rows have one label. */
  readonly evaluation: Evaluation | null;
  /** By the names of the metrics, those that have a better direction; empty without an evaluation. */
  readonly againstTraining: Readonly<Record<string, MetricAgainstTraining>>;
}

/** The rows of one month, scored by a model that was trained on what was known before it. */
export interface BacktestMonth extends BacktestResult {
  /** Such as `2025-06`. */
  readonly month: string;
  /** The cutoffs of its rows, such as `["2025-06-01"]`. */
  readonly cutoffs: readonly string[];
  /** The day of the training whose model scored them, `at` of {@link BacktestTraining}. */
  readonly trainedAt: string;
  readonly tiers: readonly TierSummary[];
}

/**
 * A tier over several models, whose limits differ. Its observed rate has an interval that counts rows of one subscriber or group
 * as one cluster.
 */
export type PooledTier = Omit<TierSummary, "from" | "by">;

/** All months together. */
export interface BacktestOverall extends BacktestResult {
  /** Of all models, by name. */
  readonly tiers: readonly PooledTier[];
}

/** A tier of a training, and how its limit moved. */
export interface BacktestTier extends Pick<RiskTier, "name" | "from" | "by"> {
  /** `from` less that of the training before; null for the first training, and for a tier that the one before did not have. */
  readonly change: number | null;
}

/** One training of a backtest. */
export interface BacktestTraining {
  /** The day on which the model was trained, on what was known before: the first of a month. */
  readonly at: string;
  /** The first and last cutoff of its rows, and how many cutoffs they have. */
  readonly firstCutoff: string;
  readonly lastCutoff: string;
  readonly cutoffs: number;
  readonly rows: number;
  readonly churners: number;
  readonly churnRate: number;
  /** The candidate that was kept. */
  readonly classifier: string;
  /** What it reported of itself, out of fold. */
  readonly reported: EvaluationMetrics;
  readonly tiers: readonly BacktestTier[];
  /** SHA-256 of the training table, as `model.training` has it. */
  readonly dataFingerprint: string;
}

/** A month that was not scored. */
export interface LeftOutMonth {
  readonly month: string;
  readonly reason: string;
}

/** What `backtest` found; plain data that goes to JSON, and prints as a table. */
export interface Backtest {
  /** The first and last month that were scored, such as `2025-06`. */
  readonly from: string;
  readonly to: string;
  /** Months between trainings. */
  readonly retrainEvery: number;
  /** Months of cutoffs that a training used; null: all that were known. */
  readonly window: number | null;
  readonly gap: Span;
  readonly horizon: Span;
  /** The label column, and how the last training read its values. */
  readonly label: LabelSpec;
  readonly trainings: readonly BacktestTraining[];
  readonly months: readonly BacktestMonth[];
  readonly overall: BacktestOverall;
  /** Months with snapshots that could not be scored, because labels are not known yet or too little was known to train on. */
  readonly leftOut: readonly LeftOutMonth[];
  /** How it would have done, in one sentence or two. */
  readonly sentence: string;
}
