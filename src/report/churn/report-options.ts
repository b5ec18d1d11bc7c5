import type { OptionNames } from "../../arguments.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import type { LongWork } from "../../progress.js";
import type { Backtest } from "../../training/backtest/result.js";
import type { LearningCurve } from "../../training/learning-curve/curve.js";

/** What a retention campaign earns and costs, in the currency of the value column. */
export interface CampaignOptions {
  /** What a subscriber who is kept is worth. Default: `months` times the value of the subscriber; without a value column 200. */
  readonly lifetimeValue?: number | undefined;
  /** How many months a subscriber who is kept goes on paying the value. Default 12. */
  readonly months?: number | undefined;
  /** What the offer costs when a subscriber takes it. Default 10. */
  readonly offerCost?: number | undefined;
  /** What it costs to reach a subscriber. Default 1. */
  readonly contactCost?: number | undefined;
  /** The share of contacted churners who take the offer and stay, between 0 and 1. Default 0.3. */
  readonly acceptance?: number | undefined;
}

/** Options of `churnReport`. */
export interface ReportOptions extends LongWork {
  /** What the report calls the model, such as its path. Default: its kind of classifier. */
  readonly name?: string | undefined;
  /** What counts as churn, in a sentence. Default: the label column and its value. */
  readonly definition?: string | undefined;
  /** What the model is for, in a sentence or two, for the model card. Default: what such models are for. */
  readonly intendedUse?: string | undefined;
  /** Columns of segments. Default: the model's categorical columns of at most 20 levels. */
  readonly segments?: readonly string[] | undefined;
  /**
   * Columns by whose values it is compared how the model treats people. Default: those that training marked, and those whose
   * names say it (`gender`, `SeniorCitizen`, `年龄`).
   */
  readonly sensitive?: readonly string[] | undefined;
  /** The column with the value of a subscriber per month. Default: that of the model. */
  readonly value?: string | undefined;
  /** What a campaign earns and costs. */
  readonly campaign?: CampaignOptions | undefined;
  /** The column of time by which stability is measured. Default: `cutoff` of snapshots. */
  readonly period?: string | undefined;
  /** Of `backtest`: how models trained earlier did. */
  readonly backtest?: Backtest | undefined;
  /** Of `learningCurve`: what more rows would buy. */
  readonly learningCurve?: LearningCurve | undefined;
  /** How many subscribers are shown with reasons, at most; with 0 the report names no one. Default 6. */
  readonly examples?: number | undefined;
  /** The language of reasons. Default `en`. */
  readonly locale?: LocaleName | undefined;
  /** Seed of the bootstrap and of samples. Default 0. */
  readonly seed?: number | undefined;
  /** Bootstrap samples behind intervals. Default 500; for more than 100,000 rows fewer. */
  readonly replicates?: number | undefined;
  /** The column with the weight of each row. Default: that of the model, where the table has it. Null: none. */
  readonly weights?: string | null | undefined;
  /** How the report was made, to be shown: a command. Default: none. */
  readonly command?: string | undefined;
  /** Threads of the bootstrap. Default: one per processor, or one in all where the work is small. */
  readonly threads?: number | undefined;
}

/** The names of {@link ReportOptions}. */
export const REPORT_OPTIONS: OptionNames<ReportOptions> = {
  name: "optional",
  definition: "optional",
  intendedUse: "optional",
  segments: "optional",
  sensitive: "optional",
  value: "optional",
  campaign: "optional",
  period: "optional",
  backtest: "optional",
  learningCurve: "optional",
  examples: "optional",
  locale: "optional",
  seed: "optional",
  replicates: "optional",
  weights: "optional",
  command: "optional",
  threads: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** The names of {@link CampaignOptions}. */
export const CAMPAIGN_OPTIONS: OptionNames<CampaignOptions> = {
  lifetimeValue: "optional",
  months: "optional",
  offerCost: "optional",
  contactCost: "optional",
  acceptance: "optional",
};
